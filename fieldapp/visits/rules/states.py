"""The states of a visit, and which step may be taken in which."""

from fieldapp.law import article
from fieldapp.refusals import Conflict
from fieldapp.words import Labelled, N_


class VisitState(Labelled):
    """Where a visit stands, from its generation to its closing."""

    PROPOSED = "proposed", N_("待约定时间")
    SLOT_AGREED = "slot_agreed", N_("待送审")
    SUBMITTED = "submitted", N_("待审批")
    APPROVED = "approved", N_("已批准")
    IN_PROGRESS = "in_progress", N_("检查中")
    PAUSED = "paused", N_("已暂停")
    RETURNED = "returned", N_("记录退回")
    CLOSED = "closed", N_("已结束")
    MERGED = "merged", N_("已合并")
    CANCELLED = "cancelled", N_("已取消")


BEFORE_NOTICE = frozenset({VisitState.PROPOSED, VisitState.SLOT_AGREED, VisitState.SUBMITTED})
BEFORE_START = BEFORE_NOTICE | {VisitState.APPROVED}
UNDER_WAY = frozenset({VisitState.IN_PROGRESS, VisitState.PAUSED, VisitState.RETURNED})
ON_SITE = frozenset({VisitState.APPROVED}) | UNDER_WAY
OPEN = BEFORE_START | UNDER_WAY
ASSISTED = OPEN | {VisitState.CLOSED}
"""While work may be entrusted that is done elsewhere (article 19)."""
GONE = frozenset({VisitState.MERGED, VisitState.CANCELLED})


class Step(Labelled):
    """What can be done with a visit, as the refusal of it names it."""

    AGREE_SLOT = "agree_slot", N_("约定时间")
    APPOINT_LEADER = "appoint_leader", N_("确定组长")
    SUBMIT = "submit", N_("送审")
    DECIDE = "decide", N_("审批")
    MERGE = "merge", N_("合并")
    CHANGE_TEAM = "change_team", N_("调整检查组")
    SWAP = "swap", N_("对调检查对象")
    DECIDE_PARTY_RECUSAL = "decide_party_recusal", N_("决定当事人的回避申请")
    START = "start", N_("开始检查")
    PAUSE = "pause", N_("暂停检查")
    CLOSE = "close", N_("结束检查")
    RETURN = "return", N_("退回记录")
    CANCEL = "cancel", N_("取消检查")
    INTERVIEW = "interview", N_("写询问笔录")


STATES_FOR = {
    Step.INTERVIEW: ON_SITE,
    Step.AGREE_SLOT: BEFORE_START,
    Step.APPOINT_LEADER: OPEN,
    Step.SUBMIT: frozenset({VisitState.SLOT_AGREED}),
    Step.DECIDE: frozenset({VisitState.SUBMITTED}),
    Step.MERGE: BEFORE_START,
    Step.CHANGE_TEAM: OPEN,
    Step.SWAP: BEFORE_START,
    Step.DECIDE_PARTY_RECUSAL: OPEN | {VisitState.CLOSED},
    Step.START: frozenset({VisitState.APPROVED, VisitState.PAUSED}),
    Step.PAUSE: frozenset({VisitState.IN_PROGRESS}),
    Step.CLOSE: frozenset({VisitState.IN_PROGRESS, VisitState.PAUSED, VisitState.RETURNED}),
    Step.RETURN: frozenset({VisitState.CLOSED, VisitState.RETURNED}),
    Step.CANCEL: BEFORE_START,
}


def may_take(step: Step, state: str) -> bool:
    """Whether a visit in this state allows the step."""
    return state in STATES_FOR[step]


@article("14", "15")
def check_step(step: Step, state: str) -> None:
    """Refuse a step that the visit's state does not allow."""
    if not may_take(step, state):
        raise Conflict("visits.wrong_state", N_("该检查目前“%(state)s”，不能%(step)s"),
                       state=VisitState(state).label, step=step.label)


@article("14")
def check_may_be_generated(*, task_state: str, is_matched: bool) -> None:
    """A task's visits are generated once, after its objects are drawn and its inspectors matched."""
    if task_state in {"generated", "in_progress", "completed"}:
        raise Conflict("visits.already_generated", N_("该任务已经生成检查"))
    if task_state != "objects_drawn" or not is_matched:
        raise Conflict("visits.not_matched", N_("检查对象和执法检查人员都抽取完成后，才能生成检查"))


class BatchState(Labelled):
    """What became of a sheet of tasks drawn elsewhere."""

    HANDED_IN = "handed_in", N_("待确认")
    ACCEPTED = "accepted", N_("已接受")
    REJECTED = "rejected", N_("已搁置")


@article("3")
def check_batch_is_open(state: str) -> None:
    """A sheet is decided once."""
    if state != BatchState.HANDED_IN:
        raise Conflict("visits.batch_decided", N_("这份导入表已经处理"))
