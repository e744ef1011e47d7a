"""Sign the log's head: soon after news, and once an hour without."""

from datetime import timedelta

from fieldapp import clock, db
from fieldapp.ledger import keys, queries
from fieldapp.ledger.models import SignedCheckpoint
from fieldapp.ledger.notes import sign_note
from fieldapp.ledger.rules import Checkpoint

AT_LEAST_EVERY = timedelta(hours=1)


def is_checkpoint_due() -> bool:
    """Whether the tree has grown since its head was signed, or that was long ago."""
    last = queries.last_checkpoint()
    if last is None or last.size != queries.size():
        return True
    return clock.now() - last.at >= AT_LEAST_EVERY


def sign_checkpoint() -> SignedCheckpoint:
    """Sign the head of the tree as it is, and keep the note."""
    size = queries.size()
    text = Checkpoint(keys.origin(), size, queries.head_at(size)).text()
    row = SignedCheckpoint(at=clock.now(), size=size, note=sign_note(text, keys.signing_keys()))
    db.session.add(row)
    return row
