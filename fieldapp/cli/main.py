"""Which command, with which words."""

import argparse
import sys

from fieldapp.cli import draw, evidence, law, ledger, people, registry, serving, witness
from fieldapp.config import ConfigError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status."""
    parser = argparse.ArgumentParser(prog="fieldapp", description="Random inspections, from the item list to the result")
    commands = parser.add_subparsers(dest="command", required=True)
    for part in (serving, law, registry, draw, people, evidence, ledger, witness):
        part.add_commands(commands)
    words = parser.parse_args(arguments)
    try:
        return int(words.run(words) or 0)
    except ConfigError as error:
        print(f"fieldapp: {error}", file=sys.stderr)
        return 2
