"""`fieldapp witness`: an independent process of another organisation that cosigns the log's head."""

import argparse
import sys
from pathlib import Path
from typing import Any

import waitress

from fieldapp.cli import logs
from fieldapp.ledger.notes import read_verifier_key
from fieldapp.ledger.witnessing.web import MOST_BYTES, application
from fieldapp.ledger.witnessing.witness import Witness


def add_commands(commands: Any) -> None:
    """Add `witness serve | cosign | key | refused`, each with the witness's own folder and the logs that it trusts."""
    witness = commands.add_parser("witness", help="cosign the head of somebody else's log")
    verbs = witness.add_subparsers(dest="verb", required=True)
    for name, run, help_text in (("serve", serve, "answer logs over HTTP"),
                                 ("cosign", cosign, "answer a request that came as a file"),
                                 ("key", show_key, "the witness's public key"),
                                 ("refused", show_refused, "the heads that do not continue what it saw")):
        verb = verbs.add_parser(name, help=help_text)
        verb.add_argument("--folder", type=Path, required=True, help="where key and state lie: outside the log's machine")
        verb.add_argument("--name", default="", help="the witness's name, at its first start: witness.example.org/w1")
        verb.add_argument("--log", action="append", default=[], metavar="KEY", help="a log's public key, as /ledger shows it")
        verb.set_defaults(run=run)
        if run is serve:
            verb.add_argument("--host", default="127.0.0.1")
            verb.add_argument("--port", type=int, default=8100)
        if run is cosign:
            verb.add_argument("request", type=Path)


def _witness(words: argparse.Namespace) -> Witness | None:
    try:
        return Witness(words.folder, [read_verifier_key(key) for key in words.log], name=words.name)
    except ValueError as fault:
        print(f"fieldapp: {fault}", file=sys.stderr)
        return None


def serve(words: argparse.Namespace) -> int:
    """Serve the witness until it is ended."""
    witness = _witness(words)
    if witness is None:
        return 2
    logs.configure(plain=False)
    print(f"{witness.key.verifier.text()}\nhttp://{words.host}:{words.port}/add-checkpoint", flush=True)
    waitress.serve(application(witness), host=words.host, port=words.port, ident=None, threads=2,
                   max_request_body_size=MOST_BYTES)
    return 0


def cosign(words: argparse.Namespace) -> int:
    """Print the cosignature for a request in a file; 1 and the reason when it is refused."""
    witness = _witness(words)
    if witness is None:
        return 2
    answer = witness.add_checkpoint(words.request.read_text(encoding="utf-8"))
    print(answer.body, end="", file=sys.stdout if answer.status == 200 else sys.stderr)
    return 0 if answer.status == 200 else 1


def show_key(words: argparse.Namespace) -> int:
    """Print the public key."""
    witness = _witness(words)
    if witness is None:
        return 2
    print(witness.key.verifier.text())
    return 0


def show_refused(words: argparse.Namespace) -> int:
    """Print the heads that were refused since they do not continue what was cosigned, and what spoke for them; 1 if any was."""
    witness = _witness(words)
    if witness is None:
        return 2
    found = list(witness.refused())
    for one in found:
        print(f"{one.at} {one.kind} {one.origin}: {one.size} entries, root {one.root}\n"
              f"cosigned before: {one.seen_size} entries, root {one.seen_root}\n\n{one.request}")
    return 1 if found else 0
