"""Oversight: deadlines, whose they are, what is late."""
