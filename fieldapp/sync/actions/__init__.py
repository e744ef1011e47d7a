"""The verbs of sync: receive, then apply; the photos that a batch speaks of; phones stopped and let go on."""

from fieldapp.sync.actions.apply import COULD_NOT_APPLY, PLAN_UNREAD, apply_received, try_again
from fieldapp.sync.actions.devices import note_phone, register_key, restore_device, revoke_device
from fieldapp.sync.actions.originals import captures, join_originals
from fieldapp.sync.actions.own import (
    Offered,
    Opened,
    check_may_sign,
    code_fits,
    offer_link,
    open_link,
    open_served_link,
    say,
)
from fieldapp.sync.actions.paper import backfill, ground_of, sheet_said, trail_of
from fieldapp.sync.actions.receive import Received, check_sender, receive

__all__ = [
    "COULD_NOT_APPLY", "PLAN_UNREAD", "Offered", "Opened", "Received", "apply_received", "backfill", "captures",
    "check_may_sign", "check_sender", "code_fits", "ground_of", "join_originals", "note_phone", "offer_link",
    "open_link", "open_served_link", "receive", "register_key", "restore_device", "revoke_device", "say",
    "sheet_said", "trail_of", "try_again",
]
