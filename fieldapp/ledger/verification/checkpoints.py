"""The signed heads: those that the log kept, and those that somebody else kept."""

from collections.abc import Iterator

import sqlalchemy as sa

from fieldapp import db
from fieldapp.ledger.cosignatures import held, moment_of
from fieldapp.ledger.models import Cosignature, SignedCheckpoint
from fieldapp.ledger.notes import VerifierKey, open_note
from fieldapp.ledger.rules import Checkpoint, plain, read_checkpoint
from fieldapp.ledger.verification.entries import Entries, as_moment
from fieldapp.ledger.verification.finding import Finding

OUTSIDE = "checkpoint"
"""The "table" of a checkpoint that was kept outside."""


def sizes_wanted(outside: list[Checkpoint]) -> set[int]:
    """The sizes at which the tree's head is needed."""
    return set(db.session.scalars(sa.select(SignedCheckpoint.size).distinct())) | {one.size for one in outside}


def check_checkpoints(entries: Entries, known: list[VerifierKey], outside: list[Checkpoint]) -> Iterator[Finding]:
    """Compare every signed head with the tree."""
    name = SignedCheckpoint.__tablename__
    for key, size, note in db.session.execute(
            sa.select(SignedCheckpoint.id, SignedCheckpoint.size, SignedCheckpoint.note).order_by(SignedCheckpoint.id)):
        try:
            signed = read_checkpoint(open_note(note, known)[0])
        except ValueError:
            yield Finding("checkpoint_signature", name, str(key))
            continue
        if signed.size != size:
            yield Finding("checkpoint_differs", name, str(key))
        yield from _compare(entries, signed, name, str(key))
    for one in outside:
        yield from _compare(entries, one, OUTSIDE, str(one.size))


def check_cosignatures(witnesses: list[VerifierKey]) -> Iterator[Finding]:
    """Each line opens under its head by the key of a known witness, whose name and time the row repeats."""
    rows = sa.select(Cosignature.id, Cosignature.witness, sa.type_coerce(Cosignature.at, sa.types.NullType()), Cosignature.line,
                     SignedCheckpoint.note).outerjoin(SignedCheckpoint, SignedCheckpoint.id == Cosignature.checkpoint_id)
    for key, name, at, line, note in db.session.execute(rows.order_by(Cosignature.id)):
        signed = held(note or "", line, witnesses)
        if signed is None or (signed.key.name, plain(moment_of(signed))) != (name, as_moment(at)):
            yield Finding("cosignature_differs", Cosignature.__tablename__, str(key))


def _compare(entries: Entries, signed: Checkpoint, name: str, key: str) -> Iterator[Finding]:
    if signed.size > entries.size:
        yield Finding("checkpoint_ahead", name, key)
    elif entries.heads.get(signed.size) != signed.root:
        yield Finding("checkpoint_differs", name, key)
