"""The course of an entrustment: asked, approved, reported on, ended; recusal; what a report is worth."""

from collections.abc import Collection
from datetime import date
from typing import TypeVar
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_

Asked = TypeVar("Asked")


class Decision(Labelled):
    """What was decided."""

    AGREED = "agreed", N_("同意")
    DECLINED = "declined", N_("不同意")


class Ending(Labelled):
    """How an entrustment ends."""

    DONE = "done", N_("已完成")
    WITHDRAWN = "withdrawn", N_("已撤销")
    RECUSED = "recused", N_("已回避")


class State(Labelled):
    """Where an entrustment stands."""

    ASKED = "asked", N_("待审批")
    DECLINED = "declined", N_("不同意")
    RUNNING = "running", N_("进行中")
    REPORTED = "reported", N_("已交报告")
    DONE = "done", N_("已完成")
    WITHDRAWN = "withdrawn", N_("已撤销")
    RECUSED = "recused", N_("已回避")


class SaidBy(Labelled):
    """Who says that somebody should stay away."""

    ONESELF = "oneself", N_("本机构或者专家本人")
    PARTY = "party", N_("被检查单位（当事人）")
    DIVISION = "division", N_("处室发现")


def state(*, decision: str | None, ending: str | None, has_left: bool, has_report: bool) -> State:
    """The state out of what was written; who left without an ending went with the visit."""
    if ending is not None:
        return State(ending)
    if decision == Decision.DECLINED:
        return State.DECLINED
    if has_left:
        return State.WITHDRAWN
    if decision is None:
        return State.ASKED
    return State.REPORTED if has_report else State.RUNNING


@article("19")
def check_decides(officer: Officer, division_id: UUID, concerned: Collection[UUID]) -> None:
    """The head of the division that entrusts approves, or the deputy; nobody who asked for it."""
    if not officer.heads(division_id):
        raise Forbidden("entrusting.not_the_head", N_("由委托处室主要负责同志审批"))
    if officer.person_id in concerned:
        raise Forbidden("entrusting.own_request", N_("您提出的委托不能由您审批，请由 AB 角办理"))


def check_is_undecided(now: State) -> None:
    """What is asked is decided once."""
    if now is not State.ASKED:
        raise Conflict("entrusting.decided", N_("这项委托已经处理"))


def check_is_running(now: State) -> None:
    """Only an approved entrustment that has not ended goes on."""
    if now not in {State.RUNNING, State.REPORTED}:
        raise Conflict("entrusting.not_running", N_("这项委托尚未批准或者已经结束"))


def check_opinion(decision: str, opinion: str) -> None:
    """Whoever disagrees says why."""
    if decision not in {"agree", "disagree"}:
        raise Refusal("entrusting.no_decision", N_("请选择同意或不同意"), field="decision")
    if decision == "disagree" and not opinion.strip():
        raise Refusal("entrusting.opinion_missing", N_("不同意须写明意见"), field="opinion")


@article("19")
def check_report(*, made_on: date, entrusted_on: date, today: date, is_adopted: bool, is_qualified: bool) -> None:
    """A report is dated between entrustment and today, by somebody qualified on its day; an adopted conclusion may be
    older than the entrustment."""
    if made_on > today:
        raise Refusal("entrusting.report_ahead", N_("报告日期不能晚于今天"), field="made_on")
    if made_on < entrusted_on and not is_adopted:
        raise Refusal("entrusting.report_before", N_("报告日期早于委托批准之日"), field="made_on")
    if not is_qualified:
        raise Refusal("entrusting.report_unqualified", N_("报告日期不在资质有效期内，不能作为委托报告"), field="made_on")


@article("19")
def is_overdue(now: State, due_on: date, today: date) -> bool:
    """Whether a report that is due has not come."""
    return now is State.RUNNING and due_on < today


@article("19")
def days_late(due_on: date, handed_in_on: date) -> int:
    """How many days after its deadline a report came; 0 in time."""
    return max(0, (handed_in_on - due_on).days)


@article("19")
def check_may_end(ending: Ending | None, reason: str, now: State) -> None:
    """Done is what has its report, or a reason why none is needed; withdrawn has its reason."""
    if ending not in {Ending.DONE, Ending.WITHDRAWN}:
        raise Refusal("entrusting.no_ending", N_("请选择完成或者撤销"), field="ending")
    if ending is Ending.DONE:
        check_is_running(now)
    elif now not in {State.ASKED, State.RUNNING, State.REPORTED}:
        raise Conflict("entrusting.ended", N_("这项委托已经结束"))
    if not reason.strip() and not (ending is Ending.DONE and now is State.REPORTED):
        raise Refusal("entrusting.ending_reason", N_("撤销，或者没有报告而完成，须写明理由"), field="reason")


@article("17", "19")
def check_speaker(said_by: SaidBy | None) -> SaidBy:
    """It is on record who says that somebody should stay away."""
    if said_by is None:
        raise Refusal("entrusting.no_speaker", N_("请选择由谁提出"), field="said_by")
    return said_by


@article("17", "19")
def check_recusal_is_open(asked: Asked | None) -> Asked:
    """Decided is an application that stands open; None where there is none."""
    if asked is None:
        raise Conflict("entrusting.no_recusal", N_("没有待决定的回避申请"))
    return asked


def check_no_recusal_is_open(is_open: bool, text: str) -> None:
    """One at a time, saying why."""
    if is_open:
        raise Conflict("entrusting.recusal_open", N_("已有一份回避申请尚未决定"))
    if not text.strip():
        raise Refusal("entrusting.recusal_text", N_("请写明应当回避的情形"), field="text")


@article("17", "19")
def check_decides_recusal(officer: Officer, said_by: SaidBy, division_id: UUID) -> None:
    """The inspected party's application is decided by the department's head, all others by the division's."""
    by_department = said_by is SaidBy.PARTY
    if not (officer.is_any(Role.DEPARTMENT_HEAD) if by_department else officer.heads(division_id)):
        raise Forbidden("entrusting.not_the_decider", N_("这份回避申请不由您决定"))
