"""Where an object is: entered or taken out by its division."""

from uuid import UUID

from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.models import InspectionObject
from fieldapp.registry.rules import Position, check_may_place
from fieldapp.roles import Officer


def set_position(object_id: UUID, position: Position | None, *, by: Officer) -> InspectionObject:
    """Write down where an object is (WGS-84), so that an arrival elsewhere is noticed; None takes it out."""
    found = queries.object_for(object_id, by)
    check_may_place(by, {link.division_id for link in found.categories})
    found.latitude, found.longitude = position or (None, None)
    ledger.record(by, "registry.position_set", found, facts={"latitude": found.latitude, "longitude": found.longitude})
    return found
