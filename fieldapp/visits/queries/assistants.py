"""Who assists at a visit: agencies and experts, beside the team and never of it."""

from collections.abc import Sequence
from datetime import date

from fieldapp.documents.rules import Assisting
from fieldapp.visits import rules
from fieldapp.visits.models import Visit, VisitAssistant
from fieldapp.visits.queries.one import day_of, members


def coming(visit: Visit) -> list[VisitAssistant]:
    """The assistants who come along: approved, not ended, on site and not only for the work elsewhere."""
    return [one for one in visit.assistants if one.is_on_site and one.named_at is not None and one.left_at is None]


def assisting(visit: Visit, day: date | None = None) -> list[rules.Assisting]:
    """The assistants as the guards see them on a day (that of the slot, if none is given)."""
    on, team = day or day_of(visit), members(visit)
    return [rules.Assisting(one.name, is_qualified=one.valid_until is None or one.valid_until >= on,
                            related_to=[member.inspector.name for member in team if str(member.inspector_id) in one.related])
            for one in coming(visit)]


def named_on_notice(visit: Visit) -> Sequence[Assisting]:
    """The assistants as documents name them."""
    return [Assisting(one.name, one.unit, one.people, one.kind) for one in coming(visit)]
