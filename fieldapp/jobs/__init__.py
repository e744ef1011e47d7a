"""Jobs: asked for in the caller's transaction, run after its commit, at least once, retried, never lost silently."""
