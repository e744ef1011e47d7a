"""The papers of a changed team: the 回避决定书, the 递补人员抽取记录."""

from fieldapp import clock
from fieldapp.accounts import queries as people
from fieldapp.canonical import digest
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.rules import DocumentKind, moment_text
from fieldapp.draw import queries as draws
from fieldapp.draw.models import DrawnSubstitute
from fieldapp.roles import Officer
from fieldapp.visits.models import Recusal, Substitution
from fieldapp.visits.rules import Decision, Ground, Interest, Outcome


def issue_recusal_decision(row: Recusal, *, by: Officer) -> None:
    """The 回避决定书: who applied, why, what was decided and how it is carried out."""
    visit = row.visit
    applicant = "被检查单位" if row.by_party else f"检查人员 {row.inspector.name if row.inspector else ''}"
    said = f"本机关依职权提请{applicant}回避" if row.is_ex_officio else f"{applicant}申请回避"
    asked = f"{moment_text(row.asked_at)}，{said}"
    decided = f"{'同意' if row.decision == Decision.AGREED else '不同意'}回避申请。{row.opinion}"
    carried = f"执行方式：{Outcome(row.outcome).label}。" if row.decision == Decision.AGREED and row.outcome else ""
    ground = row.text if row.by_party else f"{Interest(row.interest).label}：{row.text}"
    letter = rules.form("回避决定书", department_name(), rules.day_text(clock.today()), [
        rules.addressee(f"{visit.object.name if row.by_party else row.inspector.name if row.inspector else ''}："),
        rules.text(f"{asked}，事由为对“{visit.object.name}”的抽查检查。", f"理由：{ground}",
                   f"经审查，决定：{decided}", carried, "决定作出前，检查不停止。" if row.by_party else "",
                   f"决定人：{people.person(row.decided_by).name if row.decided_by else by.name}")])
    documents.issue_new(DocumentKind.RECUSAL, "recusal", row.id, letter, by=by)


def issue_substitute_record(row: Substitution, *, by: Officer) -> None:
    """The 递补人员抽取记录: who left on which ground, with whose consent, by which code out of which pool who came."""
    visit, drawn = row.visit, row.drawn
    came = row.substitute.name if row.substitute else ""
    consent = people.person(row.decided_by).name if row.decided_by else ""
    found = _drawing(drawn) if drawn is not None else (("外部平台抽取编号", row.reference),)
    rows = (("检查对象", visit.object.name), ("任务编号", "、".join(part.task.number for part in visit.visit_tasks)),
            ("原检查人员", row.inspector.name), ("原因", f"{Ground(row.ground).label}：{row.reason}"), ("同意人", consent),
            ("同意时间", moment_text(row.decided_at)), *found, ("递补人员", came), ("时间", moment_text(clock.now())))
    form = rules.form("递补人员抽取记录", department_name(), rules.day_text(clock.today()), [rules.facts(*rows)])
    documents.issue_new(DocumentKind.SUBSTITUTE, "substitution", row.id, form, by=by)


def _drawing(drawn: DrawnSubstitute) -> tuple[tuple[str, str], ...]:
    """By what anybody can draw again: the seed, the one-time code, the pool, the ticket."""
    return (("抽取次数", f"第 {drawn.number} 次"), ("种子", draws.draw(drawn.draw_id).seed or ""), ("一次性代码", drawn.code),
            ("候选名单", f"{len(drawn.pool)} 人"), ("候选名单散列值", digest(drawn.pool)), ("签号", drawn.ticket))
