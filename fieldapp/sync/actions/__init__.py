"""The verbs of sync: receive, then apply; the photos that a batch speaks of; phones stopped and let go on."""

from fieldapp.sync.actions.apply import apply_received, try_again
from fieldapp.sync.actions.devices import note_phone, register_key, restore_device, revoke_device
from fieldapp.sync.actions.originals import captures, join_originals
from fieldapp.sync.actions.paper import backfill, ground_of, sheet_said, trail_of
from fieldapp.sync.actions.receive import Received, receive

__all__ = ["Received", "apply_received", "backfill", "captures", "ground_of", "join_originals", "note_phone",
           "receive", "register_key", "restore_device", "revoke_device", "sheet_said", "trail_of", "try_again"]
