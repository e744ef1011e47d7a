"""The kinds of documents, how a number is written, and what may still be done with one."""

from datetime import datetime
from typing import Any

from fieldapp.canonical import digest
from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import Labelled, N_


class DocumentKind(Labelled):
    """What is numbered; each kind has its own 代字 and its own row of numbers in a year."""

    NOTICE = "notice", N_("抽查告知书")
    RECORD = "record", N_("抽查检查记录表")
    ORDER = "order", N_("责令改正通知书")
    PLAN = "plan", N_("年度抽查工作计划")
    TASK = "task", N_("抽查任务")
    OBJECTION = "objection", N_("异议复核结论告知书")
    PAPER = "paper", N_("纸质检查表")
    ENTRUSTMENT = "entrustment", N_("行政检查委托书")
    SUPPLEMENT = "supplement", N_("检查人员变更告知书")
    OBJECTION_DECISION = "objection_decision", N_("异议复核结论告知书")
    APPROVAL = "approval", N_("行政检查审批表")
    SITE_TRANSCRIPT = "site_transcript", N_("现场检查笔录")
    INTERVIEW = "interview", N_("询问笔录")
    SERVICE = "service", N_("送达回证")
    RECUSAL = "recusal", N_("回避决定书")
    SUBSTITUTE = "substitute", N_("递补人员抽取记录")
    TRANSFER = "transfer", N_("案件（线索）移送函")
    WORK_PLAN = "work_plan", N_("抽查检查工作方案")
    MINUTES = "minutes", N_("随机抽取纪要")
    CASE_FILE = "case_file", N_("检查案卷")
    SUPPLEMENTARY_RECORD = "supplementary_record", N_("补充笔录")


PREFIXES = {
    DocumentKind.NOTICE: "鲁科抽告",
    DocumentKind.RECORD: "鲁科抽记",
    DocumentKind.ORDER: "鲁科抽改",
    DocumentKind.PLAN: "鲁科抽计",
    DocumentKind.TASK: "鲁科抽",
    DocumentKind.OBJECTION: "鲁科抽复",
    DocumentKind.PAPER: "鲁科抽纸",
    DocumentKind.ENTRUSTMENT: "鲁科抽委",
    DocumentKind.SUPPLEMENT: "鲁科抽变",
    DocumentKind.OBJECTION_DECISION: "鲁科抽复告",
    DocumentKind.APPROVAL: "鲁科抽批",
    DocumentKind.SITE_TRANSCRIPT: "鲁科抽笔",
    DocumentKind.INTERVIEW: "鲁科抽询",
    DocumentKind.SERVICE: "鲁科抽送",
    DocumentKind.RECUSAL: "鲁科抽避",
    DocumentKind.SUBSTITUTE: "鲁科抽补",
    DocumentKind.TRANSFER: "鲁科抽移",
    DocumentKind.WORK_PLAN: "鲁科抽案",
    DocumentKind.MINUTES: "鲁科抽纪",
    DocumentKind.CASE_FILE: "鲁科抽卷",
    DocumentKind.SUPPLEMENTARY_RECORD: "鲁科抽补笔",
}
PUBLIC_KINDS = frozenset({
    DocumentKind.NOTICE, DocumentKind.ORDER, DocumentKind.ENTRUSTMENT, DocumentKind.RECORD, DocumentKind.SITE_TRANSCRIPT,
    DocumentKind.SERVICE, DocumentKind.RECUSAL, DocumentKind.OBJECTION_DECISION, DocumentKind.SUPPLEMENT,
    DocumentKind.SUPPLEMENTARY_RECORD,
})
"""Kinds that the inspected party or the entrusted one holds: whoever has the document's address reads all of it."""
NO_PAPER = frozenset({DocumentKind.PLAN, DocumentKind.TASK, DocumentKind.PAPER, DocumentKind.OBJECTION})
"""Kinds that are numbers alone: what they number has no file."""


@article("23")
def number_text(kind: DocumentKind, year: int, serial: int) -> str:
    """The 文号: 代字, the year in 六角括号, the serial without leading zeros: 鲁科抽告〔2026〕1号."""
    return f"{PREFIXES[kind]}\N{LEFT TORTOISE SHELL BRACKET}{year}\N{RIGHT TORTOISE SHELL BRACKET}{serial}号"


@article("23")
def check_may_be_issued(*, issued_at: datetime | None, voided_at: datetime | None, content: dict[str, Any]) -> None:
    """A document is issued once, under a number that is not void, and says something."""
    if voided_at is not None:
        raise Conflict("documents.number_is_void", N_("该文号已作废，不能再使用"))
    if issued_at is not None:
        raise Conflict("documents.already_issued", N_("该文书已印发，内容不得改动"))
    if not content:
        raise Refusal("documents.nothing_to_issue", N_("文书没有内容，不能印发"))


@article("3")
def check_may_be_voided(*, voided_at: datetime | None, reason: str) -> None:
    """A number is voided once, with a reason; it stays in the register and is never given again."""
    if voided_at is not None:
        raise Conflict("documents.already_void", N_("该文号已经作废"))
    if not reason.strip():
        raise Refusal("documents.void_needs_a_reason", N_("作废文号须说明理由"), field="reason")


@article("23")
def check_may_be_sealed(kind: str, *, issued_at: datetime | None) -> None:
    """Only what is issued becomes a sealed file."""
    if issued_at is None:
        raise Conflict("documents.not_issued", N_("文书还没有印发"))
    if kind in NO_PAPER:
        raise Refusal("documents.not_a_paper", N_("这个文号没有文书文件"))


@article("3")
def content_fits(content: dict[str, Any], content_hash: str) -> bool:
    """Whether a document still says what was frozen when it was issued."""
    return digest(content) == content_hash


def code_fits(typed: str, content_hash: str) -> bool:
    """Whether what somebody typed from a document is its short code, in whatever case and with or without the dash."""
    plain = "".join(sign for sign in typed if sign.isalnum()).lower()
    return len(plain) == 8 and content_hash.startswith(plain)


def short_code(content_hash: str) -> str:
    """The eight digits that people compare: the beginning of the hash as XXXX-XXXX."""
    return f"{content_hash[:4]}-{content_hash[4:8]}".upper()
