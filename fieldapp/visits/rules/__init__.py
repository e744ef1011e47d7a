"""The law of visits: states, whose step it is, slot, readiness, leader, merging, 人员核验."""

from fieldapp.visits.rules.credential import CredentialFacts, Verdict, verdict
from fieldapp.visits.rules.duties import (
    check_external_rows,
    check_heads,
    check_may_approve,
    check_may_arrange,
    check_opinion,
    check_reason,
    may_approve,
    may_arrange,
)
from fieldapp.visits.rules.merging import (
    Demand,
    Gap,
    MergeDecision,
    Qualified,
    check_may_recognise,
    check_may_take_out,
    check_merge_decision,
    gap,
    united_team,
    windows_meet,
    windows_together,
)
from fieldapp.visits.rules.readiness import (
    Assisting,
    Attendant,
    Readiness,
    TaskReadiness,
    check_is_ready,
    check_visit_may_start,
    missing,
)
from fieldapp.visits.rules.recusal import (
    Decision,
    Fitness,
    Ground,
    Interest,
    Outcome,
    check_decides_recusal,
    check_drawn_elsewhere,
    check_ground,
    check_is_undecided,
    check_may_ask_recusal,
    check_may_draw_again,
    check_may_swap,
    check_may_take_reserve,
    check_none_is_open,
    check_takes_reserve,
)
from fieldapp.visits.rules.showing import (
    CONTEXT,
    OLDEST,
    TURN,
    Shown,
    began,
    check_is_fresh,
    check_is_unsettled,
    check_may_register,
    check_point,
    check_shown_by,
    code_text,
    key_id,
    read_code,
    written_code,
)
from fieldapp.visits.rules.slot import CLOSING, OPENING, Window, check_slot, is_in_working_hours
from fieldapp.visits.rules.states import (
    BEFORE_NOTICE,
    BEFORE_START,
    GONE,
    ON_SITE,
    OPEN,
    UNDER_WAY,
    BatchState,
    Step,
    VisitState,
    check_batch_is_open,
    check_may_be_generated,
    check_step,
    may_take,
)
from fieldapp.visits.rules.team import (
    Seated,
    check_leader,
    check_member_may_leave,
    check_member_may_return,
    check_on_team,
    must_pause,
    proposed_leader,
)

__all__ = [
    "BEFORE_NOTICE", "BEFORE_START", "CLOSING", "CONTEXT", "GONE", "OLDEST", "ON_SITE", "OPEN", "OPENING", "TURN",
    "UNDER_WAY", "Assisting", "Attendant", "BatchState", "CredentialFacts", "Decision", "Demand", "Fitness", "Gap",
    "Ground", "Interest", "MergeDecision", "Outcome", "Qualified", "Readiness", "Seated", "Shown", "Step", "TaskReadiness",
    "Verdict", "VisitState", "Window", "began", "check_batch_is_open", "check_decides_recusal", "check_drawn_elsewhere",
    "check_external_rows", "check_ground", "check_heads", "check_is_fresh", "check_is_ready", "check_is_undecided",
    "check_is_unsettled", "check_leader", "check_may_approve", "check_may_arrange", "check_may_ask_recusal",
    "check_may_be_generated", "check_may_draw_again", "check_may_recognise", "check_may_register", "check_may_swap",
    "check_may_take_out", "check_may_take_reserve", "check_member_may_leave", "check_member_may_return",
    "check_merge_decision", "check_none_is_open", "check_on_team", "check_opinion", "check_point", "check_reason",
    "check_shown_by", "check_slot", "check_step", "check_takes_reserve", "check_visit_may_start", "code_text", "gap",
    "is_in_working_hours", "key_id", "may_approve", "may_arrange", "may_take", "missing", "must_pause", "proposed_leader",
    "read_code", "united_team", "verdict", "windows_meet", "windows_together", "written_code",
]
