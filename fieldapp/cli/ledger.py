"""`fieldapp ledger`: verify it, show and export its head and its tiles, ask a witness, check a receipt, change a key, erase."""

import argparse
import json
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import config, db
from fieldapp.app import create_app
from fieldapp.fieldwork.rules import REGISTERED
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import erase_payload, keep_cosignature
from fieldapp.ledger.cosignatures import moment_of, note_of
from fieldapp.ledger.export import export
from fieldapp.ledger.notes import VerifierKey, open_note, read_verifier_key
from fieldapp.ledger.receipts import prove
from fieldapp.ledger.rules import Checkpoint, read_checkpoint, text_of_file
from fieldapp.ledger.rules.checkpoint import read_number
from fieldapp.ledger.verification import verify
from fieldapp.ledger.witnessing.asking import Refused, request_for
from fieldapp.ledger.witnessing.request import read_request
from fieldapp.roles import PRODUCT


def add_commands(commands: Any) -> None:
    """Add the verbs of `ledger`."""
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
    _add_receipts_and_keys(verbs)


def _add_receipts_and_keys(verbs: Any) -> None:
    receipt = verbs.add_parser("check-receipt", help="what a receipt proves; needs the log's key, no database")
    receipt.add_argument("file", type=Path)
    receipt.add_argument("--key", action="append", required=True, metavar="KEY",
                         help="a public key of the log: name+number+key, with @N if it was used up to entry N")
    receipt.add_argument("--witness", action="append", default=[], metavar="KEY",
                         help="a witness's key: when did it see this head?")
    receipt.add_argument("--record", type=Path, metavar="FILE", help="a record: is it the one that the receipt names?")
    receipt.set_defaults(run=check_receipt)
    ended = verbs.add_parser("end-key", help="take a key out of use: its secret goes, later heads under it do not count")
    ended.add_argument("number", help="the eight digits in the middle of the public key")
    ended.set_defaults(run=end_key)
    erased = verbs.add_parser("erase", help="erase what stands beside an entry: names, reason, facts, and their salt; for ever")
    erased.add_argument("entry", type=UUID)
    erased.add_argument("--reason", required=True, help="why; it stands beside the entry that this makes")
    erased.set_defaults(run=erase)
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
        size, (erased, unsaid) = queries.size(), queries.payloads_gone()
    if words.json:
        print(json.dumps({"entries": size, "erased": erased, "gone": unsaid,
                          "findings": [[one.kind, one.table, one.key] for one in found]}, indent=1))
    else:
        print(f"beside {erased} entries what they committed to was erased, beside {unsaid} it is gone without an entry")
        print(*found, f"{size} entries, {len(found)} findings", sep="\n")
    return 1 if found else 0


def check_receipt(words: argparse.Namespace) -> int:
    """Say what a receipt proves, and nothing beyond it; 1 where it proves nothing or the record is another."""
    try:
        known = [*map(_key, words.key), *map(read_verifier_key, words.witness)]
        found, signed = prove(text_of_file(words.file.read_bytes()), known)
        if found.entry["action"] != REGISTERED:
            raise ValueError("the receipt of another thing than a record")
        record = sha256(words.record.read_bytes()).hexdigest() if words.record else None
    except (OSError, ValueError) as error:
        print(f"fieldapp: {error}", file=sys.stderr)
        return 1
    print(f"record {found.facts.get('record')}, SHA-256 {found.facts.get('digest')}",
          f"entry {found.index + 1} of {found.head.size} in {found.head.origin}",
          f"the log itself says: entered {found.entry['at']}; that is not proved",
          f"head signed by {', '.join(one.key.name for one in signed if one.at is None)}",
          *([f"{one.key.name} saw this head at {moment_of(one).isoformat()}" for one in signed if one.at is not None]
            or ["no witness's time"]), sep="\n")
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


def end_key(words: argparse.Namespace) -> int:
    """Take a key out of use after the newest head; the servers sign without it once they start anew."""
    create_app(config.from_environment())
    with db.transaction(write=False):
        last = queries.last_checkpoint()
    try:
        keys.end_key(words.number, last.size if last else 0)
    except ValueError as fault:
        print(f"fieldapp: {fault}", file=sys.stderr)
        return 1
    return 0


def erase(words: argparse.Namespace) -> int:
    """Erase what stands beside one entry, with an entry of its own; 1 where there is nothing."""
    create_app(config.from_environment())
    with db.transaction(write=True):
        found = erase_payload(words.entry, by=PRODUCT, reason=words.reason)
    if not found:
        print("fieldapp: nothing stands beside such an entry", file=sys.stderr)
    return 0 if found else 1


def _key(text: str) -> VerifierKey:
    key, _, until = text.partition("@")
    return replace(read_verifier_key(key), until=read_number(until) if until else None)


def _outside(file: Path) -> Checkpoint:
    return read_checkpoint(open_note(file.read_text(encoding="utf-8"), keys.verifier_keys())[0])
