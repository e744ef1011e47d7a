"""The key of a draw, for the audit administrator, after the inspections."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.draw import actions, forms, queries
from fieldapp.draw.routes.blueprint import draw
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.web.transactions import aside, prepared


def note_look() -> None:
    draw_id = (request.view_args or {})["draw_id"]
    with aside():
        if _key(draw_id)["key"]:
            actions.note_view(draw_id, by=g.officer)


@draw.get("/draws/<uuid:draw_id>/key")
@allowed(Role.AUDIT_ADMIN)
@prepared(note_look)
def show_key(draw_id: UUID) -> Response:
    return render("draw/key.html", **_key(draw_id))


@draw.post("/draws/<uuid:draw_id>/key")
@allowed(Role.AUDIT_ADMIN)
def hand_out_key(draw_id: UUID) -> Response:
    try:
        actions.hand_out_key(draw_id, forms.reason(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "draw/key.html", **_key(draw_id))
    return see_other("draw.show_key", draw_id=draw_id)


def _key(draw_id: UUID) -> dict[str, Any]:
    """The draw, who got its key, and the key for those who did."""
    found, handouts = queries.draw(draw_id), queries.key_handouts(draw_id)
    mine = any(one.person_id == g.officer.person_id for one in handouts)
    return {"draw": found, "handouts": handouts, "key": found.draw_key.hex() if mine else "",
            "over": queries.inspections_are_over(found) or found.voided_at is not None}
