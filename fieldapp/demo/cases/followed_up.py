"""A published result of 基础研究处 with all that can follow: order, lead transferred, objection answered."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from fieldapp import db
from fieldapp.demo.cases.platform import Days, Drawn, objects_for, team_of, window_around
from fieldapp.demo.course import approve_work_plan, part_of, prepare_visit, publish
from fieldapp.demo.phone import SIGNER, Finding, begin_visit, end_visit
from fieldapp.demo.stage import acting, at, moment
from fieldapp.disposal import actions as disposal
from fieldapp.disposal.actions import Plan
from fieldapp.disposal.rules import Measure
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.objections import actions as objections
from fieldapp.objections.actions import Application, Outcome
from fieldapp.objections.models import Objection
from fieldapp.objections.rules import ObjectionDecision
from fieldapp.publication.models import InspectionResult
from fieldapp.visits import queries as known_visits

DIVISION, SHORT = "基础研究处", "jichu"
ITEM, CATEGORY = "新型研发机构建设运行检查", "新型研发机构"
TASK = "新型研发机构建设运行检查（省平台抽取）"
SHORTFALL = "研发人员 21 人，占职工总数 24%，低于 30%。"
ORDER = "补足研发人员，或者按变更程序报告，并提交花名册和社保缴费证明。"
ACCOUNTS = "财政资金未专账核算，与日常经费混用。"
GROUNDS = "检查当日有 6 名研发人员在外地联合实验室工作，未计入，附派驻协议。"
EXAMINED = "核对派驻协议、社保和考勤：6 人的劳动关系在合作单位，不能计入本单位。"
ANSWER = "经复核，原检查结果依据的花名册和社保记录属实，予以维持。"
LEAD = "财政资金与日常经费混用，涉嫌违反财政资金管理规定。"


def drawn(days: Days) -> list[Drawn]:
    """One object of the directory."""
    team = team_of(DIVISION)
    one = next(one for one in objects_for(team, CATEGORY) if len(one.categories) == 1)
    return [Drawn(TASK, ITEM, DIVISION, one, team, window_around(days.held, days.drawn), case="followed_up")]


def hold(held: dict[str, UUID], days: Days) -> None:
    """It is inspected, published, objected to, and followed up in two ways."""
    visit_id = held["followed_up"]
    with at(moment(days.drawn, 10)):
        approve_work_plan(task_of(visit_id), SHORT)
    until = days.today + timedelta(days=30)
    _inspect(visit_id, days, Finding("rectification_ordered", "研发人员占比不足，财政资金没有专账核算。",
                                     {2: SHORTFALL, 4: ACCOUNTS}, ORDER, until.isoformat()))
    with at(moment(days.published, 9)):
        publish(visit_id, SHORT)
    with at(moment(days.objected, 10)), db.transaction(write=True):
        _object(visit_id)
    with at(moment(days.returned, 10)), acting(f"{SHORT}-jingban") as officer:
        for plan in (Plan(Measure.TRANSFER_TO_DEPARTMENT, LEAD, receiver="山东省财政厅"),
                     Plan(Measure.ORDER_RECTIFICATION, ORDER, due_on=until)):
            disposal.open_case(_result(visit_id), plan, by=officer)
    _answer(visit_id, days)


def task_of(visit_id: UUID) -> UUID:
    """The one task of a visit."""
    with db.transaction(write=False):
        return known_visits.visit(visit_id).visit_tasks[0].task_id


def _inspect(visit_id: UUID, days: Days, finding: Finding) -> None:
    """The whole visit."""
    with at(moment(days.held, 8)):
        prepare_visit(visit_id, SHORT, days.held, 9)
    with at(moment(days.held, 9, 5)):
        phone = begin_visit(visit_id)
    with at(moment(days.held, 10)):
        end_visit(phone, finding)


def _object(visit_id: UUID) -> None:
    """The entity files an objection through its copy."""
    copy = fieldwork.copy_of(visit_id)
    if copy is not None:
        objections.file_objection(copy.secret, _result(visit_id), Application(SIGNER, "0531-00000000（示例）", GROUNDS))


def _answer(visit_id: UUID, days: Days) -> None:
    """An officer outside the team re-examines, the head upholds and answers."""
    with db.transaction(write=False):
        objection_id = _objection(visit_id)
    with at(moment(days.returned, 15)), acting(f"{SHORT}-jingban") as officer:
        objections.take_objection(objection_id, by=officer)
        objections.examine_objection(objection_id, EXAMINED, Outcome(ObjectionDecision.UPHELD), by=officer)
    with at(moment(days.answered, 11)), acting(f"{SHORT}-chuzhang") as head:
        objections.decide_objection(objection_id, Outcome(ObjectionDecision.UPHELD), ANSWER, by=head)


def _objection(visit_id: UUID) -> UUID:
    """The one objection to the result of a visit."""
    return db.session.scalars(select(Objection.id).where(Objection.result_id == _result(visit_id))).one()


def _result(visit_id: UUID) -> UUID:
    return db.session.scalars(select(InspectionResult.id).where(InspectionResult.visit_task_id == part_of(visit_id))).one()
