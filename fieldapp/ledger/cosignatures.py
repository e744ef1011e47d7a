"""What witnesses signed and refused: believed by the line that opens under its head, never by what the columns say."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger import keys
from fieldapp.ledger.models import Cosignature, SignedCheckpoint, WitnessRefusal
from fieldapp.ledger.notes import Signed, VerifierKey, open_note
from fieldapp.ledger.rules import read_checkpoint

LOOKED_AT = 50
"""Rows of a witness: one that holds is there at once, unless somebody forged a great many."""
LAST_SECOND = 253402300799
"""Of the year 9999."""


def held(note: str, line: str, known: Sequence[VerifierKey]) -> Signed | None:
    """The one signature of a known witness that a line holds under a head's note; none where it does not hold."""
    if line.count("\n") != 1:
        return None
    try:
        [signed] = open_note(f"{text_of(note)}\n{line}", known)[1]
    except ValueError:
        return None
    return signed if 0 < (signed.at or 0) <= LAST_SECOND else None


def moment_of(signed: Signed) -> datetime:
    """When a witness signed, by its own line."""
    return datetime.fromtimestamp(signed.at or 0, UTC)


def text_of(note: str) -> str:
    """The text of a head that is signed: its note without the signatures."""
    return note.rpartition("\n\n")[0] + "\n"


def note_of(checkpoint: SignedCheckpoint) -> str:
    """A signed head's note with what known witnesses signed under it."""
    lines = sa.select(Cosignature.line).where(Cosignature.checkpoint_id == checkpoint.id).order_by(Cosignature.witness)
    known = keys.witness_keys()
    return checkpoint.note + "".join(line for line in db.session.scalars(lines) if held(checkpoint.note, line, known))


def is_cosigned(checkpoint: SignedCheckpoint, key: VerifierKey) -> bool:
    """Whether a witness has cosigned a head."""
    lines = sa.select(Cosignature.line).where(Cosignature.checkpoint_id == checkpoint.id, Cosignature.witness == key.name)
    return any(held(checkpoint.note, line, [key]) for line in db.session.scalars(lines))


def last_of(key: VerifierKey) -> tuple[int, datetime] | None:
    """The largest size of this log that a witness has cosigned, and when it said so."""
    rows = sa.select(SignedCheckpoint.note, Cosignature.line).join(Cosignature).where(Cosignature.witness == key.name)
    for note, line in db.session.execute(
            rows.order_by(SignedCheckpoint.size.desc(), Cosignature.id.desc()).limit(LOOKED_AT)):
        signed = held(note, line, [key])
        if signed is not None:
            return read_checkpoint(text_of(note)).size, moment_of(signed)
    return None


def witnesses() -> list[tuple[str, int, datetime]]:
    """Each known witness that has cosigned, with the largest size, and when it did so."""
    found = [(key.name, last_of(key)) for key in sorted(keys.witness_keys(), key=lambda key: key.name)]
    return [(name, *last) for name, last in found if last]


def refusals(limit: int = 20) -> list[tuple[WitnessRefusal, bool]]:
    """What witnesses would not cosign, and whether it stands: whoever cosigned again has taken it back. First what stands, the
    newest first."""
    rows = list(db.session.scalars(sa.select(WitnessRefusal).order_by(WitnessRefusal.id.desc())))
    again = {name: last_cosigned(name) for name in {row.witness for row in rows}}
    told = [(row, (again[row.witness] or UUID(int=0)) < row.id) for row in rows]
    return sorted(told, key=lambda one: not one[1])[:limit]


def refusal_that_stands(witness: str, status: int) -> WitnessRefusal | None:
    """A refusal of that status by a witness that has not cosigned again since."""
    said = sa.select(WitnessRefusal).where(WitnessRefusal.witness == witness, WitnessRefusal.status == status)
    last = db.session.scalar(said.order_by(WitnessRefusal.id.desc()).limit(1))
    return last if last is not None and (last_cosigned(witness) or UUID(int=0)) < last.id else None


def last_refused(witness: str) -> UUID | None:
    """The newest refusal by a witness."""
    newest = sa.select(WitnessRefusal.id).where(WitnessRefusal.witness == witness).order_by(WitnessRefusal.id.desc())
    return db.session.scalar(newest.limit(1))


def last_cosigned(witness: str) -> UUID | None:
    """The newest row of a witness whose line holds."""
    rows = sa.select(Cosignature.id, SignedCheckpoint.note, Cosignature.line).join(SignedCheckpoint).where(
        Cosignature.witness == witness)
    newest = db.session.execute(rows.order_by(Cosignature.id.desc()).limit(LOOKED_AT))
    return next((row_id for row_id, note, line in newest if held(note, line, keys.witness_keys())), None)
