"""The phone's log of operations: receive, apply, conflict, receipt."""
