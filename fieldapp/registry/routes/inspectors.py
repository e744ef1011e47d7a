"""The inspector directory, and what inspectors declare there."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.accounts.queries import divisions
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal, passes
from fieldapp.registry import actions, forms, queries
from fieldapp.registry.routes.blueprint import READERS, registry
from fieldapp.registry.routes.exporting import sheet_response
from fieldapp.registry.routes.sifting import address, filter_by
from fieldapp.registry.rules import InspectorKind
from fieldapp.registry.rules.deciding import OF_INSPECTORS, LeavingDecision, LeavingGround, check_may_propose_leaving
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import day, needed_day, text
from fieldapp.web.pages import choices, keep_form, page_number, render, see_other

HEADERS = ("序号", "姓名", "人员编号", "所在处室", "人员类别", "执法证号", "发证机关", "证件有效期至", "业务专长",
           "可检查的主体类型", "常驻市")
EXPORTED = 20_000


@registry.get("/inspectors")
@allowed(*READERS, Role.INSPECTOR)
def list_inspectors() -> Response:
    return render("registry/inspectors/list.html", **_list())


@registry.get("/inspectors.xlsx")
@allowed(*READERS)
def export_inspectors() -> Response:
    page = queries.inspectors_page(forms.inspector_filters(g.officer, only_oneself=False), per_page=EXPORTED)
    return sheet_response("inspectors", "执法检查人员名录库", HEADERS, (_row(n, one) for n, one in enumerate(page, 1)))


@registry.get("/inspectors/<uuid:inspector_id>")
@allowed(*READERS, Role.INSPECTOR)
def show_inspector(inspector_id: UUID) -> Response:
    return render("registry/inspectors/show.html", **inspector_page(inspector_id))


@registry.post("/inspectors/<uuid:inspector_id>/interests")
@allowed(Role.INSPECTOR, Role.LEGAL_AFFAIRS)
def declare_interest(inspector_id: UUID) -> Response:
    try:
        actions.declare_interest(inspector_id, text(request.form, "object_name", 120), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/inspectors/show.html", **inspector_page(inspector_id))
    return see_other("registry.show_inspector", inspector_id=inspector_id)


@registry.post("/inspectors/<uuid:inspector_id>/unavailability")
@allowed(Role.INSPECTOR, Role.LEGAL_AFFAIRS)
def declare_absence(inspector_id: UUID) -> Response:
    try:
        first = needed_day(request.form, "first_day")
        actions.declare_absence(inspector_id, first, day(request.form, "last_day") or first,
                                text(request.form, "reason", 120), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/inspectors/show.html", **inspector_page(inspector_id))
    return see_other("registry.show_inspector", inspector_id=inspector_id)


@registry.post("/inspectors/<uuid:inspector_id>/account")
@allowed(Role.LEGAL_AFFAIRS)
def link_person(inspector_id: UUID) -> Response:
    actions.link_person(inspector_id, by=g.officer)
    return see_other("registry.show_inspector", inspector_id=inspector_id)


def _list() -> dict[str, Any]:
    is_reader = g.officer.is_any(*READERS)
    page = queries.inspectors_page(forms.inspector_filters(g.officer, only_oneself=not is_reader), page_number())
    return {"page": page, "q": request.args.get("q", "")[:forms.SEARCH_LENGTH], "sift": _sift() if is_reader else [],
            "url": address("registry.list_inspectors"), "day": clock.today(), "Kind": InspectorKind, "is_reader": is_reader}


def inspector_page(inspector_id: UUID) -> dict[str, Any]:
    """What the page of an inspector shows."""
    found = queries.inspector_for(g.officer, inspector_id)
    declares = found.person_id == g.officer.person_id or g.officer.is_any(Role.LEGAL_AFFAIRS)
    to_link = queries.person_to_link(found) if g.officer.is_any(Role.LEGAL_AFFAIRS) else None
    has_left = found.has_left_by(clock.today())
    may_leave = passes(check_may_propose_leaving, g.officer, found.division_id, has_left=has_left,
                       is_proposed=queries.is_leaving_proposed(found.id))
    return _list() | {"inspector": found, "has_left": has_left, "may_leave": may_leave, "grounds": choices(OF_INSPECTORS),
                      "removals": queries.removals_of(found.id), "Ground": LeavingGround,
                      "Decided": LeavingDecision, "absences": queries.absences(found.id),
                      "declares": declares,
                      "to_link": to_link, "load": queries.loads().get(found.id, 0), "steps": timeline(found.id)}


def _sift() -> list[Any]:
    here = "registry.list_inspectors"
    return [
        filter_by(here, "division", _("所属处室"), [(str(one.id), one.name) for one in divisions()]),
        filter_by(here, "certificate", _("执法证"), [("valid", _("有效")), ("expired", _("过期")), ("none", _("无"))]),
    ]


def _row(number: int, one: Any) -> tuple[str | int | None, ...]:
    kind = InspectorKind(one.kind).label if one.kind in {kind.value for kind in InspectorKind} else ""
    types = "全部" if one.subject_types is None else "、".join(one.subject_types)
    until = one.certificate_until.isoformat() if one.certificate_until else ""
    return (number, one.name, one.staff_number, one.division.name, kind, one.certificate_number, one.certificate_issuer,
            until, "、".join(one.specialities), types, one.city)
