"""Fetch the beacon that draws wait for from a drand relay, beside the server and outside any transaction that writes."""

import json
import logging
import threading
from http.client import HTTPException
from urllib.request import Request

from fieldapp import db
from fieldapp.draw import actions, queries
from fieldapp.draw.beacon import CHAIN, check_signature
from fieldapp.jobs.outgoing import ask
from fieldapp.refusals import Conflict, Refusal
from fieldapp.roles import PRODUCT

log = logging.getLogger(__name__)
EVERY, PATIENCE, MOST_BYTES = 5.0, 10.0, 10 * 1024


def keep_fetching(stop: threading.Event, relay: str, *, every: float = EVERY) -> None:
    """Look every so many seconds until told to stop; what does not work is logged, and tried again."""
    while not stop.wait(every):
        try:
            fetch_awaited(relay)
        except Exception:
            log.exception("the draws that wait for a beacon could not be read")


def fetch_awaited(relay: str) -> int:
    """Fetch, prove and take what the draws wait for; how many seeds were made by it."""
    with db.transaction(write=False):
        awaited = queries.awaited_beacons()
    made = 0
    for draw_id, number in awaited:
        try:
            signature = fetch(relay, number)
            check_signature(number, signature)
            with db.transaction(write=True):
                actions.take_beacon(draw_id, signature, by=PRODUCT)
            made += 1
        except Conflict as late:
            log.info("round %s of the beacon came by another way: %s", number, late)
        except (Refusal, OSError, ValueError) as fault:
            log.warning("round %s of the beacon was not taken from %s: %s", number, relay, fault)
    return made


def fetch(relay: str, number: int) -> bytes:
    """The signature that a relay gives for a round, not checked yet; raises OSError or ValueError."""
    asked = Request(f"{relay}/{CHAIN}/public/{number}")  # noqa: S310 - http(s), config.beacon
    try:
        with ask(asked, patience=PATIENCE) as answer:
            content = answer.read(MOST_BYTES + 1)
    except HTTPException as fault:
        raise OSError(str(fault)) from fault
    if len(content) > MOST_BYTES:
        raise ValueError("the answer is too long")
    told = json.loads(content)
    if not isinstance(told, dict) or told.get("round") != number or not isinstance(told.get("signature"), str):
        raise ValueError("the answer is not the round that was asked for")
    return bytes.fromhex(told["signature"])
