"""What may become of a sheet handed in, a proposal of key supervision, an entry that leaves, a draft item: by whom, when."""

from fieldapp.registry.rules.deciding.batches import (
    IMPORTABLE,
    BatchState,
    RowChoice,
    check_batch_may_be_accepted,
    check_batch_may_be_handed_in,
    check_batch_may_be_returned,
    check_batch_may_be_withdrawn,
    check_division_may_hand_in,
    check_row_may_be_chosen,
    kinds_for,
)
from fieldapp.registry.rules.deciding.declarations import check_absence, check_interest, check_may_declare, name_key
from fieldapp.registry.rules.deciding.focus import (
    FocusDecision,
    check_focus_decision,
    check_focus_may_be_lifted,
    check_may_propose_focus,
    ends_soon,
    is_in_force,
    may_propose_focus,
)
from fieldapp.registry.rules.deciding.items import ItemState, check_item_may_be_published, check_item_may_be_repealed
from fieldapp.registry.rules.deciding.leaving import (
    OF_INSPECTORS,
    OF_OBJECTS,
    LeavingDecision,
    LeavingGround,
    check_leaving_decision,
    check_leaving_is_grounded,
    check_may_propose_leaving,
)

__all__ = [
    "IMPORTABLE", "OF_INSPECTORS", "OF_OBJECTS", "BatchState", "FocusDecision", "ItemState", "LeavingDecision",
    "LeavingGround", "RowChoice", "check_absence",
    "check_batch_may_be_accepted", "check_batch_may_be_handed_in", "check_batch_may_be_returned",
    "check_batch_may_be_withdrawn", "check_division_may_hand_in", "check_focus_decision", "check_focus_may_be_lifted",
    "check_interest", "check_item_may_be_published", "check_item_may_be_repealed", "check_leaving_decision",
    "check_leaving_is_grounded", "check_may_declare", "check_may_propose_focus", "check_may_propose_leaving",
    "check_row_may_be_chosen", "ends_soon", "is_in_force", "kinds_for", "may_propose_focus",
    "name_key",
]
