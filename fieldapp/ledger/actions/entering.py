"""Write entries: each after the last of its case, one writer of a case at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from fieldapp import db, ids
from fieldapp.ledger import queries, rules
from fieldapp.ledger.actions import tree
from fieldapp.ledger.models import Entry, Payload, WrittenRows
from fieldapp.merkle import leaf_hash
from fieldapp.roles import Officer

TO_ENTER, MARKS = "ledger.to_enter", "ledger.marks"
"""Keys of `session.info`: what this transaction has recorded and not written yet, in its order; how much of it there was when
each savepoint was set."""
LOCKS = 1024
"""Cases share this many locks: whoever writes in a great many cases does not fill the server's table of locks."""

_INSERT = {model: sa.insert(db.table_of(model)) for model in (Entry, Payload, WrittenRows)}
_type = attrgetter("thing_type")
About = dict[tuple[str, UUID], tuple[UUID | None, str | None]]
"""By table and key of a thing: the newest entry about it, and the hash that it left."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """An entry that is not in its chains yet, what stands beside it, and who acted. An entry without a case begins one; nobody
    else can write in a case whose own row this transaction has made."""

    entry: Entry
    beside: Payload | WrittenRows
    roles: str
    is_new_case: bool


def roles_of(actor: object) -> str:
    """The roles of who acted, as an entry names them."""
    return ",".join(sorted(actor.roles)) if isinstance(actor, Officer) else ""


def enter(recorded: Sequence[Recorded]) -> None:
    """Write what was recorded at once where there is one writer, else as the last thing of the transaction."""
    db.session().info.setdefault(TO_ENTER, []).extend(recorded)
    if db.has_one_writer():
        write_entries()


def write_entries() -> None:
    """Write what the transaction has recorded, each entry after the last of its case and of its thing.

    Where several write at a time each case is held until the transaction ends. It must take no lock afterwards: then nobody
    who holds a row waits for a case that is held by one who waits for that row.
    """
    recorded: list[Recorded] = db.session().info.pop(TO_ENTER, [])
    if not recorded:
        return
    held = {one.entry.case_id.int % LOCKS for one in recorded if one.entry.case_id and not one.is_new_case}
    if held:
        db.one_at_a_time_among("ledger.case", held)
    entries = [one.entry for one in recorded]
    in_case, about = _last(entries)
    for one in recorded:
        _link(one, in_case, about)
    db.session.execute(_INSERT[Entry], [queries.columns_of(entry) for entry in entries])
    for kind in (Payload, WrittenRows):
        beside = [queries.columns_of(one.beside) for one in recorded if isinstance(one.beside, kind)]
        if beside:
            db.session.execute(_INSERT[kind], beside)
    tree.append(entries)


def _last(entries: Sequence[Entry]) -> tuple[dict[UUID, UUID], About]:
    """The newest entry of each case, and about each thing."""
    if len(entries) == 1 and entries[0].thing_id:
        [one] = entries
        prev, about = queries.last_of(one.case_id, one.thing_type, one.thing_id)
        return {one.case_id: prev} if prev else {}, {(one.thing_type, one.thing_id): about}
    named = sorted((entry for entry in entries if entry.thing_id), key=_type)
    things: About = {(thing_type, thing): last for thing_type, of_type in groupby(named, key=_type)
                     for thing, last in queries.last_about(thing_type, [entry.thing_id for entry in of_type]).items()}
    return queries.last_in_cases([entry.case_id for entry in entries if entry.case_id]), things


def _link(one: Recorded, in_case: dict[UUID, UUID], about: About) -> None:
    """Give an entry its identifier, above those before it, what came before it, its body and its hash."""
    entry = one.entry
    prev, (last, before_hash) = in_case.get(entry.case_id), about.get((entry.thing_type, entry.thing_id), (None, None))
    entry.id = ids.uuid7(after=(prev, last))
    entry.thing_id, entry.case_id = entry.thing_id or entry.id, entry.case_id or entry.id
    entry.prev_in_case, entry.before_hash, one.beside.entry_id = prev, before_hash, entry.id
    in_case[entry.case_id], about[entry.thing_type, entry.thing_id] = entry.id, (entry.id, entry.after_hash)
    body = rules.entry_body(
        id=str(entry.id), at=rules.plain(entry.at), actor=str(entry.actor_id or ""), role=one.roles,
        action=entry.action, object=f"{entry.thing_type}/{entry.thing_id}", case=str(entry.case_id),
        prev=str(prev or ""), before_hash=entry.before_hash, after_hash=entry.after_hash,
        reason=entry.reason, payload_commit=entry.payload_commit)
    entry.body, entry.leaf_hash = body.decode(), leaf_hash(body).hex()


@event.listens_for(db.session, "after_transaction_create")
def _began(session: Session, transaction: SessionTransaction) -> None:
    if transaction.nested:
        session.info.setdefault(MARKS, {})[transaction] = len(session.info.get(TO_ENTER, ()))


@event.listens_for(db.session, "after_soft_rollback")
def _taken_back(session: Session, transaction: SessionTransaction) -> None:
    """What was recorded since the savepoint goes with it."""
    mark = session.info.get(MARKS, {}).get(transaction)
    if mark is not None:
        del session.info.get(TO_ENTER, [])[mark:]


@event.listens_for(db.session, "after_transaction_end")
def _ended(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:  # a savepoint ends before it is told that it was taken back
        for key in (TO_ENTER, MARKS):
            session.info.pop(key, None)
