"""What stands beside the record: its paper set, and who did not sign it."""
