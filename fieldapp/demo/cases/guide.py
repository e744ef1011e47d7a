"""What a newcomer finds under which account, and the addresses that the inspected parties hold."""

from sqlalchemy import select

from fieldapp import db
from fieldapp.demo.cases import apart, followed_up, teams
from fieldapp.demo.cases.platform import team_of
from fieldapp.demo.course import HIGH_TECH_TASK
from fieldapp.demo.today import DIVISION
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.registry.models import Inspector
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.rules import VisitState

SIGHTS = {
    "fagui": "合并建议、评价投诉、导入、移出名录 merge, ratings, imports, a leaving",
    "gaoxin-jingban": "已公示结果、询问笔录 a published result, an interview",
    "nongcun-jingban": "可以抽取的任务 a task to draw",
    "chengguo-chuzhang": "待审核任务 a task to approve",
    "chengguo-jingban": "书面检查 a written inspection",
    "waizhuan-chuzhang": "合并、工作方案待审 a merge and a work plan to decide",
    "waizhuan-jingban": "回避、递补、补充告知 recusal, substitutes, supplement",
    "jichu-chuzhang": "合并待答复、组长空缺 a merge to answer, a lost leader",
    "jichu-jingban": "异议、责令改正、移送 objection, order, transfer",
    "kepu-jingban": "网络监测 an online inspection",
    "shenji": "日志 the ledger",
}
"""By user name: what waits there, or is worth a look."""

DUE = "今天的检查、退回的记录 visits today, a returned record"
BY_TASK = ((apart.CONTRACT_TASK, VisitState.IN_PROGRESS, "书面检查等答复 written, waiting for the answer"),
           (apart.MUSEUM_TASK, VisitState.CLOSED, "网络监测待审核 online, to review"),
           (HIGH_TECH_TASK, VisitState.CLOSED, "补正后再审核 a record to review again"),
           (teams.EMPLOYER_TASK, VisitState.PAUSED, "补充告知书 a supplement to hand over"),
           (followed_up.TASK, VisitState.PAUSED, "没有组长，检查暂停 paused without a leader"))
"""Visits that an inspector has before them: of which task, in which state, in words."""


def leaders() -> list[Inspector]:
    """Whoever leads a visit that shows something, or is of its team where nobody leads."""
    return list(dict.fromkeys(_first(visit) for visit, _words in _shown()))


def account_of(inspector: Inspector) -> tuple[str, str, str]:
    """User name, name, division."""
    return inspector.staff_number.lower(), inspector.name, inspector.division.name


def sight_of(user_name: str) -> str:
    """What somebody finds, in words for a terminal; nothing where there is nothing of note."""
    found = [SIGHTS[user_name]] if user_name in SIGHTS else []
    found += [DUE for one in team_of(DIVISION) if account_of(one)[0] == user_name]
    return "；".join([*found, *(words for visit, words in _shown() if account_of(_first(visit))[0] == user_name)])


def links() -> list[tuple[str, str]]:
    """What the entities hold: words and path of the copy."""
    found = []
    for task, place, words in ((followed_up.TASK, "", "被检查单位的副本 an entity's copy"),
                               (apart.CONTRACT_TASK, "/inquiry", "书面检查的链接 a written inspection's link")):
        copies = [fieldwork.copy_of(visit.id) for visit in _visits(task)]
        found += [(words, f"/copies/{copy.secret}{place}") for copy in copies[:1] if copy]
    return found


def _shown() -> list[tuple[Visit, str]]:
    return [(visit, words) for task, state, words in BY_TASK for visit in _visits(task)[-1:] if visit.state == state]


def _first(visit: Visit) -> Inspector:
    leader = visits.leader(visit)
    return leader.inspector if leader else visits.members(visit)[0].inspector


def _visits(task: str) -> list[Visit]:
    found = select(Visit).join(VisitTask, VisitTask.visit_id == Visit.id).join(Task, Task.id == VisitTask.task_id)
    return db.scalars(found.where(Task.name == task).order_by(Visit.id))
