"""The command `fieldapp`: serve, worker, migrate, demo, law, registry check, draw verify, evidence check."""

from fieldapp.cli.main import main

__all__ = ["main"]
