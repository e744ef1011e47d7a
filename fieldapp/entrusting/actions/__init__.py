"""The verbs of article 19."""

from fieldapp.entrusting.actions.directory import (
    Declared,
    Qualification,
    add_certificate,
    add_party,
    declare_interest,
    end_party,
)
from fieldapp.entrusting.actions.entrust import Terms, ask_entrustment, decide_entrustment, end_entrustment
from fieldapp.entrusting.actions.files import HandedIn, hold_file
from fieldapp.entrusting.actions.recuse import decide_recusal, note_recusal
from fieldapp.entrusting.actions.report import Report, hand_in_report

__all__ = [
    "Declared", "HandedIn", "Qualification", "Report", "Terms", "add_certificate", "add_party", "ask_entrustment",
    "decide_entrustment", "decide_recusal", "declare_interest", "end_entrustment", "end_party", "hand_in_report",
    "hold_file", "note_recusal",
]
