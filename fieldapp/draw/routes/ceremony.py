"""The draw as a ceremony: a page for a wall, which tells nobody who is drawn, and its minutes to be printed and signed."""

import json
from typing import Any
from uuid import UUID

from flask import Response, g, url_for
from flask_babel import gettext as _

from fieldapp.documents.qr import qr_svg
from fieldapp.draw import queries
from fieldapp.draw.routes.blueprint import draw
from fieldapp.draw.routes.inside import PEOPLE
from fieldapp.draw.rules import RowReason
from fieldapp.policy.rules import CreditGrade
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.pages import public_address, render

SHOWN = 12  # tickets that a wall has room for; the minutes hold all


@draw.get("/draws/<uuid:draw_id>/ceremony")
@allowed(*PEOPLE, Role.DEPARTMENT_HEAD)
def show_ceremony(draw_id: UUID) -> Response:
    told = _told(draw_id, SHOWN)
    address = _computed_again(told["draw"].year, told["draw"].number)
    return render("draw/ceremony.html", **told, address=address, qr=qr_svg(address, _("本次抽取的公开页")))


@draw.get("/draws/<uuid:draw_id>/minutes")
@allowed(*PEOPLE, Role.DEPARTMENT_HEAD)
def show_minutes(draw_id: UUID) -> Response:
    return render("draw/minutes.html", **_told(draw_id, None), RowReason=RowReason)


def _computed_again(year: int, number: int) -> str:
    """Where anybody may compute the draw again, as phones before the wall scan it."""
    return public_address(url_for("draw.show_public_draw", year=year, number=number))


def _told(draw_id: UUID, most: int | None) -> dict[str, Any]:
    """What may be told while it is not known who is drawn: counts, hashes, `most` tickets; names only of those who drew.

    The wall asks every few seconds: nothing is read of a step that is still to come.
    """
    found = queries.draw_for(g.officer, draw_id)
    drawn, reserve = (queries.drawn_count(draw_id), queries.reserve_size(draw_id)) if found.drawn_at else (0, 0)
    return {"draw": found, "task": found.task, "manifest": json.loads(found.manifest), "step": found.steps_done,
            "tickets": queries.tickets(draw_id, most) if found.drawn_at else [], "drawn": drawn, "reserve": reserve,
            "matched": queries.matched_counts(draw_id) if found.matched_at else (0, 0), "shown_value": shown_value,
            "CreditGrade": CreditGrade, "wide": queries.leaves_are_public(found),
            "names": {one.id: one.name for one in queries.people([found.frozen_by, found.voided_by])}}


def shown_value(value: bytes) -> str:
    """What an officer gave as it was read aloud, or in hexadecimal digits where it is no text."""
    try:
        text = value.decode()
    except UnicodeDecodeError:
        return value.hex()
    return text if text.isprintable() else value.hex()
