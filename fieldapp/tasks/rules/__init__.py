"""The tasks' rules: what may be set up, who decides, in which order, and the work plan."""

from fieldapp.tasks.rules.deciding import (
    Decision,
    DecisionKind,
    check_head_may_decide,
    check_may_cancel,
    check_may_submit,
    check_opinion,
)
from fieldapp.tasks.rules.setting import (
    Conditions,
    DrawMode,
    ExternalTask,
    MatchCondition,
    MatchMode,
    Pool,
    TaskSettings,
    check_draw,
    check_matching,
    check_plan_line,
    check_window,
    condition_text,
    conditions_asked,
    is_narrow,
    meets_conditions,
    quota_for,
)
from fieldapp.tasks.rules.states import (
    TaskOrigin,
    TaskState,
    check_may_be_drawn,
    check_may_be_edited,
    check_may_be_generated,
    check_may_complete,
    check_may_start,
)
from fieldapp.tasks.rules.strata import Stratum, check_strata, kept, raised, strata_of
from fieldapp.tasks.rules.work_plan import (
    WRITABLE,
    WorkPlanState,
    WorkPlanTexts,
    check_change_is_explained,
    check_may_be_read,
    check_may_decide_work_plan,
    check_may_write_work_plan,
    check_texts,
    reading_id,
    unread,
    version_known,
    was_approved,
)

__all__ = [
    "WRITABLE", "Conditions", "Decision", "DecisionKind", "DrawMode", "ExternalTask", "MatchCondition", "MatchMode",
    "Pool", "Stratum", "TaskOrigin", "TaskSettings", "TaskState", "WorkPlanState", "WorkPlanTexts",
    "check_change_is_explained", "check_draw", "check_head_may_decide", "check_matching", "check_may_be_drawn",
    "check_may_be_edited", "check_may_be_generated", "check_may_be_read", "check_may_cancel", "check_may_complete",
    "check_may_decide_work_plan", "check_may_start", "check_may_submit", "check_may_write_work_plan", "check_opinion",
    "check_plan_line", "check_strata", "check_texts", "check_window", "condition_text", "conditions_asked",
    "is_narrow", "kept", "meets_conditions", "quota_for", "raised", "reading_id", "strata_of", "unread",
    "version_known", "was_approved",
]
