"""The three steps of a review, and who may take each."""

from collections.abc import Collection
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_


class ReviewState(Labelled):
    """Where the review of a record stands."""

    LEADER_REVIEW = "leader_review", N_("待组长审核")
    OFFICER_CHECK = "officer_check", N_("待经办人核对")
    HEAD_APPROVAL = "head_approval", N_("待处室负责人审批")
    RETURNED = "returned", N_("已退回")
    APPROVED = "approved", N_("审核通过")


class Decision(Labelled):
    """What a step may end in."""

    AGREED = "agree", N_("同意")
    RETURNED = "return", N_("退回")


NEXT = {
    ReviewState.LEADER_REVIEW: ReviewState.OFFICER_CHECK,
    ReviewState.OFFICER_CHECK: ReviewState.HEAD_APPROVAL,
    ReviewState.HEAD_APPROVAL: ReviewState.APPROVED,
}


def step_after(state: ReviewState) -> ReviewState:
    """The step that follows an agreed one."""
    check_is_open(state)
    return NEXT[state]


def check_is_open(state: ReviewState) -> None:
    """A decision is taken only while one is due."""
    if state is ReviewState.APPROVED:
        raise Conflict("review.already_approved", N_("这份记录已经审核通过"))
    if state is ReviewState.RETURNED:
        raise Conflict("review.is_returned", N_("这份记录已退回检查组，等待补正后重新提交"))


@article("25")
def check_leader(person_id: UUID, leader_id: UUID | None) -> None:
    """The leader of the team signs the record off."""
    if leader_id is None:
        raise Refusal("review.no_leader", N_("检查组还没有组长，请处室主要负责同志先确定组长"))
    if person_id != leader_id:
        raise Forbidden("review.leader_only", N_("这一步由检查组组长办理"))


@article("25")
def check_officer(officer: Officer, division_id: UUID, team: Collection[UUID]) -> None:
    """An officer of the task's division who was not of the team checks the record."""
    if officer.division_id != division_id or not officer.is_any(Role.DIVISION_OFFICER):
        raise Forbidden("review.officer_only", N_("这一步由任务所在处室的经办人办理"))
    if officer.person_id in team:
        raise Forbidden("review.own_record", N_("您是检查组成员，这一步由检查组以外的经办人办理"))


@article("25")
def check_head(officer: Officer, division_id: UUID, team: Collection[UUID], heads: Collection[UUID]) -> None:
    """The division's head or deputy approves, and not one who was of the team."""
    if not officer.heads(division_id):
        raise Forbidden("review.head_only", N_("这一步由任务所在处室的负责人办理"))
    if officer.person_id not in team:
        return
    if set(heads) - set(team):
        raise Forbidden("review.head_of_the_team", N_("您是检查组成员，请由本处室另一位负责人办理"))
    raise Refusal("review.no_other_head", N_(
        "本处室的负责人都是检查组成员，不能自己审批。请系统管理员为本处室登记一位检查组以外的负责人（AB 角）后办理"))


def may_decide(state: ReviewState, officer: Officer, division_id: UUID, leader_id: UUID | None, team: Collection[UUID]) -> bool:
    """Whether a page offers the step that is due; to a head of the team too, who learns there who takes it instead."""
    if state is ReviewState.LEADER_REVIEW:
        return officer.person_id == leader_id
    if state is ReviewState.OFFICER_CHECK:
        is_of_division = officer.division_id == division_id and officer.is_any(Role.DIVISION_OFFICER)
        return is_of_division and officer.person_id not in team
    return state is ReviewState.HEAD_APPROVAL and officer.heads(division_id)


@article("25")
def check_return_says_why(remarks: Collection[str], opinion: str) -> None:
    """Who returns a record says what is to be put right."""
    if not opinion.strip() and not any(text.strip() for text in remarks):
        raise Refusal("review.return_needs_a_remark", N_("退回须写明意见，或者在具体栏目旁写批注"), field="opinion")
