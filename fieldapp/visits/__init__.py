"""Visits: one per drawn object, merging, slot, team, approval."""
