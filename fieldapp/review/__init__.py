"""Review: the leader signs off or returns, an officer checks, the head approves."""
