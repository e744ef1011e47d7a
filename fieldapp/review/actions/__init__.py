"""The verbs of the review: open, decide step by step, return, correct a signed record, supplement it."""

from fieldapp.review.actions.annexes import ask_for_annex, mark_annexes_seen
from fieldapp.review.actions.correcting import (
    answer_remark,
    sign_clerical_correction,
    withdraw_clerical_correction,
    write_clerical_correction,
)
from fieldapp.review.actions.deciding import Approval, Remark, decide_review
from fieldapp.review.actions.entity_signing import (
    decline_by_link,
    note_not_signed,
    sign_by_link,
    sign_on_inspectors_phone,
)
from fieldapp.review.actions.opening import open_review, resubmit_record
from fieldapp.review.actions.supplementing import (
    Served,
    serve_supplementary_record,
    sign_supplementary_record,
    withdraw_supplementary_record,
    write_supplementary_record,
)

__all__ = [
    "Approval", "Remark", "Served", "answer_remark", "ask_for_annex", "decide_review", "decline_by_link",
    "mark_annexes_seen", "note_not_signed", "open_review", "resubmit_record", "serve_supplementary_record",
    "sign_by_link", "sign_clerical_correction", "sign_on_inspectors_phone", "sign_supplementary_record",
    "withdraw_clerical_correction", "withdraw_supplementary_record", "write_clerical_correction",
    "write_supplementary_record",
]
