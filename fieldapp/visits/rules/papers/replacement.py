"""The papers of a changed team: the 回避决定书, the 递补人员抽取记录."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.canonical import digest
from fieldapp.documents import rules
from fieldapp.documents.rules import moment_text
from fieldapp.law import article
from fieldapp.visits.rules.recusal import Ground, Interest, Outcome


@dataclass(frozen=True, slots=True)
class RecusalDecision:
    """A decided application for recusal: of the party (`inspector` is empty), of an inspector, or ex officio; `interest` is
    what it rests on, None for a party's, which says it in `text` alone."""

    authority: str
    object_name: str
    inspector: str
    by_party: bool
    is_ex_officio: bool
    asked_at: datetime
    interest: Interest | None
    text: str
    is_agreed: bool
    outcome: Outcome | None
    opinion: str
    decider: str


@article("17")
def recusal_letter(told: RecusalDecision, day: date) -> dict[str, object]:
    """The decision on a recusal: who applied, why, what was decided and how it is carried out."""
    applicant = "被检查单位" if told.by_party else f"检查人员 {told.inspector}"
    said = f"本机关依职权提请{applicant}回避" if told.is_ex_officio else f"{applicant}申请回避"
    carried = f"执行方式：{told.outcome.label}。" if told.is_agreed and told.outcome else ""
    ground = f"{told.interest.label}：{told.text}" if told.interest else told.text
    return rules.form("回避决定书", told.authority, rules.day_text(day), [
        rules.addressee(f"{told.object_name if told.by_party else told.inspector}："),
        rules.text(f"{moment_text(told.asked_at)}，{said}，事由为对“{told.object_name}”的抽查检查。", f"理由：{ground}",
                   f"经审查，决定：{'同意' if told.is_agreed else '不同意'}回避申请。{told.opinion}", carried,
                   "决定作出前，检查不停止。" if told.by_party else "", f"决定人：{told.decider}")])


@dataclass(frozen=True, slots=True)
class Drawing:
    """By what anybody can draw a substitute again: the how manieth, the seed, the one-time code, the pool, the ticket."""

    number: int
    seed: str
    code: str
    pool: Sequence[object]
    ticket: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """Who left a team on which ground with whose consent, and who came: drawn here, or by a platform under its reference."""

    authority: str
    object_name: str
    task_numbers: Sequence[str]
    inspector: str
    ground: Ground
    reason: str
    consent: str
    consented_at: datetime | None
    drawing: Drawing | None
    reference: str
    came: str
    at: datetime


@article("18")
def substitute_record(told: Replaced, day: date) -> dict[str, object]:
    """The drawing of a substitute: who left on which ground, with whose consent, by which code out of which pool who came."""
    found = _drawing(told.drawing) if told.drawing else (("外部平台抽取编号", told.reference),)
    rows = (("检查对象", told.object_name), ("任务编号", "、".join(told.task_numbers)), ("原检查人员", told.inspector),
            ("原因", f"{told.ground.label}：{told.reason}"), ("同意人", told.consent),
            ("同意时间", moment_text(told.consented_at)), *found, ("递补人员", told.came), ("时间", moment_text(told.at)))
    return rules.form("递补人员抽取记录", told.authority, rules.day_text(day), [rules.facts(*rows)])


def _drawing(drawn: Drawing) -> tuple[tuple[str, str], ...]:
    return (("抽取次数", f"第 {drawn.number} 次"), ("种子", drawn.seed), ("一次性代码", drawn.code),
            ("候选名单", f"{len(drawn.pool)} 人"), ("候选名单散列值", digest(drawn.pool)), ("签号", drawn.ticket))
