"""The documents of a visit beside its notice: approval form, recusal decision, substitute record, interviews."""

from uuid import UUID

from fieldapp import clock
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind, Interview, moment_text
from fieldapp.refusals import Forbidden
from fieldapp.roles import Officer
from fieldapp.visits import queries
from fieldapp.visits.models import Recusal, Substitution, Visit, VisitApproval
from fieldapp.visits.rules import Decision, Ground, Interest, Outcome, Step, check_step
from fieldapp.words import N_

SOURCES = {"plan": "年度抽查工作计划", "external": "省工作平台下达"}


def issue_approval(visit: Visit, notice: Document, decided: VisitApproval, *, by: Officer) -> None:
    """The 行政检查审批表 of a visit that was approved, out of what its notice says."""
    said = notice.content or {}
    members = "；".join(f"{one['name']}（{one['duty']}，执法证号 {one['certificate_number'] or '无'}）"
                       for one in said["members"])
    helping = "；".join(f"{one['duty']} {one['name']}" for one in said.get("assisting", ()))
    tasks = [part.task for part in visit.visit_tasks]
    sources = "；".join(f"{SOURCES.get(task.origin, '临时任务')}，任务编号 {task.number}" for task in tasks)
    bases = "\n".join(dict.fromkeys(one["legal_basis"] for one in said["items"]))
    contents = "\n".join(f"{one['name']}：{one['inspection_content']}" for one in said["items"])
    rows = (("任务来源", sources), ("检查依据", bases), ("检查对象", f"{said['object']}（{said['uscc']}）"),
            ("地址", said["address"]), ("检查事项和内容", contents), ("检查方式", said["method"]), ("检查时间", said["slot"]),
            ("检查人员", members), ("协助检查", helping or "无"), ("本年度检查频次", said["frequency"]),
            ("承办机构", f"{visit.lead_division.name}，经办人 {said['contact']['name']}"),
            ("审批意见", decided.opinion or "同意"), ("审批人和时间", f"{by.name}，{moment_text(decided.at)}"),
            ("告知书文号", notice.number))
    form = rules.form("行政检查审批表", department_name(), rules.day_text(clock.today()), [rules.facts(*rows)])
    documents.issue_new(DocumentKind.APPROVAL, "visit_approval", decided.id, form, by=by)


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
    found = (("抽取次数", f"第 {drawn.number} 次"), ("一次性代码", drawn.code), ("候选人数", f"{len(drawn.pool)} 人"),
             ("签号", drawn.ticket)) if drawn is not None else (("外部平台抽取编号", row.reference),)
    rows = (("检查对象", visit.object.name), ("任务编号", "、".join(part.task.number for part in visit.visit_tasks)),
            ("原检查人员", row.inspector.name), ("原因", f"{Ground(row.ground).label}：{row.reason}"), ("同意人", consent),
            ("同意时间", moment_text(row.decided_at)), *found, ("递补人员", came), ("时间", moment_text(clock.now())))
    form = rules.form("递补人员抽取记录", department_name(), rules.day_text(clock.today()), [rules.facts(*rows)])
    documents.issue_new(DocumentKind.SUBSTITUTE, "substitution", row.id, form, by=by)


def write_interview(visit_id: UUID, told: Interview, *, by: Officer) -> Document:
    """A member of the team writes down an interview; it is issued, printed and signed page by page."""
    visit = queries.visit_for_change(by, visit_id)
    if by.person_id not in queries.member_person_ids(visit):
        raise Forbidden("visits.not_on_the_team", N_("这一步由检查组成员办理"))
    check_step(Step.INTERVIEW, visit.state)
    members = [rules.Member(one.inspector.name, one.inspector.division.name, one.inspector.certificate_number or "")
               for one in queries.members(visit)]
    rules.check_interview(told, members)
    subject = f"对“{visit.object.name}”的抽查检查"
    content = rules.interview_content(told, members, department_name(), subject)
    return documents.issue_new(DocumentKind.INTERVIEW, "visit", visit.id, content, by=by)
