"""Disposal: what was done about a finding."""
