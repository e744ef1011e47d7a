"""The order of the steps: an approved task, one draw, then the inspectors, then the leader. Nothing is run again."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, NotFound, Refusal
from fieldapp.words import N_

PATIENCE = timedelta(hours=24)


@article("14")
def check_task_may_be_drawn(*, approved: bool, already_drawn: bool) -> None:
    """A task is drawn after its approval, and once: a draw is never run again because the result is not liked (E34).

    `already_drawn` says that the task has a draw that is not void.
    """
    if not approved:
        raise Conflict("draw.task_not_approved", N_("任务尚未审核通过，不能抽取"))
    if already_drawn:
        raise Conflict("draw.already_drawn", N_("该任务已抽取过，结果不得更换"))


@article("16")
def check_second_approval_is_wanted(*, approved: bool, already_drawn: bool, lacking: bool) -> None:
    """A second approval is asked for and given while an approved task waits for it, and not otherwise."""
    check_task_may_be_drawn(approved=approved, already_drawn=already_drawn)
    if not lacking:
        raise Conflict("draw.no_second_approval_wanted", N_("这个任务不需要再次审批，或者已经再次审批"))


@article("16")
def check_second_approver(*, approver: UUID, first_approver: UUID | None, opinion: str) -> None:
    """The second approval is another person's, whatever their names, and says why."""
    if approver == first_approver:
        raise Refusal("draw.second_approver_is_the_first", N_("再次审批须由另一人作出"))
    if not opinion.strip():
        raise Refusal("draw.second_approval_needs_opinion", N_("再次审批须写明意见"), field="opinion")


@article("6", "16")
def check_reasons_were_seen(wanted: Collection[str], seen: Collection[str]) -> None:
    """Nobody approves what came up after the page was opened."""
    if not set(wanted) <= set(seen):
        raise Refusal("draw.second_approval_changed", N_("打开页面后情况有变，须再次审批的事项见上，请看过后再作决定"))


@article("6")
def check_may_let_in(*, before_freeze: bool, at_cap: bool, reason: str) -> None:
    """The yearly cap holds "in principle": legal affairs lets an object into a pool before its freeze, with a reason (E3)."""
    if not before_freeze:
        raise Conflict("draw.pool_is_frozen", N_("名录已冻结，或者任务尚未审核通过，不能再列入抽取"))
    if not at_cap:
        raise Conflict("draw.not_at_cap", N_("该对象没有达到检查次数上限，或者已经列入抽取"))
    if not reason.strip():
        raise Refusal("draw.let_in_needs_a_reason", N_("超过检查次数上限仍列入抽取，须说明理由"), field="reason")


@article("14")
def check_draw_stands(*, voided: bool) -> None:
    """No step is taken in a draw that is void: it stays as it was, beside the next."""
    if voided:
        raise Conflict("draw.is_void", N_("该次抽取已作废，不能继续"))


@article("14")
def check_objects_may_be_drawn(*, already_drawn: bool, has_seed: bool) -> None:
    """Objects are drawn once, by the seed that its contributors have made."""
    if already_drawn:
        raise Conflict("draw.already_drawn", N_("检查对象已经抽取，结果不得更换"))
    if not has_seed:
        raise Conflict("draw.seed_not_made", N_("种子尚未生成，请先由两人承诺并揭示"))


@article("14")
def check_inspectors_may_be_matched(*, objects_drawn: bool, already_matched: bool) -> None:
    """Inspectors are matched after the objects are drawn, and once."""
    if not objects_drawn:
        raise Conflict("draw.objects_not_drawn", N_("尚未抽取检查对象，不能匹配执法检查人员"))
    if already_matched:
        raise Conflict("draw.already_matched", N_("该任务已匹配过执法检查人员，结果不得更换"))


@article("14")
def check_void_may_be_asked(*, already_asked: bool, already_void: bool, generated: bool, reason: str) -> None:
    """A draw that cannot go on may be voided until its task is generated; the reason is public."""
    if already_asked or already_void:
        raise Conflict("draw.already_void", N_("该次抽取已作废，或者已经申请作废"))
    if generated:
        raise Conflict("draw.task_is_generated", N_("任务已生成，抽取结果不能作废"))
    if not reason.strip():
        raise Refusal("draw.void_needs_a_reason", N_("作废须说明理由"), field="reason")


def check_void_was_asked(*, asked: bool, agrees: bool, opinion: str) -> None:
    """Somebody has asked to void the draw; who lets it stand says why."""
    if not asked:
        raise Conflict("draw.void_not_asked", N_("没有人申请作废该次抽取"))
    if not agrees and not opinion.strip():
        raise Refusal("draw.opinion_missing", N_("不同意须写明意见"), field="opinion")


@article("3", "14")
def check_draw_may_be_voided(*, already_void: bool, reason: str, approver: str, second_approver: str) -> None:
    """A draw is only ever voided, with a reason and a second person's approval; it stays visible beside the next."""
    if already_void:
        raise Conflict("draw.already_void", N_("该次抽取已作废"))
    if not reason.strip():
        raise Refusal("draw.void_needs_a_reason", N_("作废须说明理由"), field="reason")
    if not approver or not second_approver or approver == second_approver:
        raise Refusal(
            "draw.void_needs_second_approval", N_("作废须由两人分别审批"), field="second_approver"
        )


@article("16")
def seed_time_out(frozen_at: datetime, committed: Sequence[datetime | None]) -> datetime:
    """When a draw without its seed is void: a day after the freeze for the commitments, a day after the last for
    the reveals, a day after it was named for the beacon."""
    given = [moment for moment in committed if moment is not None]
    return (max(given) if given and len(given) == len(committed) else frozen_at) + PATIENCE


@article("3", "14")
def leaves_are_public(*, leaf_file: str, inspections_over: bool) -> bool:
    """Whether the leaf file may be shown: at once, or after the inspections where a small class or stratum would tell."""
    return leaf_file == "at_once" or inspections_over


@article("3", "14")
def check_bundle_is_public(*, drawn: bool, leaves: bool) -> None:
    """A draw's bundle is published the minute its objects are drawn; it holds nobody's name."""
    if not drawn:
        raise NotFound("draw.not_drawn_yet", N_("这次抽取还没有结果，抽取后立即公开"))
    if not leaves:
        raise NotFound("draw.leaves_come_later", N_("有一层（类）不足 20 户，叶子文件在全部检查结束后公开"))
