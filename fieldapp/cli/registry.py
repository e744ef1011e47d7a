"""`fieldapp registry check DIR`: what is found in a folder of sheets, without touching a database."""

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from fieldapp.registry.sheets.check import check_folder


def add_commands(commands: Any) -> None:
    """Add `registry check DIR [--json]`."""
    registry = commands.add_parser("registry", help="the directories").add_subparsers(dest="verb", required=True)
    check = registry.add_parser("check", help="what is found in a folder of sheets")
    check.add_argument("folder", type=Path)
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=check_sheets)


def check_sheets(words: argparse.Namespace) -> int:
    """Print every finding as `{file, row, kind, value}`, or the counts by kind."""
    found = check_folder(words.folder)
    if words.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for kind, count in sorted(Counter(finding["kind"] for finding in found).items()):
        print(f"{count:>6}  {kind}")
    return 0
