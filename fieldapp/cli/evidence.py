"""`fieldapp evidence check`: whether every original is there to the bit, and what lies in the store besides."""

import argparse
import json
from typing import Any

from fieldapp import config, db
from fieldapp.app import create_app
from fieldapp.evidence.check import check_store


def add_commands(commands: Any) -> None:
    """Add `evidence check [--json]`."""
    evidence = commands.add_parser("evidence", help="originals and their store").add_subparsers(dest="verb", required=True)
    check = evidence.add_parser("check", help="compare the store with the database; 1 when an original is damaged or gone")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=check_evidence)


def check_evidence(words: argparse.Namespace) -> int:
    """Print what was found; the exit status says whether the evidence is whole."""
    create_app(config.from_environment())
    with db.transaction(write=False):
        found = check_store()
    if words.json:
        print(json.dumps(found.as_dict(), indent=1))
    else:
        for name, value in found.as_dict().items():
            print(f"{name:16} {len(value) if isinstance(value, list) else value}")
        for name in (*found.missing, *found.mismatched):
            print(f"damaged          {name}")
    return 0 if found.is_sound else 1
