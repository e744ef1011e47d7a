"""The states of a task, strictly in the order of article 14."""

from fieldapp.law import article
from fieldapp.refusals import Conflict
from fieldapp.words import Labelled, N_


class TaskState(Labelled):
    """How far a task has come."""

    DRAFT = "draft", N_("草稿")
    SUBMITTED = "submitted", N_("待审核")
    RETURNED = "returned", N_("已退回")
    APPROVED = "approved", N_("待抽取")
    OBJECTS_DRAWN = "objects_drawn", N_("已抽取")
    GENERATED = "generated", N_("已生成")
    IN_PROGRESS = "in_progress", N_("检查中")
    COMPLETED = "completed", N_("全部完成")
    CANCELLED = "cancelled", N_("已取消")


class TaskOrigin(Labelled):
    """Where a task comes from: the plan, or a platform on which it was already drawn."""

    PLAN = "plan", N_("年度计划")
    EXTERNAL = "external", N_("外部平台")


@article("14")
def check_may_be_edited(state: str) -> None:
    """A task is changed before it is submitted, or after it came back."""
    if state not in {TaskState.DRAFT, TaskState.RETURNED}:
        raise Conflict("tasks.not_editable", N_("任务已提交，不能再修改；退回后可以修改"))


@article("14")
def check_may_be_drawn(state: str) -> None:
    """Nothing is drawn before the task was approved, and nothing a second time."""
    if state in {TaskState.DRAFT, TaskState.SUBMITTED, TaskState.RETURNED}:
        raise Conflict("tasks.not_approved", N_("任务尚未审核通过，不能抽取"))
    if state != TaskState.APPROVED:
        raise Conflict("tasks.already_drawn", N_("任务已抽取或已取消，不能再抽取"))


@article("14")
def check_may_be_generated(state: str) -> None:
    """A task is generated once, after its objects were drawn and its inspectors matched."""
    if state != TaskState.OBJECTS_DRAWN:
        raise Conflict("tasks.not_ready_to_generate", N_("抽取对象、匹配人员完成后方可生成任务，且只能生成一次"))


@article("21")
def check_may_start(state: str) -> None:
    """Inspections begin once the task is generated."""
    if state not in {TaskState.GENERATED, TaskState.IN_PROGRESS}:
        raise Conflict("tasks.not_generated", N_("任务尚未生成或已经结束"))


@article("25")
def check_may_complete(state: str) -> None:
    """A task is completed once, by its last inspection."""
    if state not in {TaskState.GENERATED, TaskState.IN_PROGRESS}:
        raise Conflict("tasks.cannot_complete", N_("任务尚未开始检查或已经完成"))
