"""The 行政检查审批表 of a visit."""

from fieldapp import clock
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind, moment_text
from fieldapp.roles import Officer
from fieldapp.visits.models import Visit, VisitApproval

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
