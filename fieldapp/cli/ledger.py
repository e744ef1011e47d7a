"""`fieldapp ledger`: verify it, show and export its head and its tiles, add a key."""

import argparse
import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from fieldapp import config, db
from fieldapp.app import create_app
from fieldapp.fieldwork.rules import REGISTERED
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import keep_cosignature
from fieldapp.ledger.cosignatures import note_of
from fieldapp.ledger.export import export
from fieldapp.ledger.notes import open_note, read_verifier_key
from fieldapp.ledger.receipts import prove
from fieldapp.ledger.rules import Checkpoint, read_checkpoint
from fieldapp.ledger.verification import verify
from fieldapp.ledger.witnessing.asking import Refused, request_for
from fieldapp.ledger.witnessing.request import read_request


def add_commands(commands: Any) -> None:
    """Add `ledger verify | checkpoint | export | add-key`."""
    verbs = commands.add_parser("ledger", help="the log of everything that was done").add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("verify", help="tree, signatures, chains and rows; 1 when something does not fit")
    check.add_argument("--checkpoint", type=Path, action="append", default=[], metavar="FILE",
                       help="a checkpoint kept elsewhere: what was made anew from the beginning shows only against it")
    check.add_argument("--json", action="store_true")
    check.set_defaults(run=verify_ledger)
    verbs.add_parser("checkpoint", help="the newest signed head").set_defaults(run=show_checkpoint)
    out = verbs.add_parser("export", help="checkpoint and tiles as files")
    out.add_argument("folder", type=Path)
    out.add_argument("--entries", action="store_true", help="the entries too, for auditors")
    out.set_defaults(run=export_ledger)
    asked = verbs.add_parser("ask-witness", help="a request for a witness that is not on the net, as a file for it")
    asked.add_argument("key", help="the witness's public key")
    asked.add_argument("--old", type=int, metavar="SIZE", help="what it says that it saw last")
    asked.set_defaults(run=ask_witness)
    taken = verbs.add_parser("take-cosignature", help="what a witness answered to such a request, as a file")
    taken.add_argument("key", help="the witness's public key")
    taken.add_argument("request", type=Path)
    taken.add_argument("answer", type=Path)
    taken.set_defaults(run=take_cosignature)
    receipt = verbs.add_parser("check-receipt", help="what a receipt proves; needs the log's key, no database")
    receipt.add_argument("file", type=Path)
    receipt.add_argument("--key", action="append", required=True, help="a public key of the log: name+number+key")
    receipt.add_argument("--record", type=Path, metavar="FILE", help="a record: is it the one that the receipt names?")
    receipt.set_defaults(run=check_receipt)
    verbs.add_parser("add-key", help="a new key that signs beside the old one").set_defaults(run=add_key)


def verify_ledger(words: argparse.Namespace) -> int:
    """Print what does not fit, each with its row; the exit status says whether all fits."""
    create_app(config.from_environment())
    try:
        outside = [_outside(file) for file in words.checkpoint]
    except (OSError, ValueError) as error:
        print(f"fieldapp: {error}", file=sys.stderr)
        return 2
    with db.transaction(write=False):
        found = list(verify(keys.verifier_keys(), outside, keys.witness_keys()))
        size = queries.size()
    if words.json:
        print(json.dumps({"entries": size, "findings": [[one.kind, one.table, one.key] for one in found]}, indent=1))
    else:
        print(*found, f"{size} entries, {len(found)} findings", sep="\n")
    return 1 if found else 0


def check_receipt(words: argparse.Namespace) -> int:
    """Say what a receipt proves, and nothing beyond it; 1 where it proves nothing or the record is another."""
    try:
        found, signed = prove(words.file.read_text(encoding="utf-8"), [read_verifier_key(key) for key in words.key])
        if found.entry["action"] != REGISTERED:
            raise ValueError("the receipt of another thing than a record")
        record = sha256(words.record.read_bytes()).hexdigest() if words.record else None
    except (OSError, ValueError) as error:
        print(f"fieldapp: {error}", file=sys.stderr)
        return 1
    print(f"record {found.facts.get('record')}, SHA-256 {found.facts.get('digest')}",
          f"entered {found.entry['at']} as entry {found.index + 1} of {found.head.size} in {found.head.origin}",
          f"head signed by {', '.join(one.key.name for one in signed)}", sep="\n")
    if record is not None:
        print("the file is this record" if record == found.facts.get("digest") else "the file is another record")
    return 0 if record in {None, found.facts.get("digest")} else 1


def show_checkpoint(_words: argparse.Namespace) -> int:
    """Print the newest signed head, for keeping elsewhere."""
    create_app(config.from_environment())
    with db.transaction(write=False):
        last = queries.last_checkpoint()
        if last is None:
            print("fieldapp: no checkpoint has been signed yet", file=sys.stderr)
            return 1
        print(note_of(last), end="")
    return 0


def export_ledger(words: argparse.Namespace) -> int:
    """Write the log into a folder as a log of tiles that foreign readers understand."""
    create_app(config.from_environment())
    try:
        with db.transaction(write=False):
            size = export(words.folder, entries=words.entries)
    except LookupError as error:
        print(f"fieldapp: {error}", file=sys.stderr)
        return 1
    print(f"{size} entries: {words.folder}")
    return 0


def ask_witness(words: argparse.Namespace) -> int:
    """Print the request; 1 when the witness has cosigned the newest head."""
    create_app(config.from_environment())
    try:
        asked = request_for(read_verifier_key(words.key), words.old)
    except (Refused, ValueError) as fault:
        print(f"fieldapp: {fault}", file=sys.stderr)
        return 2
    if asked is None:
        print("fieldapp: nothing to ask", file=sys.stderr)
        return 1
    print(asked[1].text(), end="")
    return 0


def take_cosignature(words: argparse.Namespace) -> int:
    """Keep the cosignature under the head that was sent to the witness."""
    create_app(config.from_environment())
    try:
        key = read_verifier_key(words.key)
        if key not in keys.witness_keys():
            raise ValueError("its line would not be believed: first name the key in WITNESSES")
        with db.transaction(write=True):
            asked = read_request(words.request.read_text(encoding="utf-8"))
            checkpoint = queries.checkpoint_of(asked.note)
            if checkpoint is None:
                raise ValueError("the request is not of this log")
            keep_cosignature(checkpoint.id, words.answer.read_text(encoding="utf-8"), [key])
    except IntegrityError:
        print("fieldapp: this witness has cosigned that head already", file=sys.stderr)
        return 1
    except (OSError, ValueError) as fault:
        print(f"fieldapp: {fault}", file=sys.stderr)
        return 2
    return 0


def add_key(_words: argparse.Namespace) -> int:
    """Make the key and print the public one, to be told to those who verify."""
    create_app(config.from_environment())
    print(keys.make_key())
    return 0


def _outside(file: Path) -> Checkpoint:
    return read_checkpoint(open_note(file.read_text(encoding="utf-8"), keys.verifier_keys())[0])
