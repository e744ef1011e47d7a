"""The object directory."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal, passes
from fieldapp.registry import actions, forms, queries
from fieldapp.registry.routes.blueprint import READERS, registry
from fieldapp.registry.routes.exporting import sheet_response
from fieldapp.registry.routes.sifting import address, filter_by
from fieldapp.registry.rules import CREDIT_GRADES, EnterpriseSize, check_may_place, may_read_contact, position
from fieldapp.registry.rules.deciding import (
    OF_OBJECTS,
    FocusDecision,
    LeavingDecision,
    LeavingGround,
    check_may_propose_leaving,
    is_in_force,
    may_propose_focus,
)
from fieldapp.roles import OVERSEERS, Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import choices, keep_form, page_number, render, see_other

HEADERS = ("序号", "单位名称", "统一社会信用代码", "主体类型", "经营规模", "所在市", "所在县（市、区）", "行政区划代码", "地址",
           "法定代表人", "联系电话", "信用风险等级", "纬度", "经度")
EXPORTED = 20_000


@registry.get("/objects")
@allowed(*READERS)
def list_objects() -> Response:
    return render("registry/objects/list.html", **_list())


@registry.get("/objects.xlsx")
@allowed(*READERS)
def export_objects() -> Response:
    page = queries.objects_page(forms.object_filters(g.officer), per_page=EXPORTED)
    return sheet_response("objects", "检查对象名录库", HEADERS, (_row(number, one) for number, one in enumerate(page, 1)))


@registry.get("/objects/<uuid:object_id>")
@allowed(*READERS)
def show_object(object_id: UUID) -> Response:
    return render("registry/objects/show.html", **object_page(object_id))


@registry.post("/objects/<uuid:object_id>/position")
@allowed(Role.DIVISION_OFFICER, Role.LEGAL_AFFAIRS)
def set_position(object_id: UUID) -> Response:
    try:
        actions.set_position(object_id, position(*(text(request.form, name, 20) for name in ("latitude", "longitude"))),
                             by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/objects/show.html", **object_page(object_id))
    return see_other("registry.show_object", object_id=object_id)


@registry.post("/objects/<uuid:object_id>/focus")
@allowed(Role.DIVISION_OFFICER)
def propose_focus(object_id: UUID) -> Response:
    try:
        actions.propose_focus(object_id, text(request.form, "circumstance", 200), text(request.form, "evidence", 1000),
                              by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/objects/show.html", **object_page(object_id))
    return see_other("registry.show_object", object_id=object_id)


def object_page(object_id: UUID) -> dict[str, Any]:
    """What the page of an object shows."""
    found = queries.object_for(object_id, g.officer)
    year = clock.today().year
    # The count grows with the draw, before anybody else may know who is drawn.
    visits = queries.visit_counts([found.id], year)[found.id] if g.officer.is_any(*OVERSEERS) else None
    return {**_list(), "object": found, "names": queries.names_of(found.id),
            "proposals": queries.proposals_of([found.id]).get(found.id, []), "Decision": FocusDecision,
            "in_force": is_in_force, "visits": visits, "year": year, "shows_contact": _shows_contact(found),
            "may_place": passes(check_may_place, g.officer, _divisions(found)),
            "may_propose": may_propose_focus(g.officer, {one.division_id for one in found.categories if one.valid_to is None}),
            "removals": queries.removals_of(found.id),
            "leaving": [link for link in found.categories if _may_leave(link)], "grounds": choices(OF_OBJECTS),
            "Ground": LeavingGround, "Decided": LeavingDecision, "steps": timeline(found.id)}


def _list() -> dict[str, Any]:
    filters = forms.object_filters(g.officer)
    page = queries.objects_page(filters, page_number())
    return {"page": page, "filters": filters, "sift": _sift(), "url": address("registry.list_objects"), "Size": EnterpriseSize,
            "under_focus": queries.focus_in_force([one.id for one in page])}


def _sift() -> list[Any]:
    here = "registry.list_objects"
    return [
        filter_by(here, "category", _("主体类型"), [(name, name) for name in queries.categories()]),
        filter_by(here, "city", _("所在市"), [(name, name) for name in queries.cities()]),
        filter_by(here, "size", _("经营规模"), choices(EnterpriseSize)),
        filter_by(here, "grade", _("信用风险等级"), [(grade, grade) for grade in sorted(CREDIT_GRADES)]),
        filter_by(here, "focus", _("重点监管"), [("1", _("重点监管中"))]),
    ]


def _shows_contact(found: Any) -> bool:
    return may_read_contact(g.officer, _divisions(found))


def _divisions(found: Any) -> set[UUID]:
    """The divisions that list the object, or have listed it."""
    return {link.division_id for link in found.categories}


def _may_leave(link: Any) -> bool:
    return passes(check_may_propose_leaving, g.officer, link.division_id, has_left=link.is_over_by(clock.today()),
                  is_proposed=queries.is_leaving_proposed(link.id))


def _row(number: int, one: Any) -> tuple[str | int | None, ...]:
    contact = (one.legal_representative, one.telephone) if _shows_contact(one) else ("", "")
    size = EnterpriseSize(one.size).label if one.size else ""
    categories = "、".join(link.category for link in one.categories if not link.is_over_by(clock.today()))
    return (number, one.name, one.uscc, categories, size, one.city,
            one.region_name, one.region_code, one.address, *contact, one.credit_risk_grade, one.latitude,
            one.longitude)
