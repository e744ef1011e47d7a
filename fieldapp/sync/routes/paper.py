"""The paper set comes back: photos of its sheets, what they say, the signatures on them, numbers that were not used."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for

from fieldapp import clock
from fieldapp.documents.rules import SheetKind
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import queries as records
from fieldapp.fieldwork import rules as words
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.sync import actions, queries, rules
from fieldapp.sync.forms import read_sheet
from fieldapp.sync.routes.door import apply, sync
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import ON_SITE, VisitState
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import choices, keep_form, render, see_other
from fieldapp.web.transactions import aside, prepared

PAGE = "sync/paper/show.html"
FORMAT = "%Y-%m-%dT%H:%M"


@sync.get("/paper/<uuid:visit_id>")
@allowed(Role.INSPECTOR)
def show_paper(visit_id: UUID) -> Response:
    return render(PAGE, **_page(visit_id))


@sync.post("/paper/<uuid:visit_id>/period")
@allowed(Role.INSPECTOR)
def enter_paper(visit_id: UUID) -> Response:
    try:
        reason = text(request.form, "reason", rules.TEXT)
        fieldwork.enter_paper(visit_id, _moment("start"), _moment("end"), reason, by=g.officer)
    except Refusal as refusal:
        return _again(visit_id, refusal)
    return see_other("sync.show_paper", visit_id=visit_id, _anchor="sheets")


def _read_sheet() -> Any:
    """The photo on the disk before the database is locked, or why it cannot be taken; for the team alone."""
    visit_id = (request.view_args or {})["visit_id"]
    with aside(write=False):
        records.visit_of_team(g.officer, visit_id)
    try:
        return read_sheet(visit_id, by=g.officer)
    except Refusal as refusal:
        return refusal


@sync.post("/paper/<uuid:visit_id>/sheets")
@prepared(_read_sheet)
@allowed(Role.INSPECTOR)
def photograph_sheet(visit_id: UUID) -> Response:
    visit = records.visit_of_team(g.officer, visit_id)
    if isinstance(g.prepared, Refusal):
        g.refusal = g.prepared
        return render(PAGE, status=g.refusal.status, **_page(visit_id))
    media, joined = g.prepared
    page = request.form.get("page", type=int)
    sheet = next((one for one in actions.trail_of(visit).sheets if one.page == page), None)
    if sheet is None:
        raise words.unknown_place()
    apply(actions.backfill(visit, [actions.sheet_said(sheet, media, g.officer.person_id)], joined, by=g.officer))
    return see_other("sync.show_paper", visit_id=visit_id, _anchor=f"sheet-{page}")


@sync.post("/paper/<uuid:visit_id>/values")
@allowed(Role.INSPECTOR)
def enter_values(visit_id: UUID) -> Response:
    visit = records.visit_of_team(g.officer, visit_id)
    try:
        ground, trail = actions.ground_of(visit, g.officer), actions.trail_of(visit)
        receipt = trail.sheet_for(SheetKind.RECEIPT)
        said = rules.said_on_arrival(request.form, _lists(), ground, _paper(receipt))
        if any(one.kind != "set" for one in said):
            words.check_photographed(receipt)
        for part in visit.visit_tasks:
            said += rules.said_of_record(request.form, part.id, ground)
        _check_values(said)
    except Refusal as refusal:
        return _again(visit_id, refusal)
    apply(actions.backfill(visit, said, {}, by=g.officer))
    return see_other("sync.show_paper", visit_id=visit_id, _anchor="signing")


@sync.post("/paper/<uuid:visit_id>/signatures")
@allowed(Role.INSPECTOR)
def enter_signatures(visit_id: UUID) -> Response:
    visit = records.visit_of_team(g.officer, visit_id)
    try:
        ground, trail, said = actions.ground_of(visit, g.officer), actions.trail_of(visit), []
        for part in visit.visit_tasks:
            sheet = trail.sheet_for(SheetKind.SIGNING, part.id)
            signed = rules.signed_on_paper(request.form, request.form.getlist(f"{part.id}.signers"), part.id, ground,
                                           records.as_signed(part), _paper(sheet))
            if signed:
                words.check_photographed(sheet)
            said += signed
        _check_values(said)
    except Refusal as refusal:
        return _again(visit_id, refusal)
    apply(actions.backfill(visit, said, {}, by=g.officer))
    return see_other("sync.show_paper", visit_id=visit_id, _anchor="signing")


@sync.post("/paper/<uuid:visit_id>/closing")
@allowed(Role.INSPECTOR)
def close_from_paper(visit_id: UUID) -> Response:
    visit = records.visit_of_team(g.officer, visit_id)
    try:
        ground = actions.ground_of(visit, g.officer)
        words.check_visit_may_close([records.record_state(part) for part in visit.visit_tasks if not records.is_over(part)])
    except Refusal as refusal:
        return _again(visit_id, refusal)
    digest = words.visit_digest({str(part.id): records.record_digest(part) for part in visit.visit_tasks})
    apply(actions.backfill(visit, [rules.Said("close", "visit", {"digest": digest}, ground.by, ground.end)], {}, by=g.officer))
    return see_other("sync.show_paper", visit_id=visit_id)


@sync.post("/paper/<uuid:visit_id>/voids")
@allowed(Role.INSPECTOR)
def void_sheets(visit_id: UUID) -> Response:
    try:
        reason = text(request.form, "void_reason", rules.TEXT)
        fieldwork.void_sheets(visit_id, request.form.get("page", type=int), reason, by=g.officer)
    except Refusal as refusal:
        return _again(visit_id, refusal)
    return see_other("sync.show_paper", visit_id=visit_id, _anchor="sheets")


def _page(visit_id: UUID) -> dict[str, Any]:
    visit = records.visit_of_team(g.officer, visit_id)
    trail = records.paper_trail(visit)
    here = {row.path.rpartition("/")[2] for row in records.items(visit_id)
            if row.kind == records.PRESENCE and row.voided_by_op is None}
    done = records.events(visit_id)
    return {
        "visit": visit, "trail": trail, "is_open": visit.state in ON_SITE, "is_closed": visit.state == VisitState.CLOSED,
        "today": clock.today(), "period": _period(visit, trail), "here": here, "values": _values(visit), "team": _team(visit),
        "done": {(row.kind, row.path) for row in done},
        "shown": {row.path.rpartition("/")[2] for row in done if row.path.startswith("credential/")},
        "signers": {str(part.id): _signers(done, part.id) for part in visit.visit_tasks},
        "parts_of": [_record(part) for part in visit.visit_tasks],
        "answers": choices(words.Answer), "categories": choices(words.ProposedCategory),
        "capacities": choices(words.Capacity), "opinions": choices(words.EntityOpinion),
        "recusals": choices(words.Recusal), "states": words.SheetState,
        "attention": len(queries.needing_attention(visit_id)), "kinds": SheetKind,
        "receipts_url": url_for("sync.show_receipts", visit_id=visit_id)}


def _period(visit: Any, trail: words.PaperTrail | None) -> tuple[str, str]:
    """From when to when, as the form proposes it."""
    entry = trail.backfill if trail else None
    first = entry.start if entry else visit.started_at or visit.slot_start or clock.now()
    last = entry.end if entry else visit.slot_end or clock.now()
    return clock.local(first).strftime(FORMAT), clock.local(min(last, clock.now())).strftime(FORMAT)


def _signers(done: list[Any], record: UUID) -> list[str]:
    root = f"r/{record}/record/inspector/"
    return [row.path.removeprefix(root) for row in done if row.kind == "sign" and row.path.startswith(root)]


def _values(visit: Any) -> dict[str, Any]:
    return {row.path: row.value for row in records.field_values(visit.id) if not row.is_rival}


def _team(visit: Any) -> list[tuple[str, str]]:
    return [(str(person), one.name) for person, one in records.team(visit).items()]


def _record(part: Any) -> dict[str, Any]:
    order = visits.order_number(part)
    return {"id": str(part.id), "item": part.task.item.name, "lines": records.line_facts(part),
            "order_number": order.number if order else "", "is_settled": records.is_settled(part),
            "is_over": records.is_over(part), "code": words.short_code(records.record_digest(part))}


def _again(visit_id: UUID, refusal: Refusal) -> Response:
    """The page with the sentence at its place; where there is no such visit, the refusal itself."""
    if refusal.status == 404:
        raise refusal
    return keep_form(refusal, PAGE, **_page(visit_id))


def _paper(sheet: words.NumberedSheet | None) -> dict[str, str]:
    """The photographed sheet as a signature names it; nothing where it has not been photographed yet."""
    return {"number": sheet.number, "code": sheet.photos[-1][0]} if sheet and sheet.photos else {}


def _check_values(said: list[rules.Said]) -> None:
    """What the places of the record cannot hold is told now, while it can still be put right."""
    for one in said:
        words.check_value(one.kind, words.place(one.path).thing, one.value)


def _lists() -> dict[str, list[str]]:
    return {name: request.form.getlist(name) for name in ("present", "shown")}


def _moment(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(request.form.get(name, "")).replace(tzinfo=clock.SHANGHAI)
    except ValueError:
        return None
