"""Who assists at a visit: agencies and experts, beside the team and never of it."""

from collections.abc import Sequence
from datetime import date

from fieldapp.documents.rules import Assisting
from fieldapp.visits import rules
from fieldapp.visits.models import Visit, VisitAssistant
from fieldapp.visits.queries.one import day_of, members

AGENCY = "agency"


def coming(visit: Visit) -> list[VisitAssistant]:
    """The assistants who come along: approved, not ended, on site and not only for the work elsewhere."""
    return [one for one in visit.assistants if one.is_on_site and one.named_at is not None and one.left_at is None]


def assisting(visit: Visit, day: date | None = None) -> list[rules.Assisting]:
    """The assistants as the guards see them on a day (that of the slot, if none is given)."""
    on, team = day or day_of(visit), members(visit)
    return [rules.Assisting(one.name, rules.is_qualified_on(on, one.valid_until),
                            related_to=[member.inspector.name for member in team if str(member.inspector_id) in one.related])
            for one in coming(visit)]


def assisting_names(visit: Visit) -> tuple[list[str], list[str]]:
    """Who is or was asked to assist, by name: the experts and the agencies' people; and the agencies."""
    agencies = [one.name for one in visit.assistants if one.kind == AGENCY]
    people = [name for one in visit.assistants for name in rules.people_named(one.people)]
    return [one.name for one in visit.assistants if one.kind != AGENCY] + people, agencies


def named_on_notice(visit: Visit) -> Sequence[Assisting]:
    """The assistants as documents name them."""
    return [Assisting(one.name, one.unit, one.people, one.kind) for one in coming(visit)]
