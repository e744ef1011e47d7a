"""Reading reviews, what the team proposes, and who belongs to the team."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.db import Page, page_of
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import Name
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import Due
from fieldapp.refusals import NotFound
from fieldapp.registry.models import Inspector
from fieldapp.review import rules
from fieldapp.review.models import AnnexSeen, ClericalCorrection, RecordReview, ReviewDecision, SupplementaryRecord
from fieldapp.review.rules import ReviewState
from fieldapp.roles import OF_DIVISION, Officer, Role
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits
from fieldapp.visits.models import TeamMember, Visit, VisitRemark, VisitTask
from fieldapp.words import N_

PAGE = 20


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the team proposes as the result, corrections included, and who has signed the record."""

    category: str
    text: str
    order: str
    order_until: date | None
    signatures: int
    is_signed: bool


def review(review_id: UUID) -> RecordReview:
    """One review, held against others who would decide at the same moment."""
    locked = sa.select(RecordReview).where(RecordReview.id == review_id).with_for_update(of=RecordReview)
    found = db.session.scalar(locked.execution_options(populate_existing=True))
    if found is None:
        raise _unknown()
    return found


def review_of(visit_task_id: UUID) -> RecordReview | None:
    """The review of one record."""
    return db.session.scalar(sa.select(RecordReview).where(RecordReview.visit_task_id == visit_task_id))


def rows_of_case(visit_id: UUID) -> list[RecordReview | ReviewDecision | ClericalCorrection | SupplementaryRecord | AnnexSeen]:
    """The review of a visit's records as it is kept: where each stands, each step, what was written beside it, annexes seen."""
    parts = sa.select(VisitTask.id).where(VisitTask.visit_id == visit_id)
    reviews = sa.select(RecordReview.id).where(RecordReview.visit_task_id.in_(parts))
    of_case = ((RecordReview, RecordReview.visit_task_id.in_(parts)), (ReviewDecision, ReviewDecision.review_id.in_(reviews)),
               (ClericalCorrection, ClericalCorrection.visit_task_id.in_(parts)),
               (SupplementaryRecord, SupplementaryRecord.visit_task_id.in_(parts)),
               (AnnexSeen, AnnexSeen.visit_task_id.in_(parts)))
    return [row for table, is_of_case in of_case for row in db.scalars(sa.select(table).where(is_of_case).order_by(table.id))]


def review_for(officer: Officer, review_id: UUID) -> RecordReview:
    """One review, if it is the officer's to see: the team, the task's division, legal affairs."""
    found = db.session.scalar(sa.select(RecordReview).where(RecordReview.id == review_id, _seen_by(officer)))
    if found is None:
        raise _unknown()
    return found


def reviews_for(officer: Officer, state: str, page: int = 1) -> Page[RecordReview]:
    """The reviews that the officer may see, the oldest first; approved ones on request."""
    seen = sa.select(RecordReview).where(_seen_by(officer))
    if state in {member.value for member in ReviewState}:
        seen = seen.where(RecordReview.state == state)
    else:
        seen = seen.where(RecordReview.state != ReviewState.APPROVED)
    return page_of(seen.order_by(RecordReview.opened_at), page, PAGE)


def reviews_open(division_id: UUID | None = None) -> list[RecordReview]:
    """The reviews that are not approved yet, of one division or of all, the oldest first."""
    unfinished = sa.select(RecordReview).where(RecordReview.state != ReviewState.APPROVED)
    if division_id is not None:
        unfinished = unfinished.where(RecordReview.visit_task.has(VisitTask.task.has(Task.division_id == division_id)))
    return db.scalars(unfinished.order_by(RecordReview.opened_at))


def team_ids(visit: Visit) -> list[UUID]:
    """The people who are or were of a visit's team: none of them examines their own work."""
    return [member.inspector.person_id for member in visit.members if member.inspector.person_id]


def team(visit: Visit) -> list[Inspector]:
    """The inspectors of a visit's team as it is now."""
    return [member.inspector for member in visits.members(visit)]


def leader_id(visit: Visit) -> UUID | None:
    """The person who leads the team."""
    leader = visits.leader(visit)
    return leader.inspector.person_id if leader else None


def proposal(row: VisitTask) -> Proposal:
    """What the record proposes, with the corrections that are in force, and how many inspectors' signatures hold."""
    record = fieldwork.record(row.id)
    said = {"category": record.category or "", "text": record.conclusion, "order": record.order,
            "order_until": record.order_until.isoformat() if record.order_until else ""}
    written = texts(row)
    said |= {name: written[f"r/{row.id}/conclusion/{name}"] for name in ("text", "order")}
    signed = fieldwork.record_state(row).inspectors_signed
    return Proposal(said["category"], said["text"], said["order"], _day(said["order_until"]), signed, record.is_settled)


def texts(row: VisitTask) -> dict[str, str]:
    """What the team wrote in a record, by place, as the corrections in force make it read: notes and numbers of the lines,
    the conclusion, what was ordered."""
    record = fieldwork.record(row.id)
    found = {f"{line.path}/{name}": text for line in record.checks
             for name, text in (("note", line.note), ("number", line.number_value))}
    found |= {f"r/{row.id}/conclusion/text": record.conclusion, f"r/{row.id}/conclusion/order": record.order}
    for one in corrections(row.id):
        if one.completed_at and one.path in found:
            found[one.path] = rules.corrected(found[one.path], one.wrong_text, one.right_text)
    return found


def names_in(row: VisitTask) -> list[str]:
    """The natural persons of a record, whom nothing public may name."""
    record, inspected = fieldwork.record(row.id), row.visit.object
    names = [inspected.legal_representative, inspected.name if inspected.is_natural_person else "", record.entity_name]
    names += [member.inspector.name for member in row.visit.members]
    names += [one.name for one in (*record.signatures, *record.notice_signatures)]
    names += [str((one.witness or {}).get("name") or "") for one in (*record.refusals, *record.notice_refusals)]
    return list(dict.fromkeys(name for name in names if name))


def inspected_on(row: VisitTask) -> date:
    """The legal day on which the object's checks for this task were finished, else begun."""
    moment = row.closed_at or row.visit.closed_at or row.visit.started_at or row.visit.created_at
    return clock.local(moment).date()


def internal_due(row: VisitTask) -> Due:
    """The day by which the result should be public, counted from the object's own visit."""
    day = inspected_on(row)
    return policy.due(day, policy.rule_set_on(day).publish_workdays)


def corrections(visit_task_id: UUID) -> list[ClericalCorrection]:
    """The corrections to a record, the oldest first."""
    of_record = sa.select(ClericalCorrection).where(ClericalCorrection.visit_task_id == visit_task_id)
    return db.scalars(of_record.order_by(ClericalCorrection.id))


def correction_for(officer: Officer, correction_id: UUID) -> ClericalCorrection:
    """One correction, if its record is the officer's to see."""
    found = db.session.get(ClericalCorrection, correction_id)
    review = review_of(found.visit_task_id) if found else None
    if found is None or review is None:
        raise NotFound("review.unknown_correction", N_("没有这份补正说明"))
    review_for(officer, review.id)
    return found


def correction(correction_id: UUID) -> ClericalCorrection:
    """One correction, held against others who would sign at the same moment."""
    locked = sa.select(ClericalCorrection).where(ClericalCorrection.id == correction_id)
    found = db.session.scalar(locked.with_for_update(of=ClericalCorrection).execution_options(populate_existing=True))
    if found is None:
        raise NotFound("review.unknown_correction", N_("没有这份补正说明"))
    return found


def supplementary_records(visit_task_id: UUID) -> list[SupplementaryRecord]:
    """The supplementary records beside a record, the oldest first."""
    of_record = sa.select(SupplementaryRecord).where(SupplementaryRecord.visit_task_id == visit_task_id)
    return db.scalars(of_record.order_by(SupplementaryRecord.id))


def supplementary_for(officer: Officer, supplementary_id: UUID) -> SupplementaryRecord:
    """One supplementary record, if its record is the officer's to see."""
    found = db.session.get(SupplementaryRecord, supplementary_id)
    review = review_of(found.visit_task_id) if found else None
    if found is None or review is None:
        raise _no_supplement()
    review_for(officer, review.id)
    return found


def supplementary_record(supplementary_id: UUID) -> SupplementaryRecord:
    """One supplementary record, held against others who would sign at the same moment."""
    locked = sa.select(SupplementaryRecord).where(SupplementaryRecord.id == supplementary_id)
    found = db.session.scalar(locked.with_for_update(of=SupplementaryRecord).execution_options(populate_existing=True))
    if found is None:
        raise _no_supplement()
    return found


def served_by_secret(secret_sha256: str) -> SupplementaryRecord:
    """The supplementary record behind the link that was served, by the hash of its secret."""
    found = db.session.scalar(sa.select(SupplementaryRecord).where(SupplementaryRecord.link_sha256 == secret_sha256))
    if found is None:
        raise _no_supplement()
    return found


def parts_of_record(row: VisitTask) -> dict[str, Name]:
    """The parts of a record to which facts may be added, by path, with their names."""
    return rules.record_places(row.id, [(line.path, line.number) for line in fieldwork.record(row.id).checks])


def last_signing_day(day: date) -> date:
    """How long what is written on that day may wait for the entity's signature: as long as a record itself."""
    return day + timedelta(days=policy.rule_set_on(day).awaiting_days)


def remarks(visit_task_id: UUID) -> list[VisitRemark]:
    """What the reviewers have asked of the team about a record, the newest first."""
    of_record = sa.select(VisitRemark).where(VisitRemark.visit_task_id == visit_task_id)
    return db.scalars(of_record.order_by(VisitRemark.id.desc()))


def annexes_seen(visit_task_id: UUID) -> dict[UUID, AnnexSeen]:
    """Which of the annexes to a record the leader has seen, and what was made of them."""
    of_record = sa.select(AnnexSeen).where(AnnexSeen.visit_task_id == visit_task_id)
    return {one.item_id: one for one in db.scalars(of_record)}


def unseen_annexes(visit_task_id: UUID) -> list[UUID]:
    """The annexes to a record that the leader has still to look at."""
    seen = annexes_seen(visit_task_id)
    return [one.id for one in fieldwork.record(visit_task_id).addenda if one.id not in seen]


def corrections_of_copy(secret: str) -> list[ClericalCorrection]:
    """The corrections in force to the records of the visit behind an entity's secret address."""
    visit_id = fieldwork.copy_by_secret(secret).visit_id
    of_visit = sa.select(ClericalCorrection).join(VisitTask).where(VisitTask.visit_id == visit_id)
    return db.scalars(of_visit.where(ClericalCorrection.completed_at.is_not(None)).order_by(ClericalCorrection.id))


def _seen_by(officer: Officer) -> sa.ColumnElement[bool]:
    if officer.is_any(Role.LEGAL_AFFAIRS):
        return sa.true()
    seats = sa.select(TeamMember.visit_id).join(Inspector).where(Inspector.person_id == officer.person_id)
    of_team = RecordReview.visit_task.has(VisitTask.visit_id.in_(seats))
    if officer.is_any(*OF_DIVISION):
        of_division = RecordReview.visit_task.has(VisitTask.task.has(Task.division_id == officer.division_id))
        return sa.or_(of_team, of_division)
    return of_team


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _unknown() -> NotFound:
    return NotFound("review.unknown", N_("没有这份记录的审核，或者您无权查看"))


def _no_supplement() -> NotFound:
    return NotFound("review.unknown_supplement", N_("没有这份补充笔录"))
