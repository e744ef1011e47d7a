"""The work plan of a task: method, standard, workflow, guidance; approved, then read by every member."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.tasks.rules.states import TaskState
from fieldapp.words import Labelled, N_

LONGEST_TEXT = 8000
ONLINE = timedelta(minutes=10)  # what arrives so soon was sent by a phone that had a network
WRITABLE = frozenset({TaskState.APPROVED, TaskState.OBJECTS_DRAWN, TaskState.GENERATED, TaskState.IN_PROGRESS})


class WorkPlanState(Labelled):
    """What has become of a version of the work plan."""

    SUBMITTED = "submitted", N_("待审批")
    APPROVED = "approved", N_("已批准")
    RETURNED = "returned", N_("已退回")
    SUPERSEDED = "superseded", N_("已有新版本")


def was_approved(state: str, decided_at: datetime | None) -> bool:
    """Whether a version is, or once was, in force; one that was replaced before anybody decided about it never was."""
    return decided_at is not None and state in {WorkPlanState.APPROVED, WorkPlanState.SUPERSEDED}


@dataclass(frozen=True, slots=True)
class WorkPlanTexts:
    """What a work plan says."""

    methods: str
    standard: str
    workflow: str
    guidance: str = ""
    reason: str = ""


@article("20")
def check_may_write_work_plan(officer: Officer, division_id: UUID, task_state: str) -> None:
    """The division writes the work plan of its task once the task is approved and until it is completed."""
    if officer.division_id != division_id or not officer.is_any(Role.DIVISION_OFFICER):
        raise NotFound("tasks.no_task", N_("没有这个任务"))
    if task_state not in WRITABLE:
        raise Conflict("tasks.no_work_plan_now", N_("任务审核通过后、完成前方可编写工作方案"))


@article("20")
def check_texts(texts: WorkPlanTexts) -> None:
    """A work plan says by which method, against which standard and in which steps."""
    for name, text in (("methods", texts.methods), ("standard", texts.standard), ("workflow", texts.workflow)):
        if not text.strip():
            raise Refusal("tasks.work_plan_incomplete", N_("工作方案应写明检查方式、检查标准和工作流程"), field=name)
    for name in ("methods", "standard", "workflow", "guidance", "reason"):
        if len(getattr(texts, name)) > LONGEST_TEXT:
            raise Refusal("tasks.text_too_long", N_("最多 %(most)s 个字"), field=name, most=LONGEST_TEXT)


@article("20")
def check_change_is_explained(texts: WorkPlanTexts, *, was_in_force: bool) -> None:
    """A plan that was in force is changed with a reason, by a new version; the earlier one stays readable."""
    if was_in_force and not texts.reason.strip():
        raise Refusal("tasks.change_unexplained", N_("工作方案已批准，修改须写明理由"), field="reason")


@article("20")
def version_known(received_at: datetime, happened_at: datetime, prepared_at: datetime | None) -> datetime:
    """As of when a plan counts for a visit that began: as it was then, for a phone that had a network; as the papers were
    prepared, for one that could not know of a later version."""
    if prepared_at is None or prepared_at > happened_at or received_at - happened_at <= ONLINE:
        return happened_at
    return prepared_at


@article("20")
def check_may_decide_work_plan(officer: Officer, division_id: UUID, author_id: UUID, state: str) -> None:
    """The division's head or deputy approves the work plan, never its author."""
    if not officer.heads(division_id):
        raise NotFound("tasks.no_work_plan", N_("没有这份工作方案"))
    if officer.person_id == author_id:
        raise Forbidden("tasks.author_may_not_approve_plan", N_("编写工作方案的人不能审批自己的方案"))
    if state != WorkPlanState.SUBMITTED:
        raise Conflict("tasks.work_plan_decided", N_("这份工作方案不在待审批状态"))


@article("20")
def check_may_be_read(state: str, *, is_member: bool) -> None:
    """A member of the team confirms having read the version in force."""
    if not is_member:
        raise Forbidden("tasks.not_a_member", N_("由检查组成员确认阅读"))
    if state != WorkPlanState.APPROVED:
        raise Conflict("tasks.work_plan_not_in_force", N_("这份工作方案尚未批准或已有新版本"))


@article("20")
def unread(member_ids: Iterable[UUID], reader_ids: Collection[UUID]) -> list[UUID]:
    """The members who have not read the work plan in force."""
    return [member_id for member_id in member_ids if member_id not in reader_ids]


def reading_id(work_plan_id: UUID, person_id: UUID) -> UUID:
    """The one thing that a member is asked for: to read this version."""
    return uuid5(work_plan_id, str(person_id))
