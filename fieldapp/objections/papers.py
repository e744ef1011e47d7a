"""The 异议复核结论告知书: what was objected to, what the re-examination found, what was decided."""

from fieldapp import clock
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.rules import DocumentKind
from fieldapp.objections.models import Objection
from fieldapp.objections.rules import ObjectionDecision
from fieldapp.roles import Officer


def issue_decision(objection: Objection, *, by: Officer) -> None:
    """The letter that answers a decided objection."""
    part = objection.result.visit_task
    examiner = people.person(objection.examiner_id).name if objection.examiner_id else ""
    decided = "更正原检查结果" if objection.decision == ObjectionDecision.CORRECTED else "维持原检查结果"
    letter = rules.form("异议复核结论告知书", department_name(), rules.day_text(clock.today()), [
        rules.addressee(f"{part.visit.object.name}："),
        rules.text(f"{objection.applicant_name}对“{part.task.item.name}”检查结果提出的异议（{objection.number}），本机关于"
                   f"{rules.day_text(objection.received_on)}收到。", f"异议内容：{objection.grounds}"),
        rules.text("本机关已由检查组以外的人员复核。", f"复核情况：{objection.examination}", f"结论：{decided}。",
                   f"答复：{objection.answer}", rules.REMEDY_AFTER_REEXAMINATION, f"复核人：{examiner}　决定人：{by.name}")])
    documents.issue_new(DocumentKind.OBJECTION_DECISION, "objection", objection.id, letter, by=by)
