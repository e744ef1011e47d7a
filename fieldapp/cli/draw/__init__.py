"""`fieldapp draw verify BUNDLE`: a draw computed again from its public bundle alone, without any database.

`fieldapp draw verify-row ROW [BUNDLE]`: a row as it was opened to the inspected party, against its root and the bundle.

`fieldapp draw bench --objects N`: seconds and memory on this machine.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from fieldapp.cli.draw import bench
from fieldapp.draw import rules
from fieldapp.draw.beacon import check_part
from fieldapp.draw.logged import check_logged
from fieldapp.draw.rules import bundle
from fieldapp.ledger.notes import open_note, read_verifier_key
from fieldapp.refusals import Refusal
from fieldapp.words import N_


def add_commands(commands: Any) -> None:
    """Add `draw verify BUNDLE`."""
    draw = commands.add_parser("draw", help="draws").add_subparsers(dest="verb", required=True)
    verify = draw.add_parser("verify", help="compute a draw again from its public bundle; 1 when something does not fit")
    verify.add_argument("bundle", type=Path)
    verify.add_argument("--key", metavar="KEY", help="the log's public key, as /ledger shows it: checks who signed its head")
    verify.set_defaults(run=verify_bundle)
    row = draw.add_parser("verify-row", help="check a row opened with a notice, alone or against a draw's public bundle")
    row.add_argument("row", type=Path)
    row.add_argument("bundle", type=Path, nargs="?")
    row.set_defaults(run=verify_row)
    measured = draw.add_parser("bench", help="seconds and memory of a draw of this size on this machine")
    measured.add_argument("--objects", type=_count, default=1_000_000)
    measured.add_argument("--inspectors", type=_count, default=600)
    measured.set_defaults(run=bench.run)


def _count(typed: str) -> int:
    """A number of things, at least one; raises ValueError."""
    if int(typed) < 1:
        raise ValueError(typed)
    return int(typed)


def verify_bundle(words: argparse.Namespace) -> int:
    """Print what the bundle proves, or the first thing that does not fit."""
    try:
        read = bundle.bundle_in(words.bundle.read_bytes())
        proved = bundle.check_bundle(read)
        if read.beacon:
            check_part(read.beacon)
        stands = _stands_in_log(read.checkpoint, proved.manifest_hash, words.key)
    except (Refusal, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    manifest = proved.manifest
    print(f"OK  draw {manifest['number']} of {manifest['year']}, {manifest['department']}, {manifest['task']}")
    print(f"    {proved.drawn} drawn of {proved.rows} rows, {proved.reserve} in reserve, "
          f"{proved.opened} rows opened, {proved.substitutes} substitutes")
    print(f"    manifest {proved.manifest_hash.hex()}\n    root     {manifest['root']}\n    seed     {proved.seed.hex()}")
    if read.beacon:
        print(f"    beacon   {rules.BEACON}, round {read.beacon.round}, named at {read.beacon.named_at}; signature holds")
    print(f"    log      {stands}")
    return 0


def _stands_in_log(receipt: str, manifest_hash: bytes, key: str | None) -> str:
    """What a bundle's receipt shows of the public log; raises ValueError where its head is not signed with the key given."""
    if not receipt:
        if key:
            raise ValueError("the bundle holds no checkpoint.txt")
        return "no receipt in this bundle"
    found = check_logged(receipt, manifest_hash)
    if key:
        open_note(found.note, [read_verifier_key(key)])
    checked = "signature holds" if key else "signature not checked, there was no --key"
    return f"the manifest stands among the first {found.head.size} entries of {found.head.origin}; {checked}"


def verify_row(words: argparse.Namespace) -> int:
    """Print where an opened row stands in the directory and, with the bundle, among the drawn; 1 when it does not fit."""
    try:
        opened = json.loads(words.row.read_bytes())
        leaf, head = rules.check_opened_row(opened)
        place = _place_in(bundle.bundle_in(words.bundle.read_bytes()), leaf, head) if words.bundle else ""
    except (Refusal, OSError, ValueError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print(f"OK  row {opened['index'] + 1} of {opened['size']}: {opened['row']['id']}, {opened['row']['status']}{place}")
    print(f"    leaf     {leaf.hex()}\n    root     {head.hex()}")
    return 0


def _place_in(whole: bundle.Bundle, leaf: bytes, head: bytes) -> str:
    """Where the leaf stands in the order of a bundle that fits in itself; a Refusal if it belongs to another draw."""
    if bundle.check_bundle(whole).manifest["root"] != head.hex():
        raise Refusal("draw.row_of_another_draw", N_("凭证与公开包不是同一次抽取的"))
    if leaf.hex() in whole.selected:
        return f", drawn as number {whole.selected.index(leaf.hex()) + 1}"
    return f", number {whole.reserve.index(leaf.hex()) + 1} in reserve" if leaf.hex() in whole.reserve else ", cannot be drawn"
