"""The divisions' results with their clocks, publication, and the files for the publicity system."""

from uuid import UUID

from flask import Response, g, request

from fieldapp.ledger.timeline import timeline
from fieldapp.publication import actions, forms, outgoing, queries, rules
from fieldapp.publication.routes.blueprint import publication
from fieldapp.publication.rules import ObjectionMark, ResultCategory, ResultState
from fieldapp.refusals import Refusal, passes
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import day
from fieldapp.web.pages import download, keep_form, page_number, render, see_other

READERS = (Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.DEPARTMENT_HEAD)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@publication.get("/publication")
@allowed(*READERS)
def list_results() -> Response:
    filters = forms.filters(request.args)
    page = queries.results_for(g.officer, filters, page_number())
    return render("publication/list.html", page=page.each(lambda row: (row, queries.clock_of(row))),
                  late={row.id for row in page if queries.was_late(row)}, filters=filters, states=ResultState,
                  categories=ResultCategory, marks=ObjectionMark)


@publication.get("/publication/<uuid:result_id>")
@allowed(*READERS)
def show_entry(result_id: UUID) -> Response:
    row = queries.result_for(g.officer, result_id)
    may_publish = passes(rules.check_may_publish, g.officer, row.visit_task.task.division_id, ResultState(row.state))
    return render("publication/show.html", result=row, may_publish=may_publish, clock=queries.clock_of(row), states=ResultState,
                  versions=queries.versions(row.visit_task_id), steps=timeline(row.case_id, area="publication"),
                  categories=ResultCategory, marks=ObjectionMark)


@publication.post("/publication/<uuid:result_id>/publication")
@allowed(Role.DIVISION_HEAD, Role.DEPUTY_HEAD)
def publish_result(result_id: UUID) -> Response:
    queries.result_for(g.officer, result_id)
    actions.publish_result(result_id, by=g.officer)
    return see_other("publication.show_entry", result_id=result_id)


@publication.get("/publication/outgoing")
@allowed(Role.LEGAL_AFFAIRS)
def list_outgoing_files() -> Response:
    return render("publication/outgoing.html", files=queries.outgoing_files())


@publication.post("/publication/outgoing")
@allowed(Role.LEGAL_AFFAIRS)
def make_outgoing_file() -> Response:
    try:
        actions.make_outgoing_file(day(request.form, "since"), by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "publication/outgoing.html", files=queries.outgoing_files())
    return see_other("publication.list_outgoing_files")


@publication.get("/publication/outgoing/<uuid:file_id>.json")
@allowed(Role.LEGAL_AFFAIRS)
def show_outgoing_json(file_id: UUID) -> Response:
    return download(queries.outgoing_file(file_id).content.encode(), f"{file_id}.json", "application/json")


@publication.get("/publication/outgoing/<uuid:file_id>.xlsx")
@allowed(Role.LEGAL_AFFAIRS)
def show_outgoing_sheet(file_id: UUID) -> Response:
    return download(outgoing.as_xlsx(queries.outgoing_file(file_id).content), f"{file_id}.xlsx", XLSX)
