"""The team and its leader."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.refusals import Refusal
from fieldapp.roles import HEADS
from fieldapp.visits import actions, forms, queries, rules
from fieldapp.visits.routes.visits import the_visit, visits
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_identifier, text
from fieldapp.web.pages import choices, keep_form, render, see_other


@visits.post("/visits/<uuid:visit_id>/leader")
@allowed(*HEADS)
def appoint_leader(visit_id: UUID) -> Response:
    try:
        chosen = forms.leader(request.form)
        actions.appoint_leader(visit_id, chosen.inspector_id, chosen.reason, by=g.officer)
    except Refusal as refusal:
        if refusal.field is None:
            raise
        at_its_field = _named(refusal, reason="leader_reason")
        return keep_form(at_its_field, "visits/show.html", **the_visit(visit_id))
    return see_other("visits.show_visit", visit_id=visit_id)


@visits.get("/visits/<uuid:visit_id>/team")
@allowed(*HEADS)
def show_team(visit_id: UUID) -> Response:
    return render("visits/team.html", **_team(visit_id))


@visits.post("/visits/<uuid:visit_id>/team/departures")
@allowed(*HEADS)
def remove_member(visit_id: UUID) -> Response:
    try:
        row = actions.remove_member(visit_id, needed_identifier(request.form, "inspector"), request.form.get("ground", ""),
                                    text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, visit_id)
    return see_other("visits.show_substitution", substitution_id=row.id)


@visits.post("/visits/<uuid:visit_id>/team/returns")
@allowed(*HEADS)
def restore_member(visit_id: UUID) -> Response:
    try:
        actions.restore_member(visit_id, needed_identifier(request.form, "back"),
                               text(request.form, "back_reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(_named(refusal, reason="back_reason"), visit_id)
    return see_other("visits.show_visit", visit_id=visit_id)


def _team(visit_id: UUID) -> dict[str, Any]:
    visit = queries.visit_for(g.officer, visit_id)
    present = {member.inspector_id: member.inspector.name for member in queries.members(visit)}
    gone = [(one.inspector_id, one.inspector.name) for one in queries.undoable(visit.id)]
    return {"visit": visit, "present": list(present.items()), "gone": gone,
            "grounds": choices(one for one in rules.Ground if one is not rules.Ground.RECUSAL)}


def _keep(refusal: Refusal, visit_id: UUID) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, "visits/team.html", **_team(visit_id))


def _named(refusal: Refusal, **names: str) -> Refusal:
    """The refusal at the field as this page calls it, where several forms stand on one page."""
    if refusal.field in names:
        refusal.field = names[refusal.field]
    return refusal
