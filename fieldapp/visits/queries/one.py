"""One visit and what hangs on it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.documents import queries as documents
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.visits import rules
from fieldapp.visits.models import (
    LeaderAppointment,
    Recusal,
    TeamMember,
    Visit,
    VisitApproval,
    VisitRemark,
    VisitTask,
)
from fieldapp.visits.queries.scope import visible_to
from fieldapp.words import N_


def visit(visit_id: UUID) -> Visit:
    """One visit, for those who have already been let in to it."""
    return _found(db.session.get(Visit, visit_id))


def visit_for(officer: Officer, visit_id: UUID) -> Visit:
    """One visit as far as the officer may know of it; to others it does not exist (embargo)."""
    return _found(db.session.scalar(sa.select(Visit).where(Visit.id == visit_id, visible_to(officer))))


def visit_of_approval_for(officer: Officer, approval_id: UUID) -> Visit:
    """The visit that was decided about, as far as the officer may know of it."""
    decided = sa.select(VisitApproval.visit_id).where(VisitApproval.id == approval_id)
    return _found(db.session.scalar(sa.select(Visit).where(Visit.id.in_(decided), visible_to(officer))))


def visit_for_change(officer: Officer, visit_id: UUID) -> Visit:
    """One visit that the officer may see, held against others who would change it at the same moment."""
    seen = sa.select(Visit).where(Visit.id == visit_id, visible_to(officer))
    return _found(db.session.scalar(db.held(seen, Visit)))


def visit_held(visit_id: UUID) -> Visit:
    """One visit, held for a change that an area above has already guarded."""
    return _found(db.session.scalar(db.held(sa.select(Visit).where(Visit.id == visit_id), Visit)))


def hold(visit_ids: Collection[UUID]) -> None:
    """Hold those of these that are visits, always in the same order, without reading them."""
    known = sa.select(Visit.id).where(Visit.id.in_(visit_ids)).order_by(Visit.id)
    db.session.execute(known.with_for_update()).all()


def visit_task(visit_task_id: UUID) -> VisitTask:
    """One task's part of a visit."""
    found = db.session.get(VisitTask, visit_task_id)
    if found is None:
        raise NotFound("visits.unknown_part", N_("没有这项检查内容"))
    return found


def order_number(part: VisitTask) -> Document | None:
    """The number that a record has for a 责令改正通知书: reserved, or issued under it; None if it has none in force."""
    known = documents.documents_of("visit_task", part.id)
    return next((one for one in known if one.kind == DocumentKind.ORDER and one.voided_at is None), None)


def supplements_of(visit: Visit) -> list[Document]:
    """The supplements to a visit's notice that are in force, the newest last: the team changed after it was served."""
    known = documents.documents_of("visit", visit.id)
    return [one for one in known if one.kind == DocumentKind.SUPPLEMENT and one.issued_at and not one.voided_at]


def members(visit: Visit) -> list[TeamMember]:
    """The members of the team who have not left, in the order of their tickets."""
    return [member for member in visit.members if member.left_at is None]


def member_person_ids(visit: Visit) -> list[UUID]:
    """The people on the team who can sign in."""
    return [member.inspector.person_id for member in members(visit) if member.inspector.person_id]


def leader_row(visit: Visit) -> LeaderAppointment | None:
    """The appointment that counts: the last that has not ended."""
    return next((row for row in reversed(visit.leader_rows) if row.ended_at is None), None)


def leader(visit: Visit) -> TeamMember | None:
    """The member who leads, if one is appointed and still on the team."""
    row = leader_row(visit)
    return next((member for member in members(visit) if row and member.inspector_id == row.inspector_id), None)


def day_of(visit: Visit) -> date:
    """The legal day of the agreed slot; today as long as there is none."""
    return clock.local(visit.slot_start).date() if visit.slot_start else clock.today()


def seated(visit: Visit) -> list[rules.Seated]:
    """The team as the rules of the leader see it."""
    day, declined = day_of(visit), _declined(visit.id)
    return [rules.Seated(member.inspector_id, member.inspector.is_certified_on(day), member.inspector_id in declined)
            for member in members(visit)]


def _declined(visit_id: UUID) -> set[UUID | None]:
    """The members whose application for recusal was declined: they are not asked to lead (E10)."""
    here = sa.select(Visit.id).where(sa.or_(Visit.id == visit_id, Visit.merged_into_id == visit_id))
    asked = sa.select(Recusal.inspector_id).where(Recusal.visit_id.in_(here), Recusal.by_party.is_(False),
                                                  Recusal.decision == rules.Decision.DECLINED)
    return set(db.scalars(asked))


def window(visit: Visit) -> rules.Window:
    """The time in which a visit may take place, out of all its tasks; one merged away has that of the kept visit."""
    if not visit.visit_tasks and visit.merged_into_id:
        return window(db.session.get_one(Visit, visit.merged_into_id))
    return rules.windows_together([rules.Window(part.task.first_day, part.task.last_day) for part in visit.visit_tasks])


def approvals(visit_id: UUID) -> list[VisitApproval]:
    """What was decided about a visit, the latest first."""
    of_visit = sa.select(VisitApproval).where(VisitApproval.visit_id == visit_id)
    return db.scalars(of_visit.order_by(VisitApproval.at.desc(), VisitApproval.id.desc()))


def submitter_id(visit_id: UUID) -> UUID | None:
    """Who laid a visit before its approver last."""
    return next((row.person_id for row in approvals(visit_id) if row.kind == "submitted"), None)


def remark(remark_id: UUID) -> VisitRemark:
    """One remark of a reviewer."""
    found = db.session.get(VisitRemark, remark_id)
    if found is None:
        raise NotFound("visits.unknown_remark", N_("没有这条退回意见"))
    return found


def remarks_open(visit_id: UUID) -> list[VisitRemark]:
    """The reviewers' remarks that the team has not answered, the oldest first."""
    of_visit = sa.select(VisitRemark).join(VisitTask).where(VisitTask.visit_id == visit_id)
    return db.scalars(of_visit.where(VisitRemark.answered_at.is_(None)).order_by(VisitRemark.at, VisitRemark.id))


def task_ids(visits: Sequence[Visit]) -> list[UUID]:
    """The tasks of some visits, each once."""
    return list(dict.fromkeys(part.task_id for visit in visits for part in visit.visit_tasks))


def _found(visit: Visit | None) -> Visit:
    if visit is None:
        raise NotFound("visits.unknown", N_("没有这次检查，或者您无权查看"))
    return visit
