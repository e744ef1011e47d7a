"""A copy exported from a phone: the same way in as the phone's own sending, so that twice is harmless; a report of it."""

from typing import Any

from flask import Response, g, jsonify, make_response

from fieldapp.evidence import actions as evidence
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.sync import actions, forms, rules
from fieldapp.sync.actions import Received
from fieldapp.sync.forms import Batch
from fieldapp.sync.routes.door import answer_of, apply, stop_at_broken, sync, with_originals
from fieldapp.sync.rules import MOST_OPS
from fieldapp.web.access import allowed
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import render, wants_json
from fieldapp.web.transactions import aside, prepared

MOST_MEBIBYTES = forms.EXPORT_SIZE // forms.MEBIBYTE


def _read_export() -> Any:
    """The file, with its chunks and photos on the disk before the database is locked; or why it cannot be read."""
    try:
        batch = forms.read_export()
        _keep_chunks(batch)
    except Refusal as refusal:
        if wants_json():
            raise
        return refusal
    return with_originals(batch)


def _keep_chunks(batch: Batch) -> None:
    """The chunks come in by the rules of a single one: who sends, then the room, then the bytes, counted as its sender's."""
    visit_of, kept = rules.visits_of_chunks(batch.ops), list[str]()
    with aside(write=False):
        actions.check_sender(batch.device, batch.ops, by=g.officer)
        evidence.check_room_for_all({name: len(content) for name, content in batch.chunks.items()}, visit_of, by=g.officer)
    try:
        for name, content in batch.chunks.items():
            evidence.hold_chunk(name, content)
            kept.append(name)
    finally:
        with aside():
            for name in kept:
                evidence.note_chunk(name, len(batch.chunks[name]), by=g.officer, visit_id=visit_of.get(name))


@sync.get("/import")
@allowed(Role.INSPECTOR)
def show_import() -> Response:
    return render("sync/import.html", report=None, most=MOST_MEBIBYTES)


@sync.post("/import")
@limited(Limit("field-import", 60, 600, address))
@prepared(_read_export)
@allowed(Role.INSPECTOR)
def import_export() -> Response:
    if isinstance(g.prepared, Refusal):
        g.refusal = g.prepared  # nothing typed is to be kept, and a form that is too large cannot be read again
        return render("sync/import.html", status=g.refusal.status, report=None, most=MOST_MEBIBYTES)
    batch, joined = g.prepared
    received, out, new = _import(batch, joined)
    if wants_json():
        said = {**answer_of(received), "out": out, "imported": len(out)}
        return make_response(jsonify(said), 409 if received.want is not None else 200)
    report = {"chunks": len(batch.chunks), "all": len(batch.ops) + bool(batch.broken), "out": out, "new": new,
              "left": len(batch.ops) - len(out), "want": received.want, "fork": received.is_fork, "clash": received.clash,
              "missing": len(received.missing)}
    return render("sync/import.html", report=report, most=MOST_MEBIBYTES)


def _import(batch: Batch, joined: Any) -> tuple[Received, list[dict[str, Any]], int]:
    """Part by part: the receipts in the order of the numbers, and how many of them are new."""
    out: list[dict[str, Any]] = []
    received, new = Received(), 0
    for start in range(0, max(1, len(batch.ops)), MOST_OPS):
        part = batch.ops[start:start + MOST_OPS]
        received = actions.receive(batch.device, part, joined, by=g.officer)
        new += received.new
        apply(received)
        out += received.out
        if received.want is not None or received.missing:
            break
    else:
        stop_at_broken(batch, received)
    return received, out, new
