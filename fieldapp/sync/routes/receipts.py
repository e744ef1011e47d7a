"""What the server holds of a visit: receipts, what needs attention, rivals, and every version of every field."""

import json
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID

from flask import Response, g, request, send_file, url_for
from flask_babel import gettext

from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork import rules as words
from fieldapp.ledger.sequencer import look_after
from fieldapp.sync import queries, rules
from fieldapp.sync.bundle import write_bundle
from fieldapp.sync.routes.door import sync
from fieldapp.visits import queries as visits
from fieldapp.web.access import allowed
from fieldapp.web.filters import told, word
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import render
from fieldapp.web.transactions import aside, prepared


@sync.get("/receipts/<uuid:visit_id>")
@allowed()
def show_receipts(visit_id: UUID) -> Response:
    visit, is_whole = queries.visit_received(g.officer, visit_id)
    of = None if is_whole else g.officer.person_id
    numbers = fieldwork.line_numbers(visit)
    count, last, last_at = queries.receipts(visit_id, of)
    rivals = fieldwork.record_rivals(visit_id) if is_whole else []
    receipts = {
        "visit_id": str(visit_id), "url": url_for("sync.show_receipts", visit_id=visit_id), "count": count,
        "object_name": visit.object.name, "last": last, "last_at": last_at, "is_whole": is_whole,
        "photos": fieldwork.photo_count(visit_id) if is_whole else None,
        "attention": [_attention(row, outcome, numbers) for row, outcome in queries.needing_attention(visit_id, of)],
        "phones": [{"by": _who(device.id, name), "phone": device.name, "is_paper": device.id.startswith(rules.PAPER),
                    "count": sent, "last": receipt, "at": at}
                   for device, name, sent, receipt, at in queries.phones_of_visit(visit_id, of)],
        "rivals": [_rival(rival, numbers) for rival in rivals], "back_url": url_for("fieldwork.show_today"),
        "evidence_url": url_for("sync.send_evidence", visit_id=visit_id) if is_whole and visit.closed_at else None,
        "history_url": url_for("sync.show_history", visit_id=visit_id) if is_whole else None}
    return render("fieldwork/receipts.html", receipts=receipts)


@sync.get("/receipts/<uuid:visit_id>/history")
@allowed()
def show_history(visit_id: UUID) -> Response:
    visit = visits.visit_for(g.officer, visit_id)
    numbers = fieldwork.line_numbers(visit)
    places: dict[str, dict[str, Any]] = {}
    for row, outcome, by in queries.versions(visit_id):
        name = words.place_name(row.path, numbers)
        found = places.setdefault(row.path, {"label": gettext(name.message, **name.facts), "versions": []})
        found["versions"].append(_version(row, outcome, by))
    several = [place for place in places.values() if len(place["versions"]) > 1]
    single = [place for place in places.values() if len(place["versions"]) == 1]
    return render("sync/history.html", object_name=visit.object.name, several=several, single=single,
                  back_url=url_for("sync.show_receipts", visit_id=visit_id))


def _under_a_head() -> None:
    """What has just been done to a closed visit finds its place under a signed head before its evidence is handed out."""
    with aside(write=False):
        is_closed = visits.visit_for(g.officer, (request.view_args or {})["visit_id"]).closed_at is not None
    if is_closed:
        look_after()


@sync.get("/receipts/<uuid:visit_id>/evidence.zip")
@limited(Limit("evidence-bundle", 60, 600, address))
@prepared(_under_a_head)
@allowed()
def send_evidence(visit_id: UUID) -> Response:
    """Everything that a closed visit rests on, with what checks it, for those who may see the visit."""
    visit = visits.visit_for(g.officer, visit_id)
    rules.check_evidence_is_whole(is_closed=visit.closed_at is not None)
    file = TemporaryFile()  # noqa: SIM115 - it is closed when it has been sent
    write_bundle(visit, file)
    file.seek(0)
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=f"evidence-{visit_id}.zip")


def _version(row: Any, outcome: Any, by: str) -> dict[str, Any]:
    """One version of a place: what, who, when by the phone, when received, what became of it."""
    said = json.loads(row.body)
    became = words.Became(outcome.outcome)
    return {"value": _words(rules.version_words(row.path, row.kind, said.get("v"))),
            "code": rules.short_code(said.get("v")), "by": by or gettext("被检查单位"), "at": rules.said_at(said.get("at")),
            "received_at": row.received_at, "receipt": row.receipt,
            "outcome": gettext(became.label), "kind": became, "message": gettext(outcome.message) if outcome.message else ""}


def _who(device: str, name: str) -> str:
    """Who wrote on a phone: its person, or the inspected party on its own."""
    return gettext("被检查单位") if rules.is_own_phone(device) else name


def _attention(row: Any, outcome: Any, numbers: dict[UUID, int]) -> dict[str, Any]:
    name = words.place_name(row.path, numbers)
    return {"label": gettext(name.message, **name.facts), "message": gettext(outcome.message) if outcome.message else "",
            "by": _who(row.device, queries.person_name(row.person_id)), "at": row.received_at}


def _rival(rival: words.RivalField, numbers: dict[UUID, int]) -> dict[str, Any]:
    name = words.place_name(rival.path, numbers)
    values = [{"value": " · ".join(map(_words, words.value_parts(rival.path, value))), "by": by, "at": at}
              for value, by, at in rival.values]
    return {"label": gettext(name.message, **name.facts), "values": values}


def _words(value: str) -> str:
    """A value as people read it: a day as a day, a word of the form in the reader's language, else the text itself."""
    return told(value) if len(value) == len("2026-12-15") else word(value)
