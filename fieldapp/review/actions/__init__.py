"""The verbs of the review: open, decide step by step, return, correct a signed record."""

from fieldapp.review.actions.annexes import ask_for_annex, mark_annexes_seen
from fieldapp.review.actions.correcting import (
    answer_remark,
    sign_clerical_correction,
    withdraw_clerical_correction,
    write_clerical_correction,
)
from fieldapp.review.actions.deciding import Approval, Remark, decide_review
from fieldapp.review.actions.opening import open_review, resubmit_record

__all__ = ["Approval", "Remark", "answer_remark", "ask_for_annex", "decide_review", "mark_annexes_seen", "open_review",
           "resubmit_record", "sign_clerical_correction", "withdraw_clerical_correction", "write_clerical_correction"]
