"""`fieldapp draw verify BUNDLE`: a draw computed again from its public bundle alone, without any database."""

import argparse
import sys
from pathlib import Path
from typing import Any

from fieldapp.draw.rules import bundle
from fieldapp.refusals import Refusal


def add_commands(commands: Any) -> None:
    """Add `draw verify BUNDLE`."""
    draw = commands.add_parser("draw", help="draws").add_subparsers(dest="verb", required=True)
    verify = draw.add_parser("verify", help="compute a draw again from its public bundle; 1 when something does not fit")
    verify.add_argument("bundle", type=Path)
    verify.set_defaults(run=verify_bundle)


def verify_bundle(words: argparse.Namespace) -> int:
    """Print what the bundle proves, or the first thing that does not fit."""
    try:
        proved = bundle.check_bundle(bundle.bundle_in(words.bundle.read_bytes()))
    except (Refusal, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    manifest = proved.manifest
    print(f"OK  draw {manifest['number']} of {manifest['year']}, {manifest['department']}, {manifest['task']}")
    print(f"    {proved.drawn} drawn of {proved.rows} rows, {proved.reserve} in reserve")
    print(f"    manifest {proved.manifest_hash.hex()}\n    root     {manifest['root']}\n    seed     {proved.seed.hex()}")
    return 0
