"""Sign the log's head: soon after news, and once an hour without."""

from datetime import timedelta
from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions.recording import record
from fieldapp.ledger.cosignatures import held, last_cosigned, last_refused, moment_of, refusal_that_stands, text_of
from fieldapp.ledger.models import Cosignature, SignedCheckpoint, WitnessRefusal
from fieldapp.ledger.notes import VerifierKey, open_note, sign_note
from fieldapp.ledger.rules import Checkpoint
from fieldapp.roles import PRODUCT

AT_LEAST_EVERY = timedelta(hours=1)


def keep_cosignature(checkpoint_id: UUID, lines: str, known: list[VerifierKey]) -> list[Cosignature]:
    """Keep what known witnesses signed under a head's note; raises ValueError where none of the lines holds."""
    checkpoint = db.session.get_one(SignedCheckpoint, checkpoint_id)
    open_note(f"{text_of(checkpoint.note)}\n{lines}", known)
    kept = dict[str, Cosignature]()
    for line in lines.splitlines(keepends=True):  # of a name only the line by which it is believed, whatever else is beside it
        signed = held(checkpoint.note, line, known)
        if signed is not None:
            name = signed.key.name
            kept[name] = Cosignature(id=ids.uuid7(after=[last_refused(name)]), checkpoint_id=checkpoint_id, witness=name,
                                     at=moment_of(signed), line=line)
    if not kept:
        raise ValueError("a time that no calendar knows")
    db.session.add_all(kept.values())
    return list(kept.values())


def keep_refusal(witness: str, status: int, words: str) -> None:
    """Keep that a witness would not cosign, and enter it; once, until it cosigns again, however often it is asked meanwhile."""
    last = queries.last_checkpoint()
    if refusal_that_stands(witness, status) is None:
        row = WitnessRefusal(id=ids.uuid7(after=[last_cosigned(witness)]), witness=witness, size=last.size if last else 0,
                             at=clock.now(), status=status, words=words)
        db.session.add(row)
        record(PRODUCT, "ledger.cosigning_refused", row)


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
