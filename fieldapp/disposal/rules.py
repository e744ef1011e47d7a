"""What is done about a finding, and which measure goes with which result."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp.documents import rules as papers
from fieldapp.law import article
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import OF_DIVISION, Officer
from fieldapp.words import Labelled, N_


class Measure(Labelled):
    """What is done about a finding."""

    RECTIFY_ON_SITE = "rectify_on_site", N_("当场改正")
    ORDER_RECTIFICATION = "order_rectification", N_("责令限期改正")
    OWN_CASE = "own_case", N_("本部门立案处理")
    TRANSFER_TO_DEPARTMENT = "transfer_to_department", N_("移交其他部门")
    TRANSFER_TO_JUDICIAL = "transfer_to_judicial", N_("移送司法机关")
    NONE = "none", N_("无需后续处理")


WITHOUT_PROBLEM = frozenset({ResultCategory.NO_PROBLEM, ResultCategory.NO_SUCH_ACTIVITY})
WITH_RECEIVER = frozenset({Measure.TRANSFER_TO_DEPARTMENT, Measure.TRANSFER_TO_JUDICIAL})


@article("27")
def check_measure_fits(measure: Measure, category: ResultCategory, *, has_order: bool) -> None:
    """The measure agrees with the result: nothing follows where no problem is, an order where one was given."""
    if measure is Measure.NONE and category not in WITHOUT_PROBLEM:
        raise Refusal("disposal.problem_needs_a_measure", N_("结果是发现问题，请选择具体的处置方式"), field="measure")
    if measure is not Measure.NONE and category in WITHOUT_PROBLEM:
        raise Refusal("disposal.no_problem_found", N_("结果没有发现问题，不能开办处置；结果有误的请先更正"), field="measure")
    if measure is Measure.ORDER_RECTIFICATION and not has_order:
        raise Refusal("disposal.no_order", N_("责令限期改正须有编号的责令改正通知书，本项检查没有"), field="measure")


@article("27")
def check_case(measure: Measure, *, text: str, receiver: str, due_on: date | None, today: date) -> None:
    """A case says what is done; a rectification has its deadline, a transfer its receiver."""
    if not text.strip():
        raise Refusal("disposal.text_missing", N_("请填写处置内容"), field="text")
    if measure in WITH_RECEIVER and not receiver.strip():
        raise Refusal("disposal.receiver_missing", N_("移交、移送须写明接收单位"), field="receiver")
    if measure is Measure.ORDER_RECTIFICATION and due_on is None:
        raise Refusal("disposal.deadline_missing", N_("责令限期改正须写明期限"), field="due_on")
    if due_on is not None and due_on < today:
        raise Refusal("disposal.deadline_passed", N_("期限不能早于今天"), field="due_on")


@article("27")
def check_whose_case(officer: Officer, division_id: UUID) -> None:
    """谁监管、谁负责: the division of the task handles what its inspection found."""
    if officer.division_id != division_id or not officer.is_any(*OF_DIVISION):
        raise Forbidden("disposal.own_division_only", N_("处置由任务所在处室办理"))


@article("27")
def check_may_close(*, is_closed: bool, outcome: str) -> None:
    """A case is closed once, with what came of it."""
    if is_closed:
        raise Conflict("disposal.already_closed", N_("这项处置已经办结"))
    if not outcome.strip():
        raise Refusal("disposal.outcome_missing", N_("请填写办理结果"), field="outcome")


@article("27")
def is_public(measure: Measure) -> bool:
    """Whether the public reads of a measure: of all but a referral to the judiciary."""
    return measure is not Measure.TRANSFER_TO_JUDICIAL


def public_text(measure: Measure, text: str, receiver: str, due_on: date | None) -> str:
    """What was done about the finding, as the public reads it."""
    receiving = f"接收单位：{receiver}" if receiver else ""
    limit = f"限 {papers.day_text(due_on)}前完成" if due_on else ""
    return "；".join(part for part in (measure.label, receiving, limit, text) if part)


BASIS = ("依据《山东省科学技术厅“双随机、一公开”监管工作细则（试行）》第二十七条，现将该案件（线索）移送你机关处理，"
         "处理结果请函告本机关。")


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a transfer tells its receiver: whom was inspected for what in which task, the result and what was found, what is
    enclosed, whom to call."""

    authority: str
    receiver: str
    object_name: str
    uscc: str
    item: str
    task_number: str
    category: str
    found: str
    record_number: str
    photos: int
    contact: str


@article("27")
def transfer_letter(told: Transfer, day: date) -> dict[str, object]:
    """The letter that goes with a transferred lead or a judicial referral; its answer comes back on its lower part."""
    evidence = f"　　　2. 证据材料 {told.photos} 件（目录和散列值见检查记录）" if told.photos else ""
    return papers.form("案件（线索）移送函", told.authority, papers.day_text(day), [
        papers.addressee(f"{told.receiver}："),
        papers.text(f"本机关对“{told.object_name}”（统一社会信用代码 {told.uscc}）开展“{told.item}”抽查检查"
                    f"（任务编号 {told.task_number}），检查结果为“{told.category}”。", f"发现的情况：{told.found}", BASIS,
                    f"附件：1. 抽查检查记录 {told.record_number}", evidence, f"联系人：{told.contact}"),
        papers.slip("回执", [f"{told.authority}：", "你机关移送的上述案件（线索）及附件已收到。"],
                    [papers.to_sign("接收机关（印章）、经办人")])])
