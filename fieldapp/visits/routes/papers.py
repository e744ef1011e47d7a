"""Interviews of a visit: written down by a member of the team, issued as a transcript to be signed on paper."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp.documents.rules import MOST_PRESENT, RIGHTS, IdentityKind, RightsHeard
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.visits import actions, forms, queries
from fieldapp.visits.routes.visits import visits
from fieldapp.web.access import allowed
from fieldapp.web.pages import choices, keep_form, render, see_other


@visits.get("/visits/<uuid:visit_id>/interviews/new")
@allowed(Role.INSPECTOR)
def new_interview(visit_id: UUID) -> Response:
    return render("visits/interview.html", **_page(visit_id))


@visits.post("/visits/<uuid:visit_id>/interviews")
@allowed(Role.INSPECTOR)
def write_interview(visit_id: UUID) -> Response:
    try:
        actions.write_interview(visit_id, forms.interview(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "visits/interview.html", **_page(visit_id))
    return see_other("visits.show_visit", visit_id=visit_id)


def _page(visit_id: UUID) -> dict[str, Any]:
    visit = queries.visit_for(g.officer, visit_id)
    earlier = [(one.number, f"{one.number} {one.name}") for one in queries.interviews(visit)]
    return {"visit": visit, "most_present": MOST_PRESENT, "rights": RIGHTS,
            "earlier": [("", _("不是补充笔录")), *earlier] if earlier else [],
            "identities": choices(IdentityKind),
            "answers": choices(RightsHeard)}
