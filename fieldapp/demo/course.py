"""What has happened so far: a plan, a drawn task with a published result, visits due today, a task ready to draw."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from fieldapp import clock, db, ids
from fieldapp.accounts.models import Person
from fieldapp.demo.phone import hold_visit
from fieldapp.demo.stage import acting, at, is_working_day, moment, working_day_before
from fieldapp.documents.rules import Identity, IdentityKind, Interview, RightsHeard
from fieldapp.draw import actions as draws
from fieldapp.draw import queries as drawn
from fieldapp.draw import rules as law
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.oversight import actions as oversight
from fieldapp.planning import actions as planning
from fieldapp.planning import queries as plans
from fieldapp.planning.rules import LineValues
from fieldapp.publication import actions as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.registry import queries as registry
from fieldapp.registry.rules import EnterpriseSize
from fieldapp.review import actions as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision as Reviewed
from fieldapp.roles import Officer
from fieldapp.tasks import actions as tasks
from fieldapp.tasks import queries as known_tasks
from fieldapp.tasks.prefill import first_texts
from fieldapp.tasks.rules import Decision, DrawMode, MatchMode, TaskSettings
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as known_visits
from fieldapp.visits.models import Visit

AGREED = "同意，按期实施。"
CONTACT, SAFETY = "赵某 0531-00000000（示例）", "进入车间请佩戴安全帽，听从单位安全员引导。"
PRAISE = "检查规范，没有影响生产。"
COMPLAINT = "检查人员比约定时间早到半小时，没有事先说明，门卫登记等了二十分钟。"
ANSWERED = "经核查情况属实：检查组提前到达而未先联系。已要求检查组按约定时间到达，并向贵单位致歉。"
HIGH_TECH_TASK = "高新技术企业认定后监督检查（第一批）"
HIGH_TECH, ANIMALS = "高新技术企业认定后监督检查", "实验动物生产和使用许可监督检查"


@dataclass(frozen=True, slots=True)
class Ready:
    """A task that waits: to be drawn once it is approved, else for its approval."""

    item: str
    name: str
    division: str
    is_approved: bool = True
    by_grade: bool = False


READY = (Ready(ANIMALS, "实验动物许可监督检查（第一批）", "nongcun", by_grade=True),
         Ready("科技企业孵化器运营情况检查", "孵化器运营情况检查", "chengguo", is_approved=False))


def issue_plan(year: int) -> None:
    """A year's plan over all items, with the whole year as time, issued by legal affairs."""
    with acting("fagui") as legal:
        plan = planning.draft_plan(year, by=legal)
        for line in plan.lines:
            planning.edit_line(line.id, LineValues(
                line.ratio_basis_points, line.frequency_operator, line.frequency, tuple(line.inspection_methods),
                date(year, 1, 1), date(year, 12, 31), line.override_reason or ""), by=legal)
        planning.issue_plan(plan.id, by=legal)


def set_up(item: str, name: str, division: str, *, submit: bool = True, approve: bool = True,
           conditions: dict[str, list[str]] | None = None, by_grade: bool = False) -> UUID:
    """A task of a division's officer, submitted to the head and approved, as far as asked for."""
    today = clock.today()
    with acting(f"{division}-jingban") as officer:
        plan = plans.plan_in_force(today.year)
        line = next(line for line in plan.lines if line.item.name == item) if plan else None
        settings = TaskSettings(
            plan_line_id=line.id if line else ids.uuid7(), name=name, match_mode=MatchMode.AUTOMATIC,
            draw_mode=DrawMode.DIRECTED if conditions else DrawMode.UNDIRECTED, conditions=conditions or {}, by_grade=by_grade,
            inspectors_per_object=2, methods=("on_site",), first_day=today,
            last_day=min(today + timedelta(days=60), date(today.year, 12, 31)))
        task_id = tasks.set_up_task(settings, by=officer).id
        if submit:
            tasks.submit_task(task_id, by=officer)
    if approve:
        with acting(f"{division}-chuzhang") as head:
            tasks.decide_task(task_id, Decision.AGREE, AGREED, by=head)
    return task_id


def draw_task(task_id: UUID, division: str) -> None:
    """Freeze, two commitments, two reveals, draw, match, generate."""
    officers = (f"{division}-jingban", "fagui")
    with acting(officers[0]) as officer:
        people = {name: db.session.scalars(select(Person.id).where(Person.user_name == name)).one() for name in officers}
        draw_id = draws.freeze_task(task_id, list(people.values()), by=officer).id
    shown = {name: law.Reveal(ids.random_bytes(32), value) for name, value in zip(officers, (b"3 5 2", b"6 1 4"), strict=True)}
    for name in officers:
        with acting(name) as by:
            manifest = bytes.fromhex(drawn.draw(draw_id).manifest_hash)
            draws.commit(draw_id, law.commitment(by.name, manifest, shown[name]), by=by)
    for name in officers:
        with acting(name) as by:
            draws.reveal(draw_id, shown[name].nonce, shown[name].value, by=by)
    with acting(officers[0]) as officer:
        draws.draw_objects(draw_id, by=officer)
        draws.match_inspectors(draw_id, by=officer)
        visits.generate_task(task_id, by=officer)


def approve_work_plan(task_id: UUID, division: str) -> None:
    """Write the work plan, let the head approve it and every member read it."""
    with acting(f"{division}-jingban") as officer:
        plan_id = tasks.write_work_plan(task_id, first_texts(known_tasks.task(task_id)), by=officer).id
    with acting(f"{division}-chuzhang") as head:
        tasks.decide_work_plan(plan_id, Decision.AGREE, AGREED, by=head)
    for user_name in team_of(task_id):
        with acting(user_name) as member:
            tasks.read_work_plan(plan_id, by=member)


def prepare_visit(visit_id: UUID, division: str, day: date, hour: int, minute: int = 0) -> None:
    """Leader, slot, submission, and the department head's approval, which issues the notice."""
    with acting(f"{division}-chuzhang") as head:
        visit = known_visits.visit(visit_id)
        if known_visits.leader(visit) is None:
            visits.appoint_leader(visit_id, known_visits.members(visit)[0].inspector_id, by=head)
    with acting(f"{division}-jingban") as officer:
        agree_slot(visit_id, moment(day, hour, minute), by=officer)
        visits.submit_visit(visit_id, by=officer)
    with acting("tingzhang") as head:
        visits.decide_visit(visit_id, "agree", AGREED, by=head)


def agree_slot(visit_id: UUID, start: datetime, *, by: Officer) -> None:
    """An hour agreed with the object; on a day off with the reason."""
    reason = "" if is_working_day(start.date()) else "应单位请求，安排在休息日。"
    visits.agree_slot(visit_id, visits.Slot(start, start + timedelta(hours=1), "赵某（示例）", CONTACT, SAFETY, reason), by=by)


def finish_high_tech() -> None:
    """A task of some weeks ago: drawn, inspected; one result published, one waiting for its check."""
    division, today = "gaoxin", clock.today()
    city, size = a_small_pool(HIGH_TECH)
    first, day = days_within_a_year(today)
    with at(moment(first, 9)):
        task_id = set_up(HIGH_TECH, HIGH_TECH_TASK, division, conditions={"cities": [city], "sizes": [size]})
        draw_task(task_id, division)
        approve_work_plan(task_id, division)
    with at(moment(day, 8)):
        for hour, visit_id in enumerate(visits_of(task_id), start=9):
            prepare_visit(visit_id, division, day, hour)
    for number, visit_id in enumerate(visits_of(task_id)):
        with at(moment(day, 10 + number)):
            if number == 0:
                hold_visit(visit_id, problems={}, category="no_problem", conclusion="检查各项符合要求。")
            else:
                interview(visit_id)
                hold_visit(visit_id, problems={3: "科技人员占比 9.2%，低于 10%。"}, category="problem_pending_action",
                           conclusion="科技人员占比不足，待核实后处理。")
    rated, complained, *_ = visits_of(task_id)
    with at(moment(working_day_before(today, 8), 10)):
        complaint_id = hear_the_entities(rated, complained)
    with at(moment(working_day_before(today, 6), 15)):
        publish(rated, division)
    with at(moment(working_day_before(today, 5), 9)), acting("fagui") as legal:
        oversight.answer_complaint(complaint_id, ANSWERED, by=legal)


def interview(visit_id: UUID) -> None:
    """A member of the team asks somebody of the entity and writes it down; the same person completes it a little later."""
    with db.transaction(write=False):
        writer = next(one.inspector.person.user_name for one in known_visits.members(known_visits.visit(visit_id))
                      if one.inspector.person)
        unit = known_visits.visit(visit_id).object
        unit_name, place = unit.name, unit.address
    begins = clock.now() - timedelta(minutes=50)
    told = Interview(
        "赵某（示例）", Identity(IdentityKind.RESIDENT, "370102198503072515"), unit_name, "人事负责人", "0531-00000000（示例）",
        place, begins, begins + timedelta(minutes=20), "", sees_certificates=True, rights=RightsHeard.READ,
        asks_recusal=False, said="问：科技人员共有多少人？\n答：二十三人，名册在人事科。")
    with acting(writer) as member:
        first = visits.write_interview(visit_id, told, by=member).number
    with acting(writer) as member:
        visits.write_interview(visit_id, replace(
            told, begins=begins + timedelta(minutes=30), ends=begins + timedelta(minutes=40), supplements=first,
            said="问：还有什么要补充的？\n答：名册中有两人已于上月离职。"), by=member)


def hear_the_entities(rated: UUID, complained: UUID) -> UUID:
    """One entity rates the visit through its copy, the other complains of how it began; gives the complaint."""
    with db.transaction(write=True):
        oversight.rate_visit(_copy(rated), 5, PRAISE)
        return oversight.complain(_copy(complained), COMPLAINT, "赵某（示例） 0531-00000000").complaint.id


def _copy(visit_id: UUID) -> str:
    copy = fieldwork.copy_of(visit_id)
    if copy is None:
        raise LookupError("the entity has no copy of the visit")
    return copy.secret


def days_within_a_year(today: date) -> tuple[date, date]:
    """A task's first day and the day of its visits, three weeks and two before today: never with new year in between."""
    first, day = working_day_before(today, 15), working_day_before(today, 10)
    if day.year != first.year:
        day = working_day_before(date(day.year, 1, 1), 1)
    return min(first, working_day_before(day, 3)), day


def publish(visit_id: UUID, division: str) -> None:
    """The leader signs off, an officer outside the team checks, the head approves and publishes."""
    for user_name in (leader_of(visit_id), f"{division}-jingban", f"{division}-chuzhang"):
        with acting(user_name) as by:
            found = db.session.scalars(select(RecordReview).where(RecordReview.visit_task_id == part_of(visit_id))).one()
            review.decide_review(found.id, Reviewed.AGREED, AGREED, by=by)
    with acting(f"{division}-chuzhang") as head:
        result = db.session.scalars(
            select(InspectionResult).where(InspectionResult.visit_task_id == part_of(visit_id))).one()
        publication.publish_result(result.id, by=head)


def part_of(visit_id: UUID) -> UUID:
    """The one record of a visit."""
    return db.session.get_one(Visit, visit_id).visit_tasks[0].id


def leader_of(visit_id: UUID) -> str:
    """The leader's user name."""
    with db.transaction(write=False):
        leader = known_visits.leader(known_visits.visit(visit_id))
        if leader is None or leader.inspector.person is None:
            raise LookupError("the visit has no leader who can sign in")
        return leader.inspector.person.user_name


def visits_of(task_id: UUID) -> list[UUID]:
    """The visits of a task, in their order."""
    with db.transaction(write=False):
        return [visit.id for visit in known_visits.visits_of_task(task_id)]


def team_of(task_id: UUID) -> list[str]:
    """The user names of all members of a task's teams."""
    with db.transaction(write=False):
        people = {member.inspector.person.user_name for visit in known_visits.visits_of_task(task_id)
                  for member in known_visits.members(visit) if member.inspector.person}
        return sorted(people)


def a_small_pool(item: str) -> tuple[str, str]:
    """A city and a size with 20 to 40 objects of the item: enough to be random, few enough to finish."""
    with db.transaction(write=False):
        category = registry.items_by_name()[item].object_category
        for city in registry.cities():
            for size in EnterpriseSize:
                if 20 <= registry.directory_size(category, conditions={"cities": [city], "sizes": [size.value]}) <= 40:
                    return city, size.value
    raise LookupError(f"no city has 20 to 40 objects of {item}")
