"""The verbs of visits."""

from fieldapp.visits.actions.arrange import Slot, agree_slot, decide_visit, reserve_order_numbers, submit_visit
from fieldapp.visits.actions.course import (
    await_signature,
    cancel_visit,
    close_part,
    close_visit,
    pause_visit,
    start_visit,
)
from fieldapp.visits.actions.credentials import register_key, report_doubt, revoke_keys, settle_doubt
from fieldapp.visits.actions.external import (
    ReadSheet,
    accept_external_tasks,
    hand_in_external_tasks,
    reject_external_tasks,
)
from fieldapp.visits.actions.generate import generate_task
from fieldapp.visits.actions.issuing import write_interview
from fieldapp.visits.actions.merging import (
    answer_merge,
    decline_merge,
    propose_merge,
    recognise_result,
    take_out_task,
)
from fieldapp.visits.actions.remarks import answer_remark, return_part
from fieldapp.visits.actions.replacing import (
    Ruling,
    acknowledge_recusal,
    ask_recusal,
    ask_substitution,
    consent_to_swap,
    decide_recusal,
    decide_substitution,
    draw_again,
    drop_party_recusal,
    enter_substitute,
    note_party_recusal,
    propose_recusal,
    remove_member,
    restore_member,
    take_reserve,
)
from fieldapp.visits.actions.team import appoint_leader, end_assistance, name_assistant

__all__ = [
    "ReadSheet", "Ruling", "Slot", "accept_external_tasks", "acknowledge_recusal", "agree_slot", "answer_merge",
    "answer_remark", "appoint_leader", "ask_recusal", "ask_substitution", "await_signature", "cancel_visit",
    "close_part", "close_visit", "consent_to_swap", "decide_recusal", "decide_substitution", "decide_visit",
    "decline_merge", "draw_again", "drop_party_recusal", "end_assistance", "enter_substitute", "generate_task",
    "hand_in_external_tasks", "name_assistant", "note_party_recusal", "pause_visit", "propose_merge",
    "propose_recusal", "recognise_result", "register_key", "reject_external_tasks", "remove_member", "report_doubt",
    "reserve_order_numbers", "restore_member", "return_part", "revoke_keys", "settle_doubt", "start_visit",
    "submit_visit", "take_out_task", "take_reserve", "write_interview",
]
