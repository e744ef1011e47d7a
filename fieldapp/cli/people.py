"""`fieldapp people first-administrator`: the way into an empty installation."""

import argparse
from typing import Any

from fieldapp import config, db
from fieldapp.accounts import actions
from fieldapp.app import create_app


def add_commands(commands: Any) -> None:
    """Add `people first-administrator NAME`."""
    people = commands.add_parser("people", help="the people of an installation").add_subparsers(dest="verb", required=True)
    first = people.add_parser("first-administrator", help="make the first security administrator, print the link")
    first.add_argument("name")
    first.set_defaults(run=add_first_administrator)


def add_first_administrator(words: argparse.Namespace) -> int:
    """Make the first security administrator of an empty installation and print the one-time link."""
    settings = config.from_environment()
    create_app(settings)
    with db.transaction(write=True):
        secret = actions.add_first_administrator(words.name)
    print(f"{settings.public_url}/links#{secret}")
    return 0
