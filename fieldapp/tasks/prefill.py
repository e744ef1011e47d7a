"""With what a work plan begins: the item's methods, its checklist as the standard, the steps of articles 21 to 25."""

from fieldapp.registry.models import ChecklistItem
from fieldapp.registry.rules import InspectionMethod
from fieldapp.tasks.models import Task, WorkPlan
from fieldapp.tasks.rules import WorkPlanTexts

METHODS = {
    InspectionMethod.ON_SITE: "实地核查：两名以上执法检查人员到检查对象住所或经营场所，主动出示执法证件，当场检查。",
    InspectionMethod.WRITTEN: "书面检查：送达材料清单和提交期限，核对检查对象提交的材料。",
    InspectionMethod.ONLINE: "网络监测：在线查看公开信息和系统数据，留存网页、时间和校验值。",
}
WORKFLOW = (
    "预约检查时间，准备检查资料和设备。", "到达现场，全体检查人员确认到场。", "出示行政执法证件，发放抽查告知书，告知权利义务。",
    "对照检查表单逐项检查，如实记录并取证。", "形成抽查检查记录，交检查对象核对，签字或盖章；拒绝的注明情况。",
    "检查人员签字，上传记录。", "组长审核、处室核对审批后公示检查结果。",
)
GUIDANCE = (
    "不得妨碍检查对象正常的生产经营活动；不得刻意要求法定代表人到场。", "检查范围以本方案和检查表单为限，其他发现须说明理由。",
    "与检查对象有利害关系的，应当申请回避。",
)


def first_texts(task: Task) -> WorkPlanTexts:
    """The texts of a first version, out of the task, its item and its checklist."""
    checks = task.checklist.items if task.checklist else []
    standard = [_standard(check) for check in checks] or [task.item.inspection_content]
    guidance = [*GUIDANCE, *([f"人员要求：{task.item.staff_requirement}"] if task.item.staff_requirement else [])]
    methods = [METHODS[InspectionMethod(method)] for method in task.inspection_methods]
    return WorkPlanTexts("\n".join(methods), "\n".join([f"检查依据：{task.item.legal_basis}", *standard]),
                         _numbered(WORKFLOW), "\n".join(guidance))


def texts_of(plan: WorkPlan) -> WorkPlanTexts:
    """The texts of an earlier version, with which the next begins."""
    return WorkPlanTexts(plan.methods_text, plan.standard_text, plan.workflow_text, plan.guidance_text)


def _standard(check: ChecklistItem) -> str:
    marks = [check.method] if check.method else []
    marks += ["必查"] if check.is_mandatory else []
    return f"{check.number}. {check.standard}" + (f"（{'；'.join(marks)}）" if marks else "")


def _numbered(lines: tuple[str, ...]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))
