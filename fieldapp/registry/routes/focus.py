"""Key supervision: what divisions propose, and what legal affairs says."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.registry import actions, forms, queries
from fieldapp.registry.routes.blueprint import READERS, registry
from fieldapp.registry.routes.exporting import sheet_response
from fieldapp.registry.routes.sifting import address, filter_by
from fieldapp.registry.rules.deciding import FocusDecision, ends_soon, is_in_force
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import day, identifier, text
from fieldapp.web.pages import keep_form, page_number, render, see_other

HEADERS = ("序号", "单位名称", "统一社会信用代码", "所在市", "所在县（市、区）", "重点监管情形", "依据", "证明材料", "提出",
           "认定人", "认定日期", "到期日")
EXPORTED = 20_000
HALF_A_YEAR = timedelta(days=183)


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
            day(request.form, "expires_on"), text(request.form, "evidence", 1000), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/focus/show.html", **_proposal(proposal_id))
    return see_other("registry.list_focus", state="open", division=proposal.division_id)


@registry.post("/focus/<uuid:proposal_id>/lifting")
@allowed(Role.LEGAL_AFFAIRS)
def lift_focus(proposal_id: UUID) -> Response:
    try:
        actions.lift_focus(proposal_id, text(request.form, "reason", 1000), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/focus/show.html", **_proposal(proposal_id))
    return see_other("registry.list_certain")


@registry.get("/focus/certain")
@allowed(*READERS)
def list_certain() -> Response:
    """The objects that must be inspected, outside every draw: on a page that is printed as it is."""
    chosen = filter_by("registry.list_certain", "category", _("主体类型"), [(name, name) for name in queries.categories()])
    page = queries.certain_page(request.args.get("category", "")[:60], page_number())
    ended = queries.certain_ended(clock.today() - HALF_A_YEAR)
    return render("registry/focus/certain.html", page=page, chosen=chosen, ended=ended, ends_soon=ends_soon,
                  url=address("registry.list_certain"))


@registry.get("/focus/certain.xlsx")
@allowed(*READERS)
def export_certain() -> Response:
    page = queries.certain_page(request.args.get("category", "")[:60], per_page=EXPORTED)
    return sheet_response("certain", "必查对象清单", HEADERS, (_row(number, one) for number, one in enumerate(page, 1)))


def _row(number: int, one: Any) -> tuple[str | int | None, ...]:
    decider, until = one.decider.name if one.decider else "", one.expires_on
    proposer = f"{one.division.name} {one.proposer.name if one.proposer else ''}".strip()
    return (number, one.object.name, one.object.uscc, one.object.city, one.object.region_name, one.circumstance,
            one.opinion or "", one.evidence, proposer, decider, _day(one.decided_at), until.isoformat() if until else "")


def _day(moment: datetime | None) -> str:
    return clock.local(moment).date().isoformat() if moment else ""


def _proposal(proposal_id: UUID) -> dict[str, Any]:
    return {"proposal": queries.focus_proposal(proposal_id), "steps": timeline(proposal_id),
            "Decision": FocusDecision, "in_force": is_in_force}
