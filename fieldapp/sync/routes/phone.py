"""The phone's door for operations: receive, commit, apply, answer with what became of them and what colleagues did."""

import json
from typing import Any

from flask import Response, g, jsonify, make_response, request
from flask_babel import gettext

from fieldapp import clock
from fieldapp.evidence import queries as originals
from fieldapp.roles import Role
from fieldapp.sync import actions, forms, queries, rules
from fieldapp.sync.actions import Received
from fieldapp.sync.forms import Batch
from fieldapp.sync.routes.door import answer_of, apply, stop_at_broken, sync, with_originals
from fieldapp.web.access import allowed
from fieldapp.web.transactions import commit_and_go_on, prepared


def _read() -> Any:
    return with_originals(forms.read_batch())


@sync.post("/sync")
@prepared(_read)
@allowed(Role.INSPECTOR)
def receive() -> Response:
    batch, joined = g.prepared
    received = actions.receive(batch.device, batch.ops, joined, by=g.officer)
    stop_at_broken(batch, received)
    apply(received)
    actions.note_phone(batch.device, batch.left, str(request.user_agent), received, by=g.officer)
    said = {**answer_of(received), **_changes(batch), "held": _held(batch, received)}
    commit_and_go_on()
    return make_response(jsonify(said), 409 if received.want is not None else 200)


def _changes(batch: Batch) -> dict[str, Any]:
    """What colleagues did since the cursor, and what became of this phone's own operations."""
    rows = queries.changes(g.officer.person_id, batch.device, batch.since)
    changes = [{"cursor": outcome.sequence, "receipt": row.receipt, "op_id": str(row.id), "outcome": outcome.outcome,
                "op": None if row.device == batch.device else json.loads(row.body), "code": outcome.code,
                "message": gettext(outcome.message) if outcome.message else "", "by": name}
               for outcome, row, name in rows]
    cursor = rows[-1][0].sequence if rows else batch.since
    return {"changes": changes, "cursor": cursor, "now": clock.milliseconds(clock.now())}


def _held(batch: Batch, received: Received) -> dict[str, dict[str, dict[str, int]]]:
    """What is here of this person's phones for the visits of the batch and the one that is open: the phone compares."""
    visit_ids = received.visit_ids | rules.visit_named(batch.of)
    rows = queries.held_of(g.officer.person_id, visit_ids) if visit_ids else []
    kept = originals.kept_captures({capture for row in rows if (capture := rules.capture_of(row[3]))})
    found = rules.held(rows, kept)
    return {str(visit_id): found.get(visit_id, {}) for visit_id in visit_ids}
