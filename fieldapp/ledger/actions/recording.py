"""Write entries."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db, ids
from fieldapp.canonical import canonical
from fieldapp.ledger import queries, rules
from fieldapp.ledger.actions import tree
from fieldapp.ledger.actions.changes import changes_of
from fieldapp.ledger.models import Entry, Payload, WrittenRows
from fieldapp.merkle import leaf_hash
from fieldapp.roles import PRODUCT, Officer

NAMED, LAST, OURS, FRESH = "ledger.named", "ledger.last", "ledger.ours", "ledger.fresh"
"""Keys of `session.info`: what this transaction's entries say of rows, by table and key; who acted last, in which case;
which objects' rows it has made; which it has read again since it last wrote them."""


_INSERT = {model: sa.insert(db.table_of(model)) for model in (Entry, Payload, WrittenRows)}


class Actor(Protocol):
    """Whoever acts: an officer, or a party outside with a name only."""

    @property
    def person_id(self) -> UUID | None:
        """The person, if it is one of ours."""

    @property
    def name(self) -> str:
        """The name by which the actor is known."""


def record(actor: Actor, action: str, thing: Any, *, case: UUID | None = None, reason: str | None = None,
           facts: dict[str, Any] | None = None) -> Entry:
    """Append an entry in the change's own transaction: what `actor` did to `thing` (a row), within which case.

    The case is `case`, else the row's `case_id`, else its `id`. `facts` may hold personal data: only a salted
    commitment of them enters the entry. Raises whatever the database raises: no change without its entry.
    """
    db.session.flush()
    _hold([thing])
    case_id = case or _case_of(thing)
    prev, before = queries.last_of(case_id, thing.__tablename__, thing.id)
    entry, payload = _entry(actor, action, thing, case_id, prev, before, reason, facts)
    _enter([entry], [payload])
    return entry


def record_many(actor: Actor, action: str, things: Sequence[Any], *, case_of: Callable[[Any], UUID] | None = None,
                reason: str | None = None, facts: dict[str, Any] | None = None) -> list[Entry]:
    """Append one entry for each of many rows of one table, the same as `record` would, in few statements.

    No row may stand in `things` twice; each belongs to the case that `case_of` names, else to that of `record`.
    """
    if not things:
        return []
    case_of = case_of or _case_of
    db.session.flush()
    _hold(things)
    last = queries.last_in_cases([case_of(thing) for thing in things])
    before = queries.last_about(things[0].__tablename__, [thing.id for thing in things])
    entries, payloads = [], []
    for thing in things:
        case_id = case_of(thing)
        entry, payload = _entry(actor, action, thing, case_id, last.get(case_id),
                                before.get(thing.id, (None, None)), reason, facts)
        last[case_id] = entry.id
        entries.append(entry)
        payloads.append(payload)
    _enter(entries, payloads)
    return entries


def enter_rows(rows: Sequence[tuple[str, str, str | None]], action: str = rules.ROWS_WRITTEN, *,
               reason: str | None = None) -> None:
    """Append the entry of rows that were written beside those that the transaction's entries name, as whoever acted last.

    Each is (table, key, hash), the hash none where the row was deleted.
    """
    actor, case_id = db.session().info.get(LAST, (PRODUCT, None))
    prev = queries.last_in_case(case_id) if case_id else None
    entry_id, text = ids.uuid7(after=(prev,)), rules.rows_text(rows)
    entry = Entry(id=entry_id, at=clock.now(), actor_id=actor.person_id, action=action,
                  thing_type=WrittenRows.__tablename__, thing_id=entry_id, case_id=case_id or entry_id,
                  prev_in_case=prev, before_hash=None, after_hash=rules.text_hash(text),
                  reason=reason)
    _enter([_with_body(entry, actor)], [WrittenRows(entry_id=entry_id, rows=text)])


def _enter(entries: list[Entry], beside: Sequence[Payload] | Sequence[WrittenRows]) -> None:
    """Write entries, what stands beside them, and their places in the tree; without the session, which need not know them."""
    for rows in (entries, beside):
        db.session.execute(_INSERT[type(rows[0])], [_columns(row) for row in rows])
    tree.append(entries)


def _hold(things: Sequence[Any]) -> None:
    """Where several write at a time, hold the rows that this transaction has not made, and read them as they are now: what
    another does to them afterwards is entered after this."""
    if db.has_one_writer():
        return
    info = db.session().info
    queries.read_again([thing for thing in things if id(thing) not in info.get(OURS, ())])
    info.setdefault(FRESH, set()).update(map(id, things))


def _case_of(thing: Any) -> UUID:
    return getattr(thing, "case_id", None) or thing.id


def _entry(actor: Actor, action: str, thing: Any, case_id: UUID, prev: UUID | None,  # noqa: PLR0917 - an entry's parts
           before: tuple[UUID | None, str | None], reason: str | None, facts: dict[str, Any] | None) -> tuple[Entry, Payload]:
    described = canonical(rules.plain({"by": actor.name, **_beside(thing), **(facts or {})})).decode()
    salt, found = ids.secret(), rules.row_hash(_columns(thing))
    entry = Entry(id=ids.uuid7(after=(prev, before[0])), at=clock.now(), actor_id=actor.person_id, action=action,
                  thing_type=thing.__tablename__, thing_id=thing.id, case_id=case_id, prev_in_case=prev,
                  before_hash=before[1], after_hash=found, reason=reason, payload_commit=rules.commitment(salt, described))
    said = db.session().info
    said.setdefault(NAMED, {})[thing.__tablename__, str(thing.id)] = found
    said[LAST] = actor, case_id
    return _with_body(entry, actor), Payload(entry_id=entry.id, salt=salt, facts=described)


def _beside(thing: Any) -> dict[str, Any]:
    """From where it was done, if a request said so, and what it changed of what people know by a word."""
    session = db.session()
    said = {"where": session.info.get(db.WHERE), "changed": changes_of(session, thing)}
    return {name: value for name, value in said.items() if value}


def _with_body(entry: Entry, actor: Actor) -> Entry:
    roles = sorted(actor.roles) if isinstance(actor, Officer) else []
    body = rules.entry_body(
        id=str(entry.id), at=rules.plain(entry.at), actor=str(entry.actor_id or ""), role=",".join(roles),
        action=entry.action, object=f"{entry.thing_type}/{entry.thing_id}", case=str(entry.case_id),
        prev=str(entry.prev_in_case or ""), before_hash=entry.before_hash, after_hash=entry.after_hash,
        reason=entry.reason, payload_commit=entry.payload_commit)
    entry.body, entry.leaf_hash = body.decode(), leaf_hash(body).hex()
    return entry


def _columns(thing: Any) -> dict[str, Any]:
    """The row's columns by name. Where several write at a time it has just been read again: another may have changed it."""
    return {column.key: getattr(thing, column.key) for column in sa.inspect(type(thing)).column_attrs}
