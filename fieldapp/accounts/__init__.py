"""Accounts: people, divisions, roles, sign-in on revocable sessions, and what waits for whom."""
