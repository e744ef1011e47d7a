"""The review's rules: who takes which step, what a result says, how a signed record is put right."""

from fieldapp.fieldwork.rules.words import ProposedCategory as ResultCategory
from fieldapp.review.rules.corrections import (
    check_annex_note,
    check_answer,
    check_correction_text,
    check_is_clerical,
    check_may_correct,
    check_may_sign_correction,
    check_may_withdraw_correction,
    corrected,
    is_complete,
)
from fieldapp.review.rules.result import (
    category_of,
    check_change_has_reason,
    check_enough_signatures,
    check_no_person_named,
    check_order,
    order_summary,
)
from fieldapp.review.rules.steps import (
    Decision,
    ReviewState,
    check_head,
    check_is_open,
    check_leader,
    check_officer,
    check_return_says_why,
    may_decide,
    step_after,
)

__all__ = [
    "Decision", "ResultCategory", "ReviewState", "category_of", "check_annex_note", "check_answer", "check_change_has_reason",
    "check_correction_text", "check_enough_signatures", "check_head", "check_is_clerical", "check_is_open",
    "check_leader", "check_may_correct", "check_may_sign_correction", "check_may_withdraw_correction",
    "check_no_person_named", "check_officer", "check_order", "check_return_says_why", "corrected", "is_complete",
    "may_decide", "order_summary", "step_after",
]
