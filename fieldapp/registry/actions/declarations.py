"""What inspectors declare beforehand, and whose account they use."""

from datetime import date
from uuid import UUID

from fieldapp import clock, db
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import NotFound
from fieldapp.registry import queries
from fieldapp.registry.actions.interests import declared
from fieldapp.registry.models import Inspector, InspectorInterest, InspectorUnavailability
from fieldapp.registry.rules.deciding import check_absence, check_interest, check_may_declare
from fieldapp.roles import Officer, Role
from fieldapp.words import N_


def declare_interest(inspector_id: UUID, object_name: str, *, by: Officer) -> list[InspectorInterest]:
    """Declare an interest in an enterprise: in every object of that name, now or when it comes in (article 17)."""
    inspector = _own(inspector_id, by)
    check_interest(object_name, [row.object_name for row in inspector.interests if row.ended_on is None])
    rows = declared(inspector.id, [object_name])
    ledger.record_many(by, "registry.interest_declared", rows)
    return rows


def declare_absence(inspector_id: UUID, first_day: date, last_day: date, reason: str, *,
                    by: Officer) -> InspectorUnavailability:
    """Say on which days the inspector cannot go out."""
    inspector = _own(inspector_id, by)
    check_absence(first_day, last_day, clock.today())
    absence = InspectorUnavailability(inspector_id=inspector.id, first_day=first_day, last_day=last_day, reason=reason)
    db.session.add(absence)
    ledger.record(by, "registry.absence_declared", absence)
    return absence


def link_person(inspector_id: UUID, *, by: Officer) -> Inspector:
    """Link an inspector with the person of the same staff number who was entered later."""
    inspector = queries.inspector(inspector_id)
    person = queries.person_to_link(inspector)
    if person is None:
        raise NotFound("registry.no_person_to_link", N_("没有同一人员编号的账号可以关联"))
    inspector.person_id = person.id
    ledger.record(by, "registry.person_linked", inspector)
    return inspector


def _own(inspector_id: UUID, by: Officer) -> Inspector:
    inspector = queries.inspector_for(by, inspector_id)
    check_may_declare(inspector.person_id == by.person_id, by.is_any(Role.LEGAL_AFFAIRS))
    return inspector
