"""The loop beside the server: entries into the tree, its head signed, at most a second after news."""

import logging
import threading

from fieldapp import db
from fieldapp.ledger import keys, queries
from fieldapp.ledger.actions import is_checkpoint_due, sequence, sign_checkpoint

log = logging.getLogger(__name__)
PAUSE = 0.4
TURN = "ledger.sequencer"


def keep_until(stop: threading.Event, *, pause: float = PAUSE) -> None:
    """Look after the log every `pause` seconds until told to stop; a failure is logged, and the next look comes."""
    while not stop.is_set():
        try:
            look_after()
        except Exception:
            log.exception("the log could not be looked after")
        stop.wait(pause)


def look_after() -> None:
    """Empty the queue into the tree and sign the head where it is due; nothing is written where there is no news."""
    with db.transaction(write=False):
        if queries.is_queue_empty() and not (keys.signing_keys() and is_checkpoint_due()):
            return
    with db.transaction(write=True):
        if db.is_our_turn(TURN):
            sequence()
            if keys.signing_keys() and is_checkpoint_due():
                sign_checkpoint()
