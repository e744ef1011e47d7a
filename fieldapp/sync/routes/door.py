"""The blueprint on which the modules of this folder hang their routes, and what a phone and a file have in common."""

from typing import Any

from flask import Blueprint

from fieldapp.evidence import queries as originals
from fieldapp.sync import actions
from fieldapp.sync.actions import Received
from fieldapp.sync.forms import Batch
from fieldapp.web.pages import sentence
from fieldapp.web.transactions import aside, commit_and_go_on

sync = Blueprint("sync", __name__, url_prefix="/field")


def with_originals(batch: Batch) -> tuple[Batch, Any]:
    """The batch, with its photos put together on the disk before the database is locked."""
    wanted = actions.captures(batch.ops)
    if not wanted:
        return batch, {}
    with aside(write=False):
        kept = originals.kept_captures(wanted)
    return batch, actions.join_originals(wanted, kept)


def apply(received: Received) -> None:
    """The receipts are durable before anything is applied; what is applied is durable before it is answered.

    Part by part, so that a crash, and the next, take back little of what others had left to be applied.
    """
    is_all = not received.visit_ids
    while not is_all:
        commit_and_go_on()
        is_all = actions.apply_received(received.visit_ids, received.job_id)
    if received.visit_ids:
        commit_and_go_on()


def stop_at_broken(batch: Batch, received: Received) -> None:
    """What cannot be received is told apart like other bytes under a known id: the phone takes it out of the line."""
    if batch.broken and received.want is None and not received.missing:
        received.want, received.clash, received.why = batch.broken.n, [batch.broken.op_id], batch.broken.why


def answer_of(received: Received) -> dict[str, Any]:
    """The receipts, and why it went no further."""
    why = {"code": received.why.code, "message": sentence(received.why)} if received.why else None
    said = {"out": received.out, "want": received.want, "fork": received.is_fork or None, "clash": received.clash or None,
            "why": why, "missing": received.missing or None}
    return {name: value for name, value in said.items() if value is not None}
