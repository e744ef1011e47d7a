"""What the 抽查检查工作方案 of a task says, as each approved version is issued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.documents import rules
from fieldapp.documents.rules import moment_text
from fieldapp.documents.rules.parts import Part
from fieldapp.law import article


@dataclass(frozen=True, slots=True)
class WorkPlanFacts:
    """A version of the work plan with its task, texts under their headings, author and approval."""

    authority: str
    task: str
    number: str
    item: str
    legal_basis: str
    first_day: date
    last_day: date
    methods: Sequence[str]
    version: int
    reason: str
    author: str
    written_at: datetime
    opinion: str
    approver: str
    decided_at: datetime | None
    texts: Sequence[tuple[str, str]]


@article("20")
def work_plan_form(told: WorkPlanFacts, day: date) -> dict[str, object]:
    """The plan with its task, texts, author and approval; a heading without a text is left out."""
    rows = (("任务", f"{told.task}（{told.number}）"), ("抽查事项", told.item), ("检查依据", told.legal_basis),
            ("检查时间", f"{rules.day_text(told.first_day)} 至 {rules.day_text(told.last_day)}"),
            ("检查方式", "、".join(rules.METHODS.get(one, one) for one in told.methods)),
            ("版本", f"第 {told.version} 版" + (f"，修改理由：{told.reason}" if told.reason else "")),
            ("拟订人", f"{told.author}，{moment_text(told.written_at)}"),
            ("审批意见", f"{told.opinion or '同意'}（{told.approver}，{moment_text(told.decided_at)}）"))
    parts: list[Part] = [rules.facts(*rows)]
    for title, said in told.texts:
        if said.strip():
            parts += [rules.heading(title), rules.text(*said.splitlines())]
    return rules.form("抽查检查工作方案", told.authority, rules.day_text(day), parts)
