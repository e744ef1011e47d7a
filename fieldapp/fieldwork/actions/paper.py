"""A numbered paper set for a visit, so that an empty phone stops no inspection; what becomes of its numbers."""

from datetime import datetime
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.documents import actions as documents
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.models import PaperEntry, PaperSet, PaperVoid
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import ON_SITE
from fieldapp.words import N_


def prepare_paper(visit_id: UUID, *, by: Officer) -> PaperSet:
    """Give the visit's paper set its number; printed again, it is the same set."""
    visit = visits.visit_for_change(by, visit_id)
    rules.check_kit_may_open(is_own=by.person_id in queries.team(visit), is_on_site=visit.state in ON_SITE)
    found = queries.paper_set(visit.id)
    if found is None:
        moment = clock.now()
        number = documents.take_number("paper", clock.local(moment).year)
        found = PaperSet(visit_id=visit.id, number=number, prepared_at=moment, person_id=by.person_id,
                         sheets=len(queries.layout(visit)))
        db.session.add(found)
        ledger.record(by, "fieldwork.paper_prepared", found, facts={"number": number})
    return found


def enter_paper(visit_id: UUID, start: datetime | None, end: datetime | None, reason: str, *, by: Officer) -> PaperEntry:
    """Say that the visit is entered from its paper set: why, and when it really happened. Said again, the last counts."""
    found, visit = _set_held(visit_id, by), visits.visit(visit_id)
    rules.check_period(start, end, reason, issued_at=visit.notice.issued_at if visit.notice else None, now=clock.now())
    entry = PaperEntry(paper_set_id=found.id, reason=reason.strip(), happened_from=start, happened_until=end,
                       entered_at=clock.now(), person_id=by.person_id)
    db.session.add(entry)
    ledger.record(by, "fieldwork.paper_entered", entry, case=visit_id, reason=entry.reason)
    return entry


def void_sheets(visit_id: UUID, page: int | None, reason: str, *, by: Officer) -> list[PaperVoid]:
    """End a number that was not used, or all that are still open: void, with the reason."""
    found = _set_held(visit_id, by)
    trail = queries.paper_trail(visits.visit(visit_id))
    sheets = [one for one in trail.sheets if one.page == page] if trail and page else list(trail.open if trail else ())
    rules.check_may_void(sheets, reason)
    voids = [PaperVoid(paper_set_id=found.id, page=sheet.page, reason=reason.strip(), at=clock.now(), person_id=by.person_id)
             for sheet in sheets]
    db.session.add_all(voids)
    for sheet, row in zip(sheets, voids, strict=True):
        ledger.record(by, "fieldwork.paper_voided", row, case=visit_id, reason=row.reason, facts={"number": sheet.number})
    return voids


def _set_held(visit_id: UUID, by: Officer) -> PaperSet:
    """The set of a visit of the person's own team; the visit is held meanwhile."""
    queries.visit_of_team(by, visit_id)
    visits.visit_held(visit_id)
    found = queries.paper_set(visit_id)
    if found is None:
        raise NotFound("fieldwork.no_paper", N_("这次检查没有印制纸质检查表"))
    return found
