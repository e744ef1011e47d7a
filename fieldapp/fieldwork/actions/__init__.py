"""The verbs of fieldwork: prepare, apply what the phones send, tell the entity's copy."""

from fieldapp.fieldwork.actions.apply_close import issue_papers
from fieldapp.fieldwork.actions.apply_op import apply
from fieldapp.fieldwork.actions.hand import take_back
from fieldapp.fieldwork.actions.kits import prepare_kits, put_on_copy, set_pin
from fieldapp.fieldwork.actions.paper import enter_paper, prepare_paper, void_sheets
from fieldapp.fieldwork.actions.replies import Sender, Sent, check_may_reply, hold_files, reply
from fieldapp.fieldwork.actions.unsigned import decide_unsigned

__all__ = ["Sender", "Sent", "apply", "check_may_reply", "decide_unsigned", "enter_paper", "hold_files", "issue_papers",
           "prepare_kits", "prepare_paper", "put_on_copy", "reply", "set_pin", "take_back", "void_sheets"]
