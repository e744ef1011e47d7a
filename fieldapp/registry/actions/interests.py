"""Declared interests find their enterprises: by every name an object bears or bore, now or when it comes in."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from fieldapp import clock, db
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.models import InspectionObject, InspectorInterest
from fieldapp.registry.rules.deciding import name_key
from fieldapp.roles import Officer


def link_interests(objects: Sequence[InspectionObject], *, by: Officer) -> None:
    """Link the interests that were declared before these objects came in, or came to bear their names."""
    named: dict[str, list[InspectionObject]] = {}
    for one in objects:
        named.setdefault(name_key(one.name), []).append(one)
    groups: dict[tuple[UUID, str], list[InspectorInterest]] = {}
    for row in queries.interests_alive():
        groups.setdefault((row.inspector_id, name_key(row.object_name)), []).append(row)
    linked = [row for (_, key), own in groups.items() for row in _linked(own, named.get(key, []))]
    ledger.record_many(by, "registry.interest_linked", linked)


def declared(inspector_id: UUID, names: Iterable[str],
             objects: Mapping[str, Sequence[InspectionObject]] | None = None) -> list[InspectorInterest]:
    """New interests of an inspector, one row for each object that bears or bore a name, or one that waits for it.

    `objects` are those that bear the names, where many inspectors' names have been looked up at once.
    """
    names = list(names)
    objects = queries.objects_named(names) if objects is None else objects
    rows = []
    for name in names:
        found: list[UUID | None] = [one.id for one in objects.get(name, [])]
        rows += [InspectorInterest(inspector_id=inspector_id, object_id=object_id, object_name=name,
                                   declared_at=clock.now()) for object_id in found or [None]]
    db.session.add_all(rows)
    return rows


def _linked(own: list[InspectorInterest], objects: list[InspectionObject]) -> list[InspectorInterest]:
    """The rows that now stand for one of these objects: first those that waited for it, then new ones."""
    known = {row.object_id for row in own}
    waiting = [row for row in own if row.object_id is None]
    changed = []
    for one in objects:
        if one.id in known:
            continue
        row = waiting.pop() if waiting else InspectorInterest(
            inspector_id=own[0].inspector_id, object_name=own[0].object_name, declared_at=clock.now())
        row.object_id = one.id
        db.session.add(row)
        changed.append(row)
    return changed
