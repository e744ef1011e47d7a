"""Reading draws for those who make them, and everything that a freeze takes a picture of."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Division, Person, PersonRole
from fieldapp.draw.beacon import moment_text, time_of
from fieldapp.draw.models import (
    CapOverride,
    Contribution,
    Draw,
    DrawBeacon,
    DrawKeyHandout,
    DrawnObject,
    DrawnSeat,
    DrawnSubstitute,
    DrawRow,
    DrawView,
)
from fieldapp.draw.rules import (
    BeaconPart,
    Contributor,
    RowReason,
    RowStatus,
    Seeding,
    row_status,
)
from fieldapp.policy import queries as policy
from fieldapp.policy.rules import grade_of
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionObject
from fieldapp.registry.sheets import shandong_regions
from fieldapp.roles import OF_DIVISION, OVERSEERS, Officer, Role
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import TaskState
from fieldapp.words import N_

STRATUM = DrawRow.row["stratum"].as_string()
CONTRIBUTING_ROLES = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.LEGAL_AFFAIRS)


def draw(draw_id: UUID, *, lock: bool = False) -> Draw:
    """A draw by its identifier; locked against others where it is about to change."""
    found = db.session.get(Draw, draw_id, with_for_update={"of": Draw} if lock else None)
    if found is None:
        raise NotFound("draw.unknown", N_("没有这次抽取"))
    return found


def draw_for(officer: Officer, draw_id: UUID) -> Draw:
    """A draw that the officer may see at all: of the own division, of those who oversee, of those who give the seed."""
    found = draw(draw_id)
    contributes = officer.person_id in {part.person_id for part in found.contributions}
    if contributes or officer.is_any(*OVERSEERS) or _is_of_division(officer, found.task):
        return found
    raise NotFound("draw.unknown", N_("没有这次抽取"))


def contribution_of(draw: Draw, person_id: UUID) -> Contribution | None:
    """A person's part of a draw's seed, if the manifest names the person."""
    return next((part for part in draw.contributions if part.person_id == person_id), None)


def seeding(draw: Draw) -> Seeding:
    """How far the making of a draw's seed is."""
    parts = draw.contributions
    return Seeding([Contributor(part.person.name, part.person.division.name) for part in parts],
                   {part.person.name for part in parts if part.commitment},
                   {part.person.name for part in parts if part.revealed_at})


def beacon_part(draw: Draw) -> BeaconPart | None:
    """What the beacon gives a draw; none before it came, or where the manifest names no beacon."""
    if draw.beacon is None or draw.beacon.signature is None:
        return None
    return BeaconPart(draw.beacon.round, bytes.fromhex(draw.beacon.signature), moment_text(draw.beacon.named_at))


def awaited_beacons() -> list[tuple[UUID, int]]:
    """The draws that wait for their beacon, each with the round, as far as the round's time has come."""
    waiting = sa.select(DrawBeacon.draw_id, DrawBeacon.round).join(Draw, Draw.id == DrawBeacon.draw_id)
    standing = waiting.where(DrawBeacon.signature.is_(None), Draw.voided_at.is_(None)).order_by(DrawBeacon.round)
    return [(draw_id, number) for draw_id, number in db.session.execute(standing) if time_of(number) <= clock.now()]


def draw_of_own_division(officer: Officer, draw_id: UUID) -> Draw:
    """A draw of the officer's own division; any other is hidden."""
    found = draw(draw_id)
    if found.task.division_id != officer.division_id:
        raise NotFound("draw.unknown", N_("没有这次抽取"))
    return found


def drawn_is_visible(officer: Officer, draw_id: UUID) -> bool:
    """Whether there are drawn objects and it is the officer's duty to know them: the division's, legal affairs."""
    found = draw_for(officer, draw_id)
    return found.drawn_at is not None and (officer.is_any(Role.LEGAL_AFFAIRS) or _is_of_division(officer, found.task))


def _is_of_division(officer: Officer, task: Task) -> bool:
    return officer.division_id == task.division_id and officer.is_any(*OF_DIVISION)


def draw_of_task(task_id: UUID) -> Draw | None:
    """The draw of a task that is not void."""
    return db.session.scalar(sa.select(Draw).where(Draw.task_id == task_id, Draw.voided_at.is_(None)))


def draw_that_stands(task_id: UUID) -> Draw:
    """The draw of a task, held for a change; a task drawn on another platform has none here."""
    standing = sa.select(Draw).where(Draw.task_id == task_id, Draw.voided_at.is_(None))
    found = db.session.scalar(db.held(standing, Draw))
    if found is None:
        raise Refusal("draw.not_drawn_here", N_("该任务不是在本平台抽取的，递补人员请在原抽取平台产生后导入"))
    return found


def drawn_object(draw_id: UUID, object_id: UUID) -> DrawnObject:
    """An object of a draw's result, also out of the reserve."""
    of_draw = sa.select(DrawnObject).where(DrawnObject.draw_id == draw_id, DrawnObject.object_id == object_id)
    return db.session.scalars(of_draw).one()


def substitutes_drawn(draw_id: UUID) -> int:
    """How many codes of the chain are used."""
    return db.session.scalar(sa.select(sa.func.count()).where(DrawnSubstitute.draw_id == draw_id)) or 0


def voided_draws(task_id: UUID) -> list[Draw]:
    """The draws of a task that were voided, the first first: they stay visible beside the one that stands."""
    return db.scalars(sa.select(Draw).where(Draw.task_id == task_id, Draw.voided_at.is_not(None)).order_by(Draw.number))


def stratum_of(task: Task, found: InspectionObject) -> str:
    """The stratum in which an object is drawn for a task; "" where the task has none."""
    return grade_of(found.credit_risk_grade).value if task.strata else ""


def counted(task: Task, rows: Sequence[tuple[InspectionObject, RowStatus, RowReason]]) -> dict[str, int]:
    """How many objects of each stratum meet the task's condition: what their ratios are taken of."""
    counts = {stratum_of(task, found): 0 for found, _, _ in rows} if task.strata else {}
    for found, _, reason in rows if task.strata else ():
        counts[stratum_of(task, found)] += reason is not RowReason.OUTSIDE_CONDITION
    return counts


def directory_of(task: Task) -> list[tuple[InspectionObject, RowStatus, RowReason]]:
    """The whole directory of a task's item in the order of codes, each object with how it stands towards the draw today.

    The cap is that of the year in which the visits will count; an object drawn for another task counts from then on.
    """
    category, day = task.item.object_category, task.last_day
    objects = registry.objects_in(category)
    inside = {one.id for one in registry.objects_in(category, conditions=task.conditions)}
    counts, waiting = registry.visit_counts([one.id for one in objects], day.year), drawn_and_waiting(day.year)
    allowed = policy.rule_set_on(day).max_visits_per_year
    focus, let_in = registry.certain_objects(category, clock.today()), cap_overrides(task.id)
    return [(one, *row_status(
        visits_this_year=counts[one.id] + waiting[one.id], visits_allowed=allowed, key_supervision=one.id in focus,
        closed=one.status != "active", in_condition=one.id in inside, let_in=one.id in let_in))
        for one in objects]


def cap_overrides(task_id: UUID) -> dict[UUID, CapOverride]:
    """The objects that legal affairs lets into a task's pool in spite of the yearly cap."""
    return {row.object_id: row for row in db.scalars(sa.select(CapOverride).where(CapOverride.task_id == task_id))}


def drawn_and_waiting(year: int) -> Counter[UUID]:
    """How often each object is drawn for a task of the year whose visits are not made yet: these count once they are."""
    drawn = sa.select(DrawnObject.object_id, Task.last_day).join(Draw, Draw.id == DrawnObject.draw_id).join(Task)
    standing = Draw.voided_at.is_(None), DrawnObject.is_reserve.is_(False), Task.state == TaskState.OBJECTS_DRAWN
    return Counter(object_id for object_id, day in db.session.execute(drawn.where(*standing)) if day.year == year)


def next_number(year: int) -> int:
    """The next number of the year: gapless, because the counter is the draws themselves."""
    return (db.session.scalar(sa.select(sa.func.max(Draw.number)).where(Draw.year == year)) or 0) + 1


def strata(draw: Draw) -> dict[str, tuple[list[tuple[bytes, int]], int]]:
    """The frozen leaves with their tickets, and the quota, of each stratum; "" is the only one where there are none."""
    settled = {one["name"]: one["quota"] for one in json.loads(draw.manifest)["strata"]} or {"": draw.quota}
    found: dict[str, tuple[list[tuple[bytes, int]], int]] = {name: ([], quota) for name, quota in settled.items()}
    rows = sa.select(DrawRow.leaf, DrawRow.tickets, STRATUM).where(DrawRow.draw_id == draw.id)
    for leaf, tickets, stratum in db.session.execute(rows):
        found[stratum or ""][0].append((bytes.fromhex(leaf), tickets))
    return found


def pool_of(draw_id: UUID) -> list[InspectionObject]:
    """The objects of the frozen directory that can be drawn."""
    pool = sa.select(InspectionObject).join(DrawRow, DrawRow.object_id == InspectionObject.id)
    return db.scalars(pool.where(DrawRow.draw_id == draw_id, DrawRow.tickets > 0).order_by(DrawRow.leaf))


def objects_by_leaf(draw_id: UUID) -> dict[str, UUID]:
    """Which object stands behind each leaf."""
    pairs = db.session.execute(sa.select(DrawRow.leaf, DrawRow.object_id).where(DrawRow.draw_id == draw_id))
    return {pair.leaf: pair.object_id for pair in pairs}


def drawn_objects(draw_id: UUID) -> list[DrawnObject]:
    """The objects drawn, in ticket order, without the reserve."""
    drawn = sa.select(DrawnObject).where(DrawnObject.draw_id == draw_id, DrawnObject.is_reserve.is_(False))
    return db.scalars(drawn.order_by(DrawnObject.rank))


def tickets(draw_id: UUID, most: int | None = None) -> list[tuple[int, str, str, bool, str]]:
    """The result without a name, all of it or the first: rank, ticket, leaf, whether in reserve, stratum."""
    order = sa.select(DrawnObject.rank, DrawnObject.ticket, DrawnObject.leaf, DrawnObject.is_reserve, DrawnObject.stratum)
    found = db.session.execute(order.where(DrawnObject.draw_id == draw_id).order_by(DrawnObject.rank).limit(most))
    return [(rank, ticket, leaf, is_reserve, stratum) for rank, ticket, leaf, is_reserve, stratum in found]


def drawn_count(draw_id: UUID) -> int:
    """How many objects are drawn."""
    drawn = sa.select(sa.func.count()).where(DrawnObject.draw_id == draw_id, DrawnObject.is_reserve.is_(False))
    return db.session.scalar(drawn) or 0


def matched_counts(draw_id: UUID) -> tuple[int, int]:
    """How many seats are filled, and by how many inspectors."""
    seats = sa.select(sa.func.count(), sa.func.count(DrawnSeat.inspector_id.distinct())).join(DrawnObject)
    filled, people_there = db.session.execute(seats.where(DrawnObject.draw_id == draw_id)).one()
    return filled, people_there


def reserve_size(draw_id: UUID) -> int:
    """How many objects stand in reserve."""
    reserve = sa.select(sa.func.count()).where(DrawnObject.draw_id == draw_id, DrawnObject.is_reserve.is_(True))
    return db.session.scalar(reserve) or 0


def city_codes() -> Mapping[str, str]:
    """The four-digit code of each city by its name."""
    return {region.city: region.city_code for region in shandong_regions().values()}


def possible_contributors() -> list[Person]:
    """Who may give a part of the seed: officers and heads of the divisions, legal affairs."""
    roles = sa.select(PersonRole.person_id).where(PersonRole.role.in_(CONTRIBUTING_ROLES))
    people = sa.select(Person).join(Division).where(Person.id.in_(roles), Person.left_on.is_(None))
    return db.scalars(people.order_by(Division.name, Person.name))


def contributor_choices() -> list[tuple[str, str]]:
    """Those who may give a part of the seed, as the choices of a select."""
    return [(str(one.id), f"{one.division.name} {one.name}") for one in possible_contributors()]


def people(person_ids: Sequence[UUID | None]) -> list[Person]:
    """The people of these identifiers, in the order asked for."""
    known = [person_id for person_id in person_ids if person_id]
    found = {person.id: person for person in db.scalars(sa.select(Person).where(Person.id.in_(known)))}
    return [found[person_id] for person_id in known if person_id in found]


def views(draw_id: UUID) -> list[DrawView]:
    """Who looked at the drawn objects, the newest first."""
    return db.scalars(sa.select(DrawView).where(DrawView.draw_id == draw_id).order_by(DrawView.at.desc()).limit(50))


def key_handouts(draw_id: UUID) -> list[DrawKeyHandout]:
    """Who got the draw's key, when and why, the first first."""
    return db.scalars(sa.select(DrawKeyHandout).where(DrawKeyHandout.draw_id == draw_id).order_by(DrawKeyHandout.at))
