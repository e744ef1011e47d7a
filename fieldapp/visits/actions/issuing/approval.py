"""The 行政检查审批表 of a visit."""

from fieldapp import clock
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind
from fieldapp.roles import Officer
from fieldapp.visits.models import Visit, VisitApproval
from fieldapp.visits.rules.papers import Approval, approval_form


def issue_approval(visit: Visit, notice: Document, decided: VisitApproval, *, by: Officer) -> None:
    """Issue the approval form of a visit that was approved."""
    told = Approval(department_name(), [(part.task.origin, part.task.number) for part in visit.visit_tasks],
                    notice.content or {}, notice.number, visit.lead_division.name, decided.opinion or "", by.name, decided.at)
    documents.issue_new(DocumentKind.APPROVAL, "visit_approval", decided.id, approval_form(told, clock.today()), by=by)
