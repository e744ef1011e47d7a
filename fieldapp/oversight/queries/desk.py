"""Reading across the areas: deadlines, coverage, repeat visits, results, jobs, the ledger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Division
from fieldapp.clock import SHANGHAI
from fieldapp.disposal import queries as disposal
from fieldapp.disposal.rules import Measure
from fieldapp.documents import queries as register
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind
from fieldapp.entrusting import queries as entrusting
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.jobs.models import Job
from fieldapp.ledger.models import Entry, Payload
from fieldapp.objections import queries as objections
from fieldapp.oversight import rules
from fieldapp.oversight.rules import Deadline, DeadlineKind
from fieldapp.planning import queries as planning
from fieldapp.planning.models import PlanLine
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import Due, quota
from fieldapp.publication import queries as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.publication.rules import ResultState
from fieldapp.refusals import NotFound
from fieldapp.registry.models import InspectionItem, InspectionObject
from fieldapp.review import queries as review
from fieldapp.roles import OVERSEERS, Officer
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits
from fieldapp.visits.models import ObjectReplacement, Recusal, Substitution, Visit, VisitTask
from fieldapp.visits.rules import Decision, Ground, Interest, VisitState
from fieldapp.words import N_

PAGE = 50


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far an item's plan is carried out, and whether the regulation's ratio is reached."""

    item: str
    division: str
    directory_size: int
    quota: int
    least: int
    assigned: int
    visited: int
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """How often what was drawn was changed in a division this year: each count with the reason it stands for (article 18)."""

    division: str
    recusals: list[tuple[Interest, bool, int]]
    recused: int
    substitutes: list[tuple[Ground, int]]
    reserve: list[str]

    @property
    def total(self) -> int:
        """All changes of what was drawn: members replaced, objects replaced."""
        return sum(count for _, count in self.substitutes) + len(self.reserve)


def scope(officer: Officer) -> UUID | None:
    """The division that an officer oversees; None means all of them."""
    return None if officer.is_any(*OVERSEERS) else officer.division_id


def deadlines(division_id: UUID | None) -> list[Deadline]:
    """Everything that is waited for, of one division or of all, the most urgent first."""
    found = [*_signatures(division_id), *_papers(division_id), *_reports(division_id), *_reviews(division_id),
             *_results(division_id), *_objections(division_id), *_cases(division_id)]
    return sorted(found, key=lambda one: (one.due_on, str(one.thing_id)))


def coverage(year: int, division_id: UUID | None) -> list[Coverage]:
    """Each item of the year's plan: the directory, the quota, who is assigned, who has been visited."""
    plan = planning.plan_in_force(year)
    lines = [line for line in plan.lines if division_id in {None, line.item.division_id}] if plan else []
    return [_coverage(line, year) for line in lines]


def repeat_visits(year: int, division_id: UUID | None) -> list[tuple[InspectionObject, int]]:
    """The objects visited more than once in a year, over all divisions, the most visited first."""
    first, last = _year(year)
    count = sa.func.count(Visit.id)
    closed = sa.select(Visit.object_id, count).where(Visit.closed_at >= first, Visit.closed_at < last,
                                                     Visit.state.in_((VisitState.CLOSED, VisitState.RETURNED)))
    if division_id is not None:
        own = sa.select(VisitTask.object_id).join(Task).join(Visit).where(Task.division_id == division_id,
                                                                          Visit.closed_at.is_not(None))
        closed = closed.where(Visit.object_id.in_(own))
    rows = db.session.execute(closed.group_by(Visit.object_id).having(count > 1).order_by(count.desc(), Visit.object_id))
    return [(db.session.get_one(InspectionObject, object_id), visits) for object_id, visits in rows]


def results_by_category(year: int, division_id: UUID | None) -> Counter[str]:
    """How many results of a year's visits stand published, by category."""
    return Counter(row.category for row in _published(year, division_id))


def results_by_month(year: int, division_id: UUID | None) -> list[int]:
    """How many results were published, month by month of their visits."""
    months = Counter(row.inspected_on.month for row in _published(year, division_id))
    return [months[month] for month in range(1, 13)]


def replacements(year: int, division_id: UUID | None) -> list[Replaced]:
    """Recusals, substitutes and reserve replacements of the year by division, for article 28; those with most first."""
    of_year = _year(year)
    asked = sa.select(Recusal.interest, Recusal.by_party, Recusal.decision, Visit.lead_division_id).join(
        Visit, Visit.id == Recusal.visit_id).where(Recusal.asked_at >= of_year[0], Recusal.asked_at < of_year[1])
    drawn = sa.select(Substitution.ground, Visit.lead_division_id).join(Visit, Visit.id == Substitution.visit_id).where(
        Substitution.substitute_id.is_not(None), Substitution.decided_at >= of_year[0], Substitution.decided_at < of_year[1])
    gone = sa.select(ObjectReplacement.reason, Visit.lead_division_id).join(
        Visit, Visit.id == ObjectReplacement.gone_visit_id).where(
        ObjectReplacement.at >= of_year[0], ObjectReplacement.at < of_year[1])
    rows = [[row for row in db.session.execute(one) if division_id in {None, row.lead_division_id}]
            for one in (asked, drawn, gone)]
    names = {one.id: one.name for one in db.scalars(sa.select(Division))}
    concerned = {row.lead_division_id for some in rows for row in some}
    found = [_replaced(names[one], *([row for row in some if row.lead_division_id == one] for some in rows))
             for one in concerned]
    return sorted(found, key=lambda one: (-one.total, one.division))


def _replaced(division: str, asked: Sequence[Any], drawn: Sequence[Any], gone: Sequence[Any]) -> Replaced:
    recusals = Counter((Interest(row.interest), row.by_party) for row in asked)
    grounds = Counter(Ground(row.ground) for row in drawn)
    return Replaced(division, [(interest, by_party, count) for (interest, by_party), count in recusals.most_common()],
                    sum(row.decision == Decision.AGREED for row in asked), grounds.most_common(), [row.reason for row in gone])


def failing_jobs() -> list[Job]:
    """The jobs that have failed and are not done, those given up first."""
    unfinished = sa.select(Job).where(Job.finished_at.is_(None), Job.tries > 0)
    return db.scalars(unfinished.order_by(Job.gave_up_at.is_(None), Job.asked_at).limit(PAGE))


def jobs_waiting() -> int:
    """How many jobs wait for their turn."""
    return db.session.scalar(sa.select(sa.func.count()).where(Job.finished_at.is_(None), Job.gave_up_at.is_(None))) or 0


def failing_job(job_id: UUID) -> Job:
    """One job that has failed and is not done."""
    failed = sa.select(Job).where(Job.id == job_id, Job.finished_at.is_(None), Job.tries > 0)
    found = db.session.scalar(db.held(failed, Job))
    if found is None:
        raise NotFound("oversight.unknown_job", N_("没有这个失败的后台任务，可能已经完成"))
    return found


def entries(action: str, before: UUID | None) -> list[tuple[Entry, Payload | None]]:
    """The newest entries of the ledger, of one kind or of all, before a certain one."""
    newest = sa.select(Entry, Payload).outerjoin(Payload, Payload.entry_id == Entry.id)
    if action:
        newest = newest.where(Entry.action == action)
    if before:
        newest = newest.where(Entry.id < before)
    rows = db.session.execute(newest.order_by(Entry.id.desc()).limit(PAGE))
    return [(entry, payload) for entry, payload in rows]


def _signatures(division_id: UUID | None) -> list[Deadline]:
    return [_deadline(DeadlineKind.SIGNATURE, part, Due(part.awaiting_until, False), part.visit_id)
            for part in visits.parts_awaiting(division_id) if part.awaiting_until]


def _papers(division_id: UUID | None) -> list[Deadline]:
    return [_deadline(DeadlineKind.PAPER, visit.visit_tasks[0], Due(trail.due_on, False), visit.id, trail.number)
            for visit, trail in fieldwork.papers_waiting(division_id)]


def _reports(division_id: UUID | None) -> list[Deadline]:
    return [Deadline(DeadlineKind.REPORT, row.assistant.visit.object.name, row.assistant.name, row.division.name,
                     row.assistant.due_on, False, row.id) for row in entrusting.awaited(division_id)]


def _reviews(division_id: UUID | None) -> list[Deadline]:
    return [_deadline(DeadlineKind.REVIEW, row.visit_task, review.internal_due(row.visit_task), row.id)
            for row in review.reviews_open(division_id)]


def _results(division_id: UUID | None) -> list[Deadline]:
    clocks = [(row, publication.clock_of(row)) for row in publication.unpublished(division_id)]
    return [_deadline(DeadlineKind.PUBLICATION, row.visit_task, Due(due.day, due.is_provisional), row.id)
            for row, due in clocks]


def _objections(division_id: UUID | None) -> list[Deadline]:
    return [_deadline(DeadlineKind.OBJECTION, row.result.visit_task, Due(row.due_on, row.due_is_provisional), row.id,
                      row.number) for row in objections.objections_open(division_id)]


def _cases(division_id: UUID | None) -> list[Deadline]:
    return [_deadline(DeadlineKind.DISPOSAL, row.result.visit_task, Due(row.due_on, False), row.id,
                      Measure(row.measure).label) for row in disposal.cases_open(division_id) if row.due_on]


def _deadline(kind: DeadlineKind, part: VisitTask, due: Due, thing_id: UUID, detail: str = "") -> Deadline:
    return Deadline(kind, part.visit.object.name, detail or part.task.item.name, part.task.division.name, due.day,
                    due.is_provisional, thing_id)


def _coverage(line: PlanLine, year: int) -> Coverage:
    of_item = sa.select(VisitTask.object_id).join(Task).join(InspectionItem, InspectionItem.id == Task.item_id).join(
        Visit, Visit.id == VisitTask.visit_id).where(
        InspectionItem.code == line.item.code, Task.first_day >= date(year, 1, 1), Task.first_day <= date(year, 12, 31),
        Visit.state != VisitState.CANCELLED)
    assigned = len(set(db.scalars(of_item)))
    visited = len(set(db.scalars(of_item.where(VisitTask.closed_at.is_not(None)))))
    ratio = policy.rule_set_on(clock.today()).min_ratio_basis_points
    return Coverage(line.item.name, line.item.division.name, line.directory_size, line.quota,
                    quota(ratio, line.directory_size), assigned, visited,
                    rules.covers(visited, line.directory_size, ratio))


def _published(year: int, division_id: UUID | None) -> list[InspectionResult]:
    standing = sa.select(InspectionResult).where(
        InspectionResult.state == ResultState.PUBLISHED,
        InspectionResult.inspected_on.between(date(year, 1, 1), date(year, 12, 31)))
    if division_id is not None:
        standing = standing.where(InspectionResult.visit_task.has(VisitTask.task.has(Task.division_id == division_id)))
    return db.scalars(standing)


def _year(year: int) -> tuple[datetime, datetime]:
    return datetime(year, 1, 1, tzinfo=SHANGHAI), datetime(year + 1, 1, 1, tzinfo=SHANGHAI)


def documents_of_case(visit: Visit) -> list[Document]:
    """All issued documents of a visit, those of its objections and disposal cases too, without earlier case files."""
    results = [one.id for part in visit.visit_tasks for one in publication.versions(part.id)]
    about = [*visits.paper_subjects(visit), *(one.id for one in objections.about_results(results)),
             *(one.id for one in disposal.about_results(results))]
    return [one for one in register.documents_about(about) if one.kind != DocumentKind.CASE_FILE]
