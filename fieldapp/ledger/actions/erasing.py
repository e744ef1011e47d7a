"""Erase what stands beside an entry: the log stays whole, and says that it was done."""

from uuid import UUID

from fieldapp import db
from fieldapp.ledger.actions.recording import Actor, record
from fieldapp.ledger.models import Entry, Payload
from fieldapp.ledger.rules import ERASED


def erase_payload(entry_id: UUID, *, by: Actor, reason: str) -> bool:
    """Erase the names, the reason, the facts and the salt beside an entry; False where nothing stands there."""
    entry, payload = db.session.get(Entry, entry_id), db.session.get(Payload, entry_id)
    if entry is None or payload is None:
        return False
    db.session.delete(payload)
    record(by, ERASED, entry, case=entry.case_id, reason=reason)
    return True
