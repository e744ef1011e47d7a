"""待我审批: other areas ask for a decision and say when it has been taken."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.accounts import queries
from fieldapp.accounts.models import Waiting
from fieldapp.accounts.rules import WaitingKind
from fieldapp.ledger.actions import Actor
from fieldapp.roles import Role

TITLE_LENGTH = 300


def ask(kind: str, thing_id: UUID, *, role: Role, division_id: UUID | None = None,  # noqa: PLR0913 - whom and what
        person_id: UUID | None = None, not_person_ids: Iterable[UUID | None] = (), title: str, endpoint: str,
        arguments: dict[str, Any], due_on: date | None = None) -> Waiting:
    """Put a thing before whoever decides it: a role, a role of one division, or a certain person.

    `endpoint` and `arguments` lead to the page where it is decided. What is asked stands in the asking area's own
    entry of the ledger.
    """
    row = Waiting(
        kind=WaitingKind(kind).value, thing_id=thing_id, role=role.value, division_id=division_id, person_id=person_id,
        not_person_ids=[str(excluded) for excluded in not_person_ids if excluded], title=title[:TITLE_LENGTH],
        endpoint=endpoint, arguments={name: _plain(value) for name, value in arguments.items()}, due_on=due_on,
        asked_at=clock.now())
    db.session.add(row)
    return row


def answered(kind: str, thing_id: UUID, *, by: Actor, person_id: UUID | None = None, division_id: UUID | None = None) -> int:
    """Take a thing off every list on which it waits under this kind, or off one person's or division's; how many rows that
    closed."""
    rows = [row for row in queries.open_rows(WaitingKind(kind).value, thing_id)
            if person_id in {None, row.person_id} and division_id in {None, row.division_id}]
    for row in rows:
        row.answered_at, row.answered_by = clock.now(), by.person_id
    return len(rows)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, UUID) else value
