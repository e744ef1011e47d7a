"""Sign the log's head: soon after news, and once an hour without."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from fieldapp import clock, db
from fieldapp.ledger import keys, queries
from fieldapp.ledger.models import Cosignature, SignedCheckpoint, WitnessRefusal
from fieldapp.ledger.notes import VerifierKey, open_note, sign_note
from fieldapp.ledger.rules import Checkpoint

AT_LEAST_EVERY = timedelta(hours=1)
LAST_SECOND = 253402300799
"""Of the year 9999."""


def keep_cosignature(checkpoint_id: UUID, lines: str, known: list[VerifierKey]) -> list[Cosignature]:
    """Keep what known witnesses signed under a head's note; raises ValueError where none of the lines holds."""
    checkpoint = db.session.get_one(SignedCheckpoint, checkpoint_id)
    text = checkpoint.note.rpartition("\n\n")[0] + "\n"
    held = {signed.key.name: signed.at or 0 for signed in open_note(f"{text}\n{lines}", known)[1]}
    if max(held.values()) > LAST_SECOND:
        raise ValueError("a time that no calendar knows")
    kept = [Cosignature(checkpoint_id=checkpoint_id, witness=name, at=datetime.fromtimestamp(held[name], UTC), line=line)
            for line in lines.splitlines(keepends=True) if (name := line.split(" ")[1]) in held]
    db.session.add_all(kept)
    return kept


def keep_refusal(witness: str, status: int, words: str) -> None:
    """Keep that a witness would not cosign; once, until it cosigns again, however often it is asked meanwhile."""
    last = queries.last_checkpoint()
    if queries.refusal_that_stands(witness, status) is None:
        db.session.add(WitnessRefusal(witness=witness, size=last.size if last else 0, at=clock.now(), status=status, words=words))


def is_checkpoint_due() -> bool:
    """Whether the tree has grown since its head was signed, or that was long ago."""
    last = queries.last_checkpoint()
    if last is None or last.size != queries.size():
        return True
    return clock.now() - last.at >= AT_LEAST_EVERY


def sign_checkpoint() -> SignedCheckpoint:
    """Sign the head of the tree as it is, and keep the note; raises RuntimeError where there is no key to sign with."""
    if not keys.signing_keys():
        raise RuntimeError("no key of the log is here")
    size = queries.size()
    text = Checkpoint(keys.origin(), size, queries.head_at(size)).text()
    row = SignedCheckpoint(at=clock.now(), size=size, note=sign_note(text, keys.signing_keys()))
    db.session.add(row)
    return row
