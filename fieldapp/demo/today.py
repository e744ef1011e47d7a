"""Visits due today and one returned record, for two inspectors: drawn on the provincial platform (way B)."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, select

from fieldapp import clock, db
from fieldapp.demo import assisting
from fieldapp.demo.course import ANIMALS, approve_work_plan, leader_of, part_of, prepare_visit, visits_of
from fieldapp.demo.phone import hold_visit
from fieldapp.demo.stage import acting, at, moment, working_day_before
from fieldapp.entrusting import queries as entrusting
from fieldapp.entrusting.rules import PartyKind, Work
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionObject, Inspector
from fieldapp.registry.sheets import read_sheet
from fieldapp.review import actions as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision
from fieldapp.roles import Officer
from fieldapp.tasks import way_b
from fieldapp.tasks.models import Task
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as known_visits
from fieldapp.visits.rules import Window

DIVISION, SHORT = "农村科技处", "nongcun"
TASK = "实验动物许可监督检查（省平台抽取）"
SLOTS = ((9, 30), (14, 0), (16, 0))
RETURNED = "请更正后再报。"
DOUBT = "两人进门时只有一人出示了证件，另一人到结束时才出示。"
REMARK = "第 2 项的记录日期有误，请作补正说明。"


def load_today() -> None:
    """The platform's sheet is taken in; one visit was held on the last working day and returned, three are due today."""
    today = clock.today()
    first, yesterday = working_day_before(today, 3), working_day_before(today, 1)
    due = window_around(today, first)
    held = due if yesterday.year == today.year else window_around(yesterday, first)
    with at(moment(first, 9)):
        with acting("fagui") as legal:
            task_ids = take_in(list(zip(objects_for(two_inspectors()), (held, due, due, due), strict=False)), by=legal)
        for task_id in task_ids:
            approve_work_plan(task_id, SHORT)
    returned, *waiting = (visit_id for task_id in task_ids for visit_id in visits_of(task_id))
    _hold_and_return(returned, yesterday)
    with at(moment(first, 10)):
        _let_assist(waiting[0])
    for visit_id, (hour, minute) in zip(waiting, SLOTS, strict=True):
        prepare_visit(visit_id, SHORT, today, hour, minute)


def _let_assist(visit_id: UUID) -> None:
    """A laboratory tests what is sampled at the first visit of today, an expert comes along."""
    with db.transaction(write=False):
        known = {one.kind: one.id for one in entrusting.parties()}
    assisting.entrust(visit_id, known[PartyKind.AGENCY], Work.TESTING, "饮水、垫料微生物检测。", is_on_site=False)
    assisting.entrust(visit_id, known[PartyKind.EXPERT], Work.EXPERTISE, "协助核查屏障环境的压差、温湿度和换气次数。",
                      is_on_site=True)


def window_around(day: date, since: date) -> Window:
    """The days of a platform's task that has a day in it: for sixty days at most, and within the year of its plan."""
    return Window(max(since, date(day.year, 1, 1)), min(day + timedelta(days=60), date(day.year, 12, 31)))


def take_in(drawn: Sequence[tuple[InspectionObject, Window]], *, by: Officer) -> list[UUID]:
    """Take in the platform's sheet: objects with the days of their task, a task for each row of days; gives the tasks."""
    team = two_inspectors()
    numbers = {window: _free_number(window.first_day) for _, window in drawn}
    content = way_b.write([_row(numbers[window], one, team, window) for one, window in drawn])
    read = visits.ReadSheet("省平台抽查任务.xlsx", sha256(content).hexdigest(), way_b.read_worksheets(read_sheet(content)))
    batch = visits.hand_in_external_tasks(read, by=by)
    return [task.id for task in visits.accept_external_tasks(batch.id, by=by)]


def objects_for(team: list[Inspector]) -> list[InspectionObject]:
    """Objects in one city in which neither inspector has an interest, with an address to go to."""
    objects = registry.objects_in("实验动物单位", conditions={"cities": ["济南市"]})
    barred = registry.interests_by_object([one.id for one in objects])
    ids = {one.id for one in team}
    return [one for one in objects if one.address and not ids & barred.get(one.id, set())]


def two_inspectors() -> list[Inspector]:
    """Two certified inspectors of the division, the lowest staff numbers whose certificates last."""
    far = clock.today() + timedelta(days=90)
    found = [one for one in registry.inspectors_all() if one.division.name == DIVISION and one.is_certified_on(far)]
    return sorted(found, key=lambda one: one.staff_number)[:2]


def _hold_and_return(visit_id: UUID, day: date) -> None:
    """A visit held on an earlier day, whose record the leader returned in the afternoon."""
    with at(moment(day, 8)):
        prepare_visit(visit_id, SHORT, day, 9)
    with at(moment(day, 10)):
        hold_visit(visit_id, problems={9: "9 月的废弃物交接单缺失。"}, category="rectification_ordered",
                   conclusion="废弃物交接记录不完整。", order="补齐废弃物交接单，完善交接制度。",
                   until=(clock.today() + timedelta(days=31)).isoformat())
    with at(moment(day, 12)), db.transaction(write=True):
        visits.report_doubt(DOUBT, "", "")
    with at(moment(day, 16)), acting(leader_of(visit_id)) as leader:
        found = db.session.scalars(select(RecordReview).where(RecordReview.visit_task_id == part_of(visit_id))).one()
        line = known_visits.visit_task(part_of(visit_id)).task.checklist
        path = f"r/{part_of(visit_id)}/check/{line.items[1].id}/note" if line else ""
        review.decide_review(found.id, Decision.RETURNED, RETURNED, remarks=[review.Remark(path, REMARK)], by=leader)


def _free_number(day: date) -> str:
    """The next number of a day as the platform gives them: region, day, place of the day."""
    first = f"370000{day:%Y%m%d}"
    known = db.session.scalar(select(func.count()).select_from(Task).where(Task.external_ref.startswith(first)))
    return f"{first}{known + 1:04}" if known else f"{first}0001"


def _row(number: str, one: InspectionObject, team: list[Inspector], window: Window) -> list[str]:
    seats = [text for member in team for text in (member.staff_number, member.name, member.certificate_number or "")]
    return [number, TASK, ANIMALS, DIVISION, one.name, one.uscc, *seats, "", "", "", team[0].staff_number,
            window.first_day.isoformat(), window.last_day.isoformat(), "不定向", "实地核查"]
