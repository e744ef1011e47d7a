"""The disposal cases of a division, of one result, one case."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, g, request
from flask_babel import gettext

from fieldapp import clock
from fieldapp.disposal import actions, forms, queries
from fieldapp.disposal.queries import Filters
from fieldapp.disposal.rules import Measure
from fieldapp.ledger.timeline import timeline
from fieldapp.publication import queries as publication
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Refusal
from fieldapp.review import queries as review
from fieldapp.roles import OF_DIVISION, OVERSEERS
from fieldapp.web.access import allowed
from fieldapp.web.fields import identifier, text
from fieldapp.web.pages import keep_form, page_number, render, see_other

disposal = Blueprint("disposal", __name__)
READERS = OVERSEERS | OF_DIVISION


@disposal.get("/disposals")
@allowed(*READERS)
def list_cases() -> Response:
    named, state = identifier(request.args, "result"), request.args.get("state", "")
    result = publication.result_for(g.officer, named) if named else None
    page = queries.cases_for(g.officer, Filters(state, result.visit_task_id if result else None), page_number())
    return render("disposal/list.html", page=page, state=state, result=result,
                  measures=Measure, categories=ResultCategory, today=clock.today())


@disposal.get("/disposals/new")
@allowed(*OF_DIVISION)
def new_case() -> Response:
    return render("disposal/new.html", **_form(identifier(request.args, "result")))


@disposal.post("/disposals")
@allowed(*OF_DIVISION)
def open_case() -> Response:
    page = _form(identifier(request.form, "result"))
    try:
        case = actions.open_case(page["result"].id, forms.plan(request.form), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "disposal/new.html", **page)
    return see_other("disposal.show_case", case_id=case.id)


@disposal.get("/disposals/<uuid:case_id>")
@allowed(*READERS)
def show_case(case_id: UUID) -> Response:
    return render("disposal/show.html", **_page(queries.case_for(g.officer, case_id)))


@disposal.post("/disposals/<uuid:case_id>/closure")
@allowed(*OF_DIVISION)
def close_case(case_id: UUID) -> Response:
    case = queries.case_for(g.officer, case_id)
    try:
        actions.close_case(case_id, text(request.form, "outcome", 2000), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "disposal/show.html", **_page(case))
    return see_other("disposal.show_case", case_id=case_id)


def _page(case: Any) -> dict[str, Any]:
    return {"case": case, "steps": timeline(case.case_id, area="disposal"), "measures": Measure, "categories": ResultCategory,
            "today": clock.today()}


def _form(named: UUID | None) -> dict[str, Any]:
    result = publication.result_for(g.officer, named or UUID(int=0))
    approved = review.review_of(result.visit_task_id)
    return {"result": result, "approved": approved, "categories": ResultCategory,
            "options": [(one.value, gettext(one.label)) for one in Measure]}
