"""The paper set of a visit, and how far it has come back."""

from collections.abc import Iterable, Sequence
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.documents.rules import PaperSheet, SheetKind, sheets_of
from fieldapp.fieldwork.models import PaperEntry, PaperSet, PaperVoid, RecordItem
from fieldapp.fieldwork.queries import rows
from fieldapp.fieldwork.queries.lines import line_facts
from fieldapp.fieldwork.rules import Backfill, NumberedSheet, PaperTrail, short_code
from fieldapp.policy import queries as policy
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.queries.scope import on_team
from fieldapp.visits.rules import VisitState
from fieldapp.words import N_

SHEET = "sheet"
MOST = 200
GONE = N_("检查已取消或合并，没有进行")


def paper_set(visit_id: UUID) -> PaperSet | None:
    """The paper set of a visit, if it has its number."""
    return db.session.scalar(sa.select(PaperSet).where(PaperSet.visit_id == visit_id))


def visit_of_team(officer: Officer, visit_id: UUID) -> Visit:
    """A visit, for the members of its team alone."""
    visit = visits.visit_for(officer, visit_id)
    if officer.person_id not in rows.team(visit):
        raise NotFound("fieldwork.not_of_the_team", N_("没有这次检查，或者您不是检查组成员"))
    return visit


def layout(visit: Visit) -> list[PaperSheet]:
    """The sheets that a visit's set has, each record by its id."""
    return sheets_of([(part.id, [str(line["content"]) for line in line_facts(part)]) for part in visit.visit_tasks])


def paper_trail(visit: Visit, items: Iterable[RecordItem] | None = None) -> PaperTrail | None:
    """The paper set of a visit sheet by sheet, gapless: used, void, or still to come."""
    found = paper_set(visit.id)
    return _trail(visit, found, rows.items(visit.id) if items is None else items) if found is not None else None


def papers_open(officer: Officer) -> list[tuple[Visit, PaperTrail]]:
    """The sets of the officer's visits of which sheets have not come back though the day is over or the visit is."""
    own = sa.select(Visit).join(PaperSet, PaperSet.visit_id == Visit.id).where(on_team(officer.person_id))
    return _waiting(db.scalars(own.order_by(PaperSet.id.desc()).limit(MOST)))


def papers_waiting(division_id: UUID | None) -> list[tuple[Visit, PaperTrail]]:
    """The sets that have not come back whole, of one leading division or of all."""
    printed = sa.select(Visit).join(PaperSet, PaperSet.visit_id == Visit.id)
    if division_id is not None:
        printed = printed.where(Visit.lead_division_id == division_id)
    return _waiting(db.scalars(printed.order_by(PaperSet.id.desc()).limit(MOST)))


def _waiting(found: Sequence[Visit]) -> list[tuple[Visit, PaperTrail]]:
    trails = [(visit, paper_trail(visit)) for visit in found if visit.closed_at or visits.day_of(visit) < clock.today()]
    return [(visit, trail) for visit, trail in trails if trail is not None and trail.open]


def _trail(visit: Visit, found: PaperSet, items: Iterable[RecordItem]) -> PaperTrail:
    voids = {row.page: row.reason for row in db.scalars(sa.select(PaperVoid).where(PaperVoid.paper_set_id == found.id))}
    entry = db.session.scalar(
        sa.select(PaperEntry).where(PaperEntry.paper_set_id == found.id).order_by(PaperEntry.id.desc()).limit(1))
    photos: dict[int, list[tuple[str, str]]] = {}
    for row in items:
        if row.kind == SHEET and row.voided_by_op is None:
            code = row.value["capture_hash"]
            photos.setdefault(row.value["page"], []).append((code, short_code(code)))
    gone = GONE if visit.state in {VisitState.CANCELLED, VisitState.MERGED} else ""
    planned = layout(visit)
    planned += [PaperSheet(SheetKind.SIGNING)] * ((found.sheets or 0) - len(planned))
    sheets = [NumberedSheet(page, f"{found.number}-{page}", one.kind, one.record, photos.get(page, ()), voids.get(page, gone))
              for page, one in enumerate(planned[:found.sheets or None], 1)]
    day = clock.local(entry.happened_until).date() if entry else visits.day_of(visit)
    return PaperTrail(found.number, sheets, policy.due(day, policy.rule_set_on(day).paper_back_workdays).day,
                      _backfill(entry) if entry else None)


def _backfill(entry: PaperEntry) -> Backfill:
    return Backfill(entry.reason, entry.happened_from, entry.happened_until, entry.entered_at, entry.person.name)
