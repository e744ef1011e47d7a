"""The 抽查检查工作方案 of a task, as each approved version is issued."""

from fieldapp import clock
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.roles import Officer
from fieldapp.tasks.models import Task, WorkPlan
from fieldapp.tasks.rules.paper import WorkPlanFacts, work_plan_form


def issue_work_plan(plan: WorkPlan, task: Task, *, by: Officer) -> None:
    """Issue an approved version of the work plan."""
    told = WorkPlanFacts(
        department_name(), task.name, task.number, task.item.name, task.item.legal_basis, task.first_day, task.last_day,
        task.inspection_methods, plan.version, plan.reason or "", people.person(plan.author_id).name, plan.written_at,
        plan.opinion or "", by.name, plan.decided_at,
        (("检查方法", plan.methods_text), ("检查标准", plan.standard_text), ("工作流程", plan.workflow_text),
         ("现场指引", plan.guidance_text)))
    documents.issue_new(DocumentKind.WORK_PLAN, "work_plan", plan.id, work_plan_form(told, clock.today()), by=by)
