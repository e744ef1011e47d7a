"""Who submits, who approves, who cancels a task."""

from collections.abc import Collection
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.tasks.rules.states import TaskState
from fieldapp.words import Labelled, N_

LONGEST_OPINION = 1000


class Decision(Labelled):
    """What the one asked says."""

    AGREE = "agree", N_("同意")
    DISAGREE = "disagree", N_("不同意")


class DecisionKind(Labelled):
    """What happened on the way through approval."""

    SUBMITTED = "submitted", N_("任务已提交审核")
    APPROVED = "approved", N_("任务审核通过")
    RETURNED = "returned", N_("任务审核退回")
    CANCELLED = "cancelled", N_("任务已取消")


@article("14")
def check_may_submit(officer: Officer, division_id: UUID, state: str) -> None:
    """An officer of the division submits a task that is not under way yet."""
    if officer.division_id != division_id or not officer.is_any(Role.DIVISION_OFFICER):
        raise NotFound("tasks.no_task", N_("没有这个任务"))
    if state == TaskState.SUBMITTED:
        raise Conflict("tasks.already_submitted", N_("任务已提交，正在等待审核"))
    if state not in {TaskState.DRAFT, TaskState.RETURNED}:
        raise Conflict("tasks.past_submission", N_("任务已审核，不需再提交"))


@article("14")
def check_head_may_decide(officer: Officer, division_id: UUID, author_ids: Collection[UUID], state: str) -> None:
    """The division's head or deputy approves, never somebody who wrote or submitted the task."""
    if not officer.heads(division_id):
        raise NotFound("tasks.no_task", N_("没有这个任务"))
    if officer.person_id in author_ids:
        raise Forbidden("tasks.author_may_not_approve", N_("设置或提交任务的人不能审核自己的任务"))
    if state != TaskState.SUBMITTED:
        raise Conflict("tasks.not_waiting", N_("任务不在待审核状态"))


def check_opinion(decision: Decision, opinion: str) -> None:
    """Whoever disagrees says why."""
    if decision is Decision.DISAGREE and not opinion.strip():
        raise Refusal("tasks.opinion_missing", N_("不同意时必须写明意见"), field="opinion")
    if len(opinion) > LONGEST_OPINION:
        raise Refusal("tasks.text_too_long", N_("最多 %(most)s 个字"), field="opinion", most=LONGEST_OPINION)


@article("14")
def check_may_cancel(officer: Officer, division_id: UUID, state: str, reason: str) -> None:
    """A task is cancelled with a reason while nothing is drawn: before approval by the division, afterwards by its head."""
    may = officer.heads(division_id) or (officer.division_id == division_id and officer.is_any(Role.DIVISION_OFFICER))
    if not may:
        raise NotFound("tasks.no_task", N_("没有这个任务"))
    if state not in {TaskState.DRAFT, TaskState.SUBMITTED, TaskState.RETURNED, TaskState.APPROVED}:
        raise Conflict("tasks.too_late_to_cancel", N_("任务已抽取或已结束，不能取消"))
    if state == TaskState.APPROVED and not officer.heads(division_id):
        raise Forbidden("tasks.head_cancels", N_("审核通过的任务由处室负责人取消"))
    if not reason.strip():
        raise Refusal("tasks.cancel_reason_missing", N_("取消任务须写明理由"), field="reason")
