"""Tasks: set-up, approval, work plan."""
