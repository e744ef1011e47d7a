"""Applications for recusal, replacements, and who could swap with whom."""

from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.draw import queries as draws
from fieldapp.draw.models import DrawnObject
from fieldapp.policy import queries as policy
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.models import Inspector
from fieldapp.roles import HEADS, Officer
from fieldapp.tasks.models import Task
from fieldapp.visits import rules
from fieldapp.visits.models import ObjectReplacement, Recusal, Substitution, TeamMember, Visit, VisitTask
from fieldapp.visits.queries.one import members
from fieldapp.visits.queries.scope import visible_to
from fieldapp.visits.queries.screen import Screen
from fieldapp.words import N_

NEAREST = 60  # visits looked at for a swap


def recusal_for(officer: Officer, recusal_id: UUID, *, lock: bool = False) -> Recusal:
    """An application as far as the officer may know of its visit, made it, or heads the division to which a swap is proposed."""
    seen = sa.select(Visit.id).where(visible_to(officer))
    reasons = [Recusal.visit_id.in_(seen), Recusal.asked_by == officer.person_id]
    if officer.is_any(*HEADS):
        reasons.append(Recusal.swap_visit_id.in_(sa.select(Visit.id).where(Visit.lead_division_id == officer.division_id)))
    asked = sa.select(Recusal).where(Recusal.id == recusal_id, sa.or_(*reasons))
    found = db.session.scalar(db.held(asked, Recusal) if lock else asked)
    if found is None:
        raise NotFound("visits.unknown_recusal", N_("没有这份回避申请，或者您无权查看"))
    return found


def recusals_of(visit_id: UUID) -> list[Recusal]:
    """The applications for recusal on a visit, the first first."""
    return db.scalars(sa.select(Recusal).where(Recusal.visit_id == visit_id).order_by(Recusal.id))


def open_recusal(visit_id: UUID, inspector_id: UUID) -> Recusal | None:
    """The undecided application of a member."""
    return db.session.scalar(sa.select(Recusal).where(
        Recusal.visit_id == visit_id, Recusal.decision.is_(None), Recusal.inspector_id == inspector_id))


def replaced(visit_id: UUID) -> set[UUID]:
    """Who was recused, replaced or swapped away: they do not come back to this visit."""
    gone = sa.select(Substitution.inspector_id).where(Substitution.visit_id == visit_id,
                                                      Substitution.decision == rules.Decision.AGREED)
    swapped = sa.select(Recusal).where(Recusal.decision == rules.Decision.AGREED, Recusal.outcome == rules.Outcome.SWAP,
                                       sa.or_(Recusal.visit_id == visit_id, Recusal.swap_visit_id == visit_id))
    pairs = [(row.inspector_id if row.visit_id == visit_id else row.swap_inspector_id) for row in db.scalars(swapped)]
    return set(db.scalars(gone)) | {one for one in pairs if one is not None}


def undoable(visit_id: UUID) -> list[Substitution]:
    """The consents under which somebody left and nobody sits yet, but for recusals: their ground may fall away."""
    return [row for row in substitutions_of(visit_id) if row.decision == rules.Decision.AGREED
            and row.ground != rules.Ground.RECUSAL and row.substitute_id is None]


def sees(officer: Officer, visit_id: UUID) -> bool:
    """Whether the officer may see a visit."""
    return db.session.scalar(sa.select(Visit.id).where(Visit.id == visit_id, visible_to(officer))) is not None


def party_recusal(visit_id: UUID) -> Recusal | None:
    """The inspected party's application on a visit, decided or not."""
    asked = sa.select(Recusal).where(Recusal.visit_id == visit_id, Recusal.by_party.is_(True))
    return db.session.scalar(asked.order_by(Recusal.id.desc()).limit(1))


def concerned_by(row: Recusal | Substitution) -> set[UUID | None]:
    """Whom an application concerns: who made it, who would leave or come; nobody of these decides it."""
    people = {row.asked_by, row.inspector.person_id if row.inspector else None}
    if isinstance(row, Recusal):
        people |= {row.swap_inspector.person_id if row.swap_inspector else None}
        people |= {one.inspector.person_id for one in members(row.visit)} if row.by_party else set()
    return people - {None}


def undecided_applications(visit_id: UUID) -> list[Recusal | Substitution]:
    """The applications on a visit that nobody has decided."""
    found: list[Recusal | Substitution] = []
    found += db.scalars(sa.select(Recusal).where(Recusal.visit_id == visit_id, Recusal.decision.is_(None)))
    found += db.scalars(sa.select(Substitution).where(Substitution.visit_id == visit_id, Substitution.decision.is_(None)))
    return found


def substitution_for(officer: Officer, substitution_id: UUID, *, lock: bool = False) -> Substitution:
    """A replacement as far as the officer may know of its visit."""
    seen = sa.select(Visit.id).where(visible_to(officer))
    asked = sa.select(Substitution).where(Substitution.id == substitution_id, Substitution.visit_id.in_(seen))
    found = db.session.scalar(db.held(asked, Substitution) if lock else asked)
    if found is None:
        raise NotFound("visits.unknown_substitution", N_("没有这份更换申请，或者您无权查看"))
    return found


def substitutions_of(visit_id: UUID) -> list[Substitution]:
    """The replacements of a visit, the first first: the whole chain."""
    return db.scalars(sa.select(Substitution).where(Substitution.visit_id == visit_id).order_by(Substitution.id))


def open_substitution(visit_id: UUID, inspector_id: UUID) -> Substitution | None:
    """The undecided application to replace a member."""
    return db.session.scalar(sa.select(Substitution).where(
        Substitution.visit_id == visit_id, Substitution.inspector_id == inspector_id, Substitution.decision.is_(None)))


def own_seat(visit: Visit, person_id: UUID) -> TeamMember | None:
    """The seat of whoever is signed in, while they sit."""
    return next((one for one in members(visit) if one.inspector.person_id == person_id), None)


def swap_choices(visit: Visit, leaving: Inspector) -> list[TeamMember]:
    """The members of the nearest other visits before their start with whom a swap would be lawful on both sides."""
    ahead = sa.or_(Visit.slot_start.is_(None), Visit.slot_start >= clock.now())
    others = sa.select(Visit).where(Visit.id != visit.id, Visit.state.in_(rules.BEFORE_START), ahead)
    nearest = others.order_by(Visit.slot_start.is_(None), Visit.slot_start, Visit.id).limit(NEAREST)
    here, seat, found = Screen(visit), next((one for one in members(visit) if one.inspector_id == leaving.id), None), []
    for other in db.scalars(nearest):
        there = Screen(other)
        found += [one for one in members(other) if there.fitness(leaving, seat=one, leaving=visit.id).is_complete
                  and here.fitness(one.inspector, seat=seat, leaving=other.id).is_complete]
    return found


def is_drawn_here(visit: Visit) -> bool:
    """Whether the substitutes of a visit are drawn on this platform, and not taken in from another."""
    return draws.draw_of_task(drawing_task(visit)) is not None


def drawing_task(visit: Visit) -> UUID:
    """The task in whose draw a seat of the visit is filled: the leading division's."""
    leading = [part for part in visit.visit_tasks if part.task.division_id == visit.lead_division_id]
    return (leading or visit.visit_tasks)[0].task_id


def substitute_choices(visit: Visit, seat: TeamMember) -> list[tuple[str, str]]:
    """Whom another platform can have drawn as substitute: everybody who would be lawful in this seat."""
    screen = Screen(visit)
    fit = [one for one in registry.inspectors_all() if screen.fitness(one, seat=seat).is_complete]
    return [(str(one.id), f"{one.name}（{one.division.name}）") for one in fit]


def next_in_reserve(task: Task, gone_id: UUID) -> DrawnObject:
    """The next in reserve of the gone object's stratum that has no visit for the task yet, is still there, and is below
    the yearly cap."""
    draw = draws.draw_that_stands(task.id)
    stratum = draws.drawn_object(draw.id, gone_id).stratum
    used = sa.select(VisitTask.object_id).where(VisitTask.task_id == task.id)
    reserve = sa.select(DrawnObject).where(
        DrawnObject.draw_id == draw.id, DrawnObject.is_reserve.is_(True), DrawnObject.stratum == stratum,
        DrawnObject.object_id.not_in(used), DrawnObject.object.has(status="active"))
    allowed, year = policy.rule_set_on(task.last_day).max_visits_per_year, task.last_day.year
    let_in = draws.cap_overrides(task.id)
    for found in db.session.scalars(reserve.order_by(DrawnObject.rank).execution_options(yield_per=50)):
        if found.object_id in let_in or registry.visit_counts([found.object_id], year)[found.object_id] < allowed:
            return found
    raise Refusal("visits.reserve_empty", N_("储备名单中已没有可以替补的检查对象"))


def replacement_of(visit_id: UUID) -> ObjectReplacement | None:
    """Which visit took this one's place, or whose place this one took."""
    sides = ObjectReplacement.gone_visit_id == visit_id, ObjectReplacement.visit_id == visit_id
    return db.session.scalar(sa.select(ObjectReplacement).where(sa.or_(*sides)).order_by(ObjectReplacement.id.desc()).limit(1))
