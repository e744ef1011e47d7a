"""The item list: drafts and versions for those inside, what is published for everybody."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.ledger.timeline import timeline
from fieldapp.policy.rules import ratio_text
from fieldapp.refusals import Refusal
from fieldapp.registry import actions, queries
from fieldapp.registry.routes.blueprint import registry
from fieldapp.registry.routes.exporting import sheet_response
from fieldapp.registry.rules import InspectionMethod
from fieldapp.registry.rules.deciding import ItemState
from fieldapp.roles import Role
from fieldapp.web.access import allowed, public
from fieldapp.web.fields import identifiers, text
from fieldapp.web.pages import keep_form, render, see_other

HEADERS = ("序号", "抽查事项名称", "抽查主体（责任处室）", "抽查对象", "抽查内容", "抽查方式", "抽查比例", "抽查频次（次/年）",
           "检查人员要求", "抽查依据")
SIGNS = {">=": "≥", "<=": "≤", "=": ""}


@registry.get("/items")
@allowed()
def list_items() -> Response:
    return render("registry/items/list.html", **_list())


@registry.get("/items.xlsx")
@allowed()
def export_items() -> Response:
    rows = [(number, item.name, item.division.name, item.object_category, item.inspection_content,
             "、".join(InspectionMethod(method).label for method in item.inspection_methods),
             ratio_text(item.ratio_basis_points) + ("（法定）" if item.ratio_is_statutory else ""),
             SIGNS[item.frequency_operator] + str(item.frequency),
             item.staff_requirement, item.legal_basis)
            for number, item in enumerate(queries.items_published(), 1)]
    return sheet_response("items", "随机抽查事项清单", HEADERS, rows)


@registry.get("/items/<uuid:item_id>")
@allowed()
def show_item(item_id: UUID) -> Response:
    return render("registry/items/show.html", **_item(item_id))


@registry.post("/items/publication")
@allowed(Role.LEGAL_AFFAIRS)
def publish_items() -> Response:
    try:
        actions.publish_items(identifiers(request.form, "item"), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/items/list.html", **_list())
    return see_other("registry.list_items")


@registry.post("/items/<uuid:item_id>/repeal")
@allowed(Role.LEGAL_AFFAIRS)
def repeal_item(item_id: UUID) -> Response:
    try:
        actions.repeal_item(item_id, text(request.form, "reason", 500), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/items/show.html", **_item(item_id))
    return see_other("registry.show_item", item_id=item_id)


@registry.get("/public/items")
@public
def show_public_items() -> Response:
    return render("registry/items/public.html", items=queries.items_published(), on=clock.today(), Method=InspectionMethod,
                  ratio_text=ratio_text)


def _list() -> dict[str, Any]:
    return {"items": queries.newest_items(), "drafts": queries.drafts(), "State": ItemState,
            "sizes": queries.directory_sizes()}


def _item(item_id: UUID) -> dict[str, Any]:
    item = queries.item(item_id)
    return _list() | {
        "item": item, "versions": queries.item_versions(item.code), "checklist": queries.checklist_for(item.code),
        "size": queries.directory_size(item.object_category), "steps": timeline(queries.item_case(item)),
        "Method": InspectionMethod, "ratio": ratio_text(item.ratio_basis_points), "evidence": _evidence()}


def _evidence() -> dict[str, str]:
    return {"photo": _("拍照"), "number": _("数值"), "text": _("文字")}
