"""Visits due today and one returned record, for two inspectors: drawn on the provincial platform (way B)."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from fieldapp import clock, db
from fieldapp.demo import assisting
from fieldapp.demo.cases import platform
from fieldapp.demo.course import ANIMALS, approve_work_plan, leader_of, part_of, prepare_visit, visits_of
from fieldapp.demo.phone import hold_visit
from fieldapp.demo.stage import acting, at, moment, working_day_before
from fieldapp.entrusting import queries as entrusting
from fieldapp.entrusting.rules import PartyKind, Work
from fieldapp.registry.models import InspectionObject, Inspector
from fieldapp.review import actions as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision
from fieldapp.roles import Officer
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
    due = platform.window_around(today, first)
    held = due if yesterday.year == today.year else platform.window_around(yesterday, first)
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


def take_in(drawn: Sequence[tuple[InspectionObject, Window]], *, by: Officer) -> list[UUID]:
    """Take in the platform's sheet: objects with the days of their task, a task for each row of days; gives the tasks."""
    team = two_inspectors()
    return platform.take_in([platform.Drawn(TASK, ANIMALS, DIVISION, one, team, window) for one, window in drawn], by=by)


def objects_for(team: list[Inspector]) -> list[InspectionObject]:
    """Objects in one city in which neither inspector has an interest, with an address to go to."""
    return platform.objects_for(team, "实验动物单位", cities=["济南市"])


def two_inspectors() -> list[Inspector]:
    """Two certified inspectors of the division, the lowest staff numbers whose certificates last."""
    return platform.team_of(DIVISION)


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
