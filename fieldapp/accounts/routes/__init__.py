"""The pages of accounts, one file for each thing."""

from fieldapp.accounts.routes import divisions, links, me, people, sessions, start, waiting
from fieldapp.accounts.routes.door import accounts

__all__ = ["accounts", "divisions", "links", "me", "people", "sessions", "start", "waiting"]
