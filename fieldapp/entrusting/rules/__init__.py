"""The law of article 19: who may be entrusted, with what, until when; whose report counts as what."""

from fieldapp.entrusting.rules.course import (
    Decision,
    Ending,
    SaidBy,
    State,
    check_decides,
    check_decides_recusal,
    check_is_running,
    check_is_undecided,
    check_may_end,
    check_no_recusal_is_open,
    check_opinion,
    check_recusal_is_open,
    check_report,
    check_speaker,
    days_late,
    is_overdue,
    state,
)
from fieldapp.entrusting.rules.party import (
    Held,
    PartyKind,
    Work,
    check_certificate,
    check_file,
    check_interest,
    check_is_independent,
    check_is_qualified,
    check_may_entrust,
    check_may_keep,
    check_party,
    check_people,
    check_terms,
    check_time,
    covering,
    has_interest,
    last_day,
    may_keep,
)
from fieldapp.visits.rules import may_entrust

__all__ = [
    "Decision", "Ending", "Held", "PartyKind", "SaidBy", "State", "Work", "check_certificate", "check_decides",
    "check_decides_recusal", "check_file", "check_interest", "check_is_independent", "check_is_qualified",
    "check_is_running", "check_is_undecided", "check_may_end", "check_may_entrust", "check_may_keep",
    "check_no_recusal_is_open", "check_opinion", "check_party", "check_people", "check_recusal_is_open", "check_report",
    "check_speaker", "check_terms", "check_time", "covering", "days_late",
    "has_interest", "is_overdue", "last_day", "may_entrust", "may_keep", "state",
]
