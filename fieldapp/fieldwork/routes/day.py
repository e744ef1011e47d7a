"""Today, preparing the day, the PIN, and the worker that opens kept kits without a network."""

import json
from typing import Any

from flask import Response, current_app, g, jsonify, make_response, request, url_for
from flask_babel import gettext

from fieldapp import clock
from fieldapp.evidence import seals
from fieldapp.fieldwork import actions, queries
from fieldapp.fieldwork.queries import Due
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.roles import Role
from fieldapp.visits.rules import VisitState
from fieldapp.web.access import allowed
from fieldapp.web.assets import STATIC
from fieldapp.web.fields import identifiers, json_said
from fieldapp.web.pages import render, see_other
from fieldapp.words import N_

METHODS = {"written": N_("书面检查"), "online": N_("网络监测")}
CHIPS = {VisitState.IN_PROGRESS: "now", VisitState.PAUSED: "wait", VisitState.RETURNED: "bad", VisitState.CLOSED: "good"}
MOST_KITS = 20
NOT_KEPT = {f"js/{name}.js" for name in (
    "field/worker", "field/day/leaving", "elements/draw-seed", "elements/review-keys", "elements/sign-out",
    "elements/hashes", "elements/links/open-link", "elements/verify/credential", "elements/verify/draw",
    "elements/verify/proof", "elements/verify/receipt", "elements/verify/row", "elements/verify/substitutes")}


@fieldwork.get("/field/")
@allowed(Role.INSPECTOR)
def show_today() -> Response:
    due = queries.visits_due(g.officer)
    ahead = [one for one in due if one.visit.state != VisitState.CLOSED]
    today = {"date": clock.today(), "person": {"id": str(g.officer.person_id), "name": g.officer.name},
             "has_pin": queries.has_pin(g.officer.person_id), "keep": "keep" in request.args,
             "now": clock.milliseconds(clock.now()), "seal": seals.public_key(), "closed": len(due) - len(ahead)}
    returned = [row for one in due for row in _returned(one)]
    response = render("fieldwork/today.html", today=today, visits=[_row(one) for one in ahead], returned=returned,
                      papers=_papers())
    response.headers.update({"X-Kit": "today", "Cache-Control": "private, no-cache"})
    return response


@fieldwork.get("/field/closed")
@allowed(Role.INSPECTOR)
def show_closed() -> Response:
    closed = [_row(one) for one in queries.visits_due(g.officer) if one.visit.state == VisitState.CLOSED]
    return render("fieldwork/day/closed.html", visits=closed)


@fieldwork.post("/field/kits")
@allowed(Role.INSPECTOR)
def prepare_kits() -> Response:
    actions.prepare_kits(identifiers(request.form, "visit_ids")[:MOST_KITS], by=g.officer)
    return see_other("fieldwork.show_today", keep=1)


@fieldwork.post("/field/pin")
@allowed(Role.INSPECTOR)
def set_pin() -> Response:
    said = json_said(request.get_data())
    if not isinstance(said, dict) or type(said.get("iterations")) is not int:
        said = {"iterations": 0}
    pin = actions.set_pin(str(said.get("salt")), said["iterations"], str(said.get("verifier")), by=g.officer)
    return jsonify(set_at=pin.set_at.isoformat())


@fieldwork.get("/field/sw.js")
@allowed()
def show_worker() -> Response:
    version = current_app.extensions["shelf"].version
    release = {"version": version, "assets": [f"/static/{version}/{name}" for name in _kept_assets()]}
    source = (STATIC / "js/field/worker.js").read_text(encoding="utf-8")
    response = make_response(f"const RELEASE = {json.dumps(release)};\n{source}")
    response.headers.update({"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "no-cache"})
    response.add_etag()
    response.make_conditional(request)
    return response


def _kept_assets() -> list[str]:
    """Everything that a kept page needs; the desk's scripts and those of signing out are never asked for without a network."""
    scripts = [file for folder in ("field", "elements") for file in sorted((STATIC / "js" / folder).rglob("*.js"))]
    names = [file.relative_to(STATIC).as_posix() for file in scripts]
    return ["look.css", "vendor/htmx.min.js", *(name for name in names if name not in NOT_KEPT)]


def _row(due: Due) -> dict[str, Any]:
    """One visit of the day, as the template shows it."""
    visit, state = due.visit, VisitState(due.visit.state)
    return {
        "id": str(visit.id), "object_name": visit.object.name, "address": visit.object.address,
        "phone": visit.object.telephone, "slot_start": visit.slot_start, "slot_end": visit.slot_end,
        "tasks": [part.task.item.name for part in visit.visit_tasks], "team": due.team, "leader": due.leader,
        "method": gettext(METHODS[visit.method]) if visit.method in METHODS else "",
        "is_leader": due.is_leader, "is_overdue": due.is_overdue, "is_paused": due.is_paused,
        "paused_until": due.paused_until, "awaiting_until": due.awaiting_until, "state": visit.state,
        "chip": {"word": gettext(state.label), "kind": CHIPS[state]} if state in CHIPS else None,
        "kit_id": str(due.kit.id) if due.kit else None, "kit_url": _kit_url(due),
        "url": url_for("visits.show_visit", visit_id=visit.id)}


def _papers() -> list[dict[str, Any]]:
    """Paper sets that have not come back: by their numbers alone, for what is closed is no part of this page."""
    return [{"number": trail.number, "open": len(trail.open), "due_on": trail.due_on, "url": f"/field/paper/{visit.id}"}
            for visit, trail in queries.papers_open(g.officer)]


def _returned(due: Due) -> list[dict[str, Any]]:
    """The reviewers' open remarks about a returned visit."""
    url = url_for("visits.show_visit", visit_id=due.visit.id)
    return [{"visit_id": str(due.visit.id), "object_name": due.visit.object.name, "remark": remark.text,
             "by": remark.by.name, "url": remark.place or _kit_url(due) or url} for remark in due.remarks]


def _kit_url(due: Due) -> str | None:
    return url_for("fieldwork.show_kit", kit_id=due.kit.id) if due.kit else None
