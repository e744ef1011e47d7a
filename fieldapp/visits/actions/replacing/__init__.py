"""The verbs of recusal and replacement: apply, decide, swap, draw a substitute."""

from fieldapp.visits.actions.replacing.recuse import (
    Ruling,
    acknowledge_recusal,
    ask_recusal,
    consent_to_swap,
    decide_recusal,
    drop_party_recusal,
    note_party_recusal,
    propose_recusal,
)
from fieldapp.visits.actions.replacing.reserve import take_reserve
from fieldapp.visits.actions.replacing.substitute import (
    ask_substitution,
    decide_substitution,
    draw_again,
    enter_substitute,
    remove_member,
    restore_member,
)

__all__ = [
    "Ruling", "acknowledge_recusal", "ask_recusal", "ask_substitution", "consent_to_swap", "decide_recusal",
    "decide_substitution", "draw_again", "drop_party_recusal", "enter_substitute", "note_party_recusal", "propose_recusal",
    "remove_member", "restore_member", "take_reserve",
]
