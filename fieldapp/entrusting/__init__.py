"""Agencies entrusted and experts invited: their directory, what they are asked, their interests, their reports (art. 19)."""
