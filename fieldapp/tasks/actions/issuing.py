"""The 抽查检查工作方案 of a task, as each approved version is issued."""

from fieldapp import clock
from fieldapp.accounts import queries as people
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.rules import DocumentKind, moment_text
from fieldapp.roles import Officer
from fieldapp.tasks.models import Task, WorkPlan


def issue_work_plan(plan: WorkPlan, task: Task, *, by: Officer) -> None:
    """The plan with its task, texts, author and approval."""
    rows = (("任务", f"{task.name}（{task.number}）"), ("抽查事项", task.item.name), ("检查依据", task.item.legal_basis),
            ("检查时间", f"{rules.day_text(task.first_day)} 至 {rules.day_text(task.last_day)}"),
            ("检查方式", "、".join(rules.METHODS.get(one, one) for one in task.inspection_methods)),
            ("版本", f"第 {plan.version} 版" + (f"，修改理由：{plan.reason}" if plan.reason else "")),
            ("拟订人", f"{people.person(plan.author_id).name}，{moment_text(plan.written_at)}"),
            ("审批意见", f"{plan.opinion or '同意'}（{by.name}，{moment_text(plan.decided_at)}）"))
    parts = [rules.facts(*rows)]
    for title, said in (("检查方法", plan.methods_text), ("检查标准", plan.standard_text), ("工作流程", plan.workflow_text),
                        ("现场指引", plan.guidance_text)):
        if said.strip():
            parts += [rules.heading(title), rules.text(*said.splitlines())]
    form = rules.form("抽查检查工作方案", department_name(), rules.day_text(clock.today()), parts)
    documents.issue_new(DocumentKind.WORK_PLAN, "work_plan", plan.id, form, by=by)
