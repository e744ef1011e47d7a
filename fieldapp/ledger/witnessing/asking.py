"""The log's side: ask each witness to cosign the newest head, and keep what it says."""

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.request import Request as HttpRequest
from uuid import UUID

from fieldapp import db
from fieldapp.jobs.outgoing import ask as ask_server
from fieldapp.ledger import queries
from fieldapp.ledger.actions import keep_cosignature, keep_refusal
from fieldapp.ledger.cosignatures import is_cosigned, last_of
from fieldapp.ledger.notes import VerifierKey, read_verifier_key
from fieldapp.ledger.witnessing.request import Request

log = logging.getLogger(__name__)
EVERY, PATIENCE, MOST_BYTES = 60.0, 10.0, 64 * 1024


@dataclass(frozen=True, slots=True)
class Address:
    """Where a witness answers, nowhere for one that is not asked over the net, and by which key its answer is known."""

    url: str
    key: VerifierKey


class Refused(Exception):
    """A witness did not cosign: its status and its words."""


class Contradicted(Refused):
    """A witness says that the log did not only grow: with 409 that it saw more, or another head of this size, with 422 that
    the proof does not hold."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(f"{status} {words.strip()[:200]}")
        self.status, self.words = status, words.strip()[:200]


def read_addresses(text: str) -> list[Address]:
    """The witnesses of a setting: `URL KEY` each, separated by semicolons; KEY alone for one that is not asked over the net, or
    no longer. Raises ValueError."""
    found = []
    for one in filter(None, map(str.strip, text.split(";"))):
        url, _, key = one.rpartition(" ")
        if url and not url.startswith(("https://", "http://")):
            raise ValueError(f"not the address of a witness: {url!r}")
        found.append(Address(url.rstrip("/"), read_verifier_key(key)))
    return found


def keep_asking(stop: threading.Event, witnesses: Sequence[Address], *, every: float = EVERY) -> None:
    """Ask every witness once in `every` seconds until told to stop; what does not work is logged, and asked for again."""
    while not stop.wait(every):
        for witness in (one for one in witnesses if one.url):
            try:
                ask(witness)
            except Exception:
                log.exception("witness %s has not cosigned", witness.key.name)


def request_for(key: VerifierKey, old: int | None = None) -> tuple[UUID, Request] | None:
    """What to ask a witness, and about which checkpoint; none where it has cosigned the newest. `old` is what it says it saw."""
    with db.transaction(write=False):
        newest = queries.last_checkpoint()
        if newest is None or is_cosigned(newest, key):
            return None
        seen = (last_of(key) or (0,))[0] if old is None else old
        if seen > newest.size:
            raise Contradicted(409, f"{key.name} saw {seen} entries, the log has {newest.size}: it was cut off")
        proof = queries.continuation(seen, newest.size) if seen else []
        return newest.id, Request(seen, tuple(proof), newest.note)


def ask(witness: Address) -> bool:
    """Ask one witness; whether there was anything to ask. Raises Refused, OSError or ValueError; what speaks against the log
    is written down first."""
    try:
        return _ask(witness)
    except Contradicted as against:
        with db.transaction(write=True):
            keep_refusal(witness.key.name, against.status, against.words)
        raise


def _ask(witness: Address) -> bool:
    asked = request_for(witness.key)
    if asked is None:
        return False
    status, body = _post(witness.url, asked[1].text())
    if status == 409:
        asked = request_for(witness.key, int(body))
        if asked is None:
            return False
        status, body = _post(witness.url, asked[1].text())
    if status == 422 or (status == 409 and int(body) == asked[1].old):  # else it saw another head of ours meanwhile
        raise Contradicted(status, body)
    if status != 200:
        raise Refused(f"{status} {body.strip()[:200]}")
    with db.transaction(write=True):
        keep_cosignature(asked[0], body, [witness.key])
    return True


def _post(url: str, text: str) -> tuple[int, str]:
    asked = HttpRequest(f"{url}/add-checkpoint", data=text.encode(), method="POST",  # noqa: S310 - http(s), read_addresses
                        headers={"Content-Type": "text/plain; charset=utf-8"})
    try:
        with ask_server(asked, patience=PATIENCE) as answer:
            return answer.status, answer.read(MOST_BYTES).decode()
    except HTTPError as refused:
        with refused:
            return refused.code, refused.read(MOST_BYTES).decode(errors="replace")
    except HTTPException as fault:
        raise OSError(str(fault)) from fault
