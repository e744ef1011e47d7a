"""The review's rules: who takes which step, what a result says, how a signed record is put right."""

from fieldapp.fieldwork.rules.words import ProposedCategory as ResultCategory
from fieldapp.review.rules.corrections import (
    check_annex_note,
    check_answer,
    check_correction_text,
    check_is_clerical,
    check_may_sign_beside,
    check_may_withdraw_beside,
    check_may_write_beside,
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
from fieldapp.review.rules.supplementary import (
    AWAITING_ENTITY,
    AddedFact,
    NotSigned,
    SupplementaryState,
    Supplemented,
    answers_remark,
    check_added,
    check_entity_may_sign,
    check_not_signed,
    check_signing_day,
    entity_signed,
    record_places,
    supplementary_content,
    supplementary_parts,
)

__all__ = [
    "AWAITING_ENTITY", "AddedFact", "Decision", "NotSigned", "ResultCategory", "ReviewState", "SupplementaryState",
    "Supplemented", "answers_remark", "category_of", "check_added", "check_annex_note", "check_answer",
    "check_change_has_reason", "check_correction_text", "check_enough_signatures", "check_entity_may_sign", "check_head",
    "check_is_clerical", "check_is_open", "check_leader", "check_may_sign_beside", "check_may_withdraw_beside",
    "check_may_write_beside", "check_no_person_named", "check_not_signed", "check_officer", "check_order",
    "check_return_says_why", "check_signing_day", "corrected", "entity_signed", "is_complete", "may_decide",
    "order_summary", "record_places", "step_after", "supplementary_content", "supplementary_parts",
]
