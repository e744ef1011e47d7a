"""What is to be entered: whoever changes a row says so, in the change's own transaction."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.canonical import canonical
from fieldapp.ledger import queries, rules
from fieldapp.ledger.actions.changes import changes_of
from fieldapp.ledger.actions.entering import Recorded, enter, roles_of
from fieldapp.ledger.models import Entry, Payload, WrittenRows
from fieldapp.roles import PRODUCT

NAMED, LAST, OURS, FRESH = "ledger.named", "ledger.last", "ledger.ours", "ledger.fresh"
"""Keys of `session.info`: what this transaction's entries say of rows, by table and key; who acted last, in which case;
which objects' rows it has made; which it has read again since it last wrote them."""


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

    The case is `case`, else the row's `case_id`, else its `id`. `reason` and `facts` may hold personal data: only a salted
    commitment of them enters the entry. Raises whatever the database raises: no change without its entry.
    Where several write at a time, the entry has its identifier and its place in the case when the transaction ends.
    """
    db.session.flush()
    _hold([thing])
    recorded = _recorded(actor, action, thing, case or _case_of(thing), reason, facts)
    enter([recorded])
    return recorded.entry


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
    recorded = [_recorded(actor, action, thing, case_of(thing), reason, facts) for thing in things]
    enter(recorded)
    return [one.entry for one in recorded]


def enter_rows(rows: Sequence[tuple[str, str, str | None]], action: str = rules.ROWS_WRITTEN, *,
               reason: str | None = None) -> None:
    """Append the entry of rows that were written beside those that the transaction's entries name, as whoever acted last.

    Each is (table, key, hash), the hash none where the row was deleted.
    """
    actor, case_id = db.session().info.get(LAST, (PRODUCT, None))
    text = rules.rows_text(rows)
    entry = Entry(at=clock.now(), actor_id=actor.person_id, action=action, thing_type=WrittenRows.__tablename__,
                  case_id=case_id, after_hash=rules.text_hash(text), reason=reason)
    enter([Recorded(entry, WrittenRows(rows=text), roles_of(actor), is_new_case=case_id is None)])


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


def _recorded(actor: Actor, action: str, thing: Any, case_id: UUID, reason: str | None,
              facts: dict[str, Any] | None) -> Recorded:
    why = {"reason": reason} if reason else {}
    described = canonical(rules.plain({"by": actor.name, **_beside(actor, thing), **why, **(facts or {})})).decode()
    salt, found = ids.salt(), rules.text_hash(queries.text_of(thing))
    entry = Entry(at=clock.now(), actor_id=actor.person_id, action=action, thing_type=thing.__tablename__, thing_id=thing.id,
                  case_id=case_id, after_hash=found, payload_commit=rules.commitment(salt, described))
    said = db.session().info
    said.setdefault(NAMED, {})[thing.__tablename__, str(thing.id)] = found
    said[LAST] = actor, case_id
    is_made_here = case_id == thing.id and id(thing) in said.get(OURS, ())
    return Recorded(entry, Payload(salt=salt, facts=described), roles_of(actor), is_new_case=is_made_here)


def _beside(actor: Actor, thing: Any) -> dict[str, Any]:
    """From where a person did it, if a request said so, and what it changed of what people know by a word."""
    session = db.session()
    said = {"where": None if actor is PRODUCT else session.info.get(db.WHERE), "changed": changes_of(session, thing)}
    return {name: value for name, value in said.items() if value}
