"""The paper set of a visit as it is printed."""

from typing import Any
from uuid import UUID

from flask import Response, g, url_for
from flask_babel import gettext as _

from fieldapp.documents.qr import qr_svg
from fieldapp.documents.rules import SheetKind, notice_sections, sheets_of
from fieldapp.fieldwork import actions, queries
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.fieldwork.rules import Answer, Capacity, ProposedCategory
from fieldapp.roles import Role
from fieldapp.visits import queries as visits
from fieldapp.visits.rules import ON_SITE
from fieldapp.web.access import allowed
from fieldapp.web.pages import public_address, render, see_other


@fieldwork.get("/visits/<uuid:visit_id>/paper")
@allowed(Role.INSPECTOR)
def show_paper(visit_id: UUID) -> Response:
    visit = queries.visit_of_team(g.officer, visit_id)
    found = queries.paper_set(visit.id)
    parts = {part.id: _record(part) for part in visit.visit_tasks} if found else {}
    sheets = sheets_of([(one, [check["content"] for check in one["checks"]]) for one in parts.values()]) if found else []
    codes = [qr_svg(f"{public_address(url_for('.show_paper', visit_id=visit.id))}#p{number}", _("第 %(n)s 页", n=number))
             for number, _sheet in enumerate(sheets, 1)]
    return render(
        "fieldwork/sheets/show.html", visit=visit, paper=found, sheets=list(zip(sheets, codes, strict=True)), kinds=SheetKind,
        can_prepare=visit.state in ON_SITE, members=_members(visit), notice=visit.notice, answers=list(Answer), rows=_rows(visit),
        sections=notice_sections(visit.notice.content) if visit.notice and visit.notice.content else [],
        categories=list(ProposedCategory), capacities=list(Capacity))


@fieldwork.post("/visits/<uuid:visit_id>/paper")
@allowed(Role.INSPECTOR)
def prepare_paper(visit_id: UUID) -> Response:
    actions.prepare_paper(visit_id, by=g.officer)
    return see_other(".show_paper", visit_id=visit_id)


def _rows(visit: Any) -> list[dict[str, Any]]:
    """The rows of the draw that the notice opens to the inspected party: of which draw, and as a code to be scanned."""
    opened = (visit.notice.content or {}).get("rows", []) if visit.notice else []
    return [{"year": one["file"]["year"], "number": one["file"]["number"],
             "qr": qr_svg(public_address(f"/public/draws/{one['file']['year']}/{one['file']['number']}/row#{one['code']}"),
                          _("抽取凭证"), dense=True)} for one in opened]


def _record(part: Any) -> dict[str, Any]:
    order = visits.order_number(part)
    return {"item": part.task.item.name, "number": part.record_number.number if part.record_number else "",
            "order_number": order.number if order else "", "checks": queries.line_facts(part)}


def _members(visit: Any) -> list[dict[str, str]]:
    return [{"name": one.name, "unit": one.division.name, "certificate": one.certificate_number or ""}
            for one in queries.team(visit).values()]
