"""Key supervision: what divisions propose, and what legal affairs says."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp.refusals import Refusal
from fieldapp.registry import actions, forms, queries
from fieldapp.registry.routes.blueprint import registry
from fieldapp.registry.routes.sifting import address, filter_by
from fieldapp.registry.rules.deciding import FocusDecision
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import day, identifier, text
from fieldapp.web.pages import keep_form, page_number, render, see_other


@registry.get("/focus")
@allowed(Role.LEGAL_AFFAIRS)
def list_focus() -> Response:
    page = queries.focus_page(request.args.get("state", ""), page_number(),
                              division_id=identifier(request.args, "division"))
    states = filter_by("registry.list_focus", "state", _("状态"), [("open", _("待认定")), ("in_force", _("重点监管中"))])
    return render("registry/focus/list.html", page=page, states=states.choices, url=address("registry.list_focus"),
                  Decision=FocusDecision)


@registry.get("/focus/<uuid:proposal_id>")
@allowed(Role.LEGAL_AFFAIRS)
def show_focus(proposal_id: UUID) -> Response:
    return render("registry/focus/show.html", **_proposal(proposal_id))


@registry.post("/focus/<uuid:proposal_id>/decision")
@allowed(Role.LEGAL_AFFAIRS)
def decide_focus(proposal_id: UUID) -> Response:
    try:
        proposal = actions.decide_focus(
            proposal_id, forms.focus_decision(request.form), text(request.form, "opinion", 1000),
            day(request.form, "expires_on"), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/focus/show.html", **_proposal(proposal_id))
    return see_other("registry.list_focus", state="open", division=proposal.division_id)


def _proposal(proposal_id: UUID) -> dict[str, Any]:
    return {"proposal": queries.focus_proposal(proposal_id), "Decision": FocusDecision}
