"""Objections: who may file what when, who re-examines, what is decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp.documents import rules as papers
from fieldapp.law import article
from fieldapp.publication.rules import ResultCategory, ResultState
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_


class ObjectionState(Labelled):
    """Where an objection stands."""

    RECEIVED = "received", N_("已收到")
    EXAMINING = "examining", N_("复核中")
    EXAMINED = "examined", N_("待处室负责人决定")
    DECIDED = "decided", N_("已答复")


class Channel(Labelled):
    """How an objection came."""

    ONLINE = "online", N_("网上提交")
    PAPER = "paper", N_("纸质材料")


class ObjectionDecision(Labelled):
    """What a re-examination ends in."""

    CORRECTED = "corrected", N_("更正")
    UPHELD = "upheld", N_("维持")


@article("26")
def check_may_object(state: ResultState, *, is_open_already: bool, corrected_on: date | None, received_on: date) -> None:
    """A published result is objected to, or one corrected on the very day of receipt; one objection at a time."""
    if is_open_already:
        raise Conflict("objections.already_open", N_("对这项结果的异议正在处理中，答复之前不必重复提交"))
    crossed = state is ResultState.SUPERSEDED and corrected_on == received_on
    if state is not ResultState.PUBLISHED and not crossed:
        raise Refusal("objections.not_published", N_("只能对已公示的结果提出异议"), field="result")


@article("26")
def check_received_on(received_on: date, *, published_on: date, today: date) -> None:
    """The day of receipt lies between the publication and today: the period of re-examination runs from it."""
    if received_on > today:
        raise Refusal("objections.received_in_the_future", N_("收到日期不能晚于今天"), field="received_on")
    if received_on < published_on:
        raise Refusal("objections.received_before_publication", N_("收到日期早于结果公示日期，请核对"), field="received_on")


def check_application(applicant_name: str, grounds: str) -> None:
    """An objection says who files it and why."""
    if not applicant_name.strip():
        raise Refusal("objections.applicant_missing", N_("请填写申请人姓名"), field="applicant_name")
    if not grounds.strip():
        raise Refusal("objections.grounds_missing", N_("请写明异议的内容和理由"), field="grounds")


@article("26")
def check_may_examine(officer: Officer, division_id: UUID, team: Collection[UUID]) -> None:
    """An officer of the division who was not of the team re-examines."""
    if officer.division_id != division_id or not officer.is_any(Role.DIVISION_OFFICER):
        raise Forbidden("objections.officer_only", N_("复核由任务所在处室的经办人办理"))
    if officer.person_id in team:
        raise Forbidden("objections.own_visit", N_("您参加过这次检查，复核由检查组以外的人办理"))


@article("26")
def check_may_take(state: ObjectionState) -> None:
    """An objection is taken up once."""
    if state is not ObjectionState.RECEIVED:
        raise Conflict("objections.already_taken", N_("这件异议已有人复核"))


@article("26")
def check_examination(state: ObjectionState, *, is_examiner: bool, examination: str) -> None:
    """Whoever took an objection up writes what the re-examination found, before it is decided."""
    if not is_examiner:
        raise Forbidden("objections.examiner_only", N_("复核意见由承办这件异议的人填写"))
    if state not in {ObjectionState.EXAMINING, ObjectionState.EXAMINED}:
        raise Conflict("objections.already_decided", N_("这件异议已经答复"))
    if not examination.strip():
        raise Refusal("objections.examination_missing", N_("请填写复核情况"), field="examination")


@article("26")
def check_may_decide(state: ObjectionState, *, is_examiner: bool, answer: str) -> None:
    """The head decides what another person has re-examined, and answers."""
    if state is ObjectionState.DECIDED:
        raise Conflict("objections.already_decided", N_("这件异议已经答复"))
    if state is not ObjectionState.EXAMINED:
        raise Refusal("objections.not_examined", N_("复核意见还没有提交，不能决定"))
    if is_examiner:
        raise Forbidden("objections.own_examination", N_("您是复核人，请由处室另一位负责人决定"))
    if not answer.strip():
        raise Refusal("objections.answer_missing", N_("请填写给申请人的答复"), field="answer")


@article("26")
def needs_new_version(decision: ObjectionDecision, state: ResultState) -> bool:
    """A corrected result gets a new version, unless it was corrected already when the objection came in (E35)."""
    return decision is ObjectionDecision.CORRECTED and state is not ResultState.SUPERSEDED


def check_corrected_category(decision: ObjectionDecision, category: ResultCategory | None) -> None:
    """A correction says what the result should be."""
    if decision is ObjectionDecision.CORRECTED and category is None:
        raise Refusal("objections.category_missing", N_("决定更正的，请选择更正后的结果类别"), field="category")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the answer to an objection tells: who objected to which result, under which number, since when; what was objected,
    what the re-examination found, what was decided and why, by whom."""

    authority: str
    object_name: str
    applicant: str
    item: str
    number: str
    received_on: date
    grounds: str
    examination: str
    is_corrected: bool
    answer: str
    examiner: str
    decider: str


@article("26")
def decision_letter(told: Answer, day: date) -> dict[str, object]:
    """The letter that answers a decided objection."""
    decided = "更正原检查结果" if told.is_corrected else "维持原检查结果"
    return papers.form("异议复核结论告知书", told.authority, papers.day_text(day), [
        papers.addressee(f"{told.object_name}："),
        papers.text(f"{told.applicant}对“{told.item}”检查结果提出的异议（{told.number}），本机关于"
                    f"{papers.day_text(told.received_on)}收到。", f"异议内容：{told.grounds}"),
        papers.text("本机关已由检查组以外的人员复核。", f"复核情况：{told.examination}", f"结论：{decided}。",
                    f"答复：{told.answer}", papers.REMEDY_AFTER_REEXAMINATION,
                    f"复核人：{told.examiner}　决定人：{told.decider}")])
