"""Generations reported to legal affairs, and the empty sheet for tasks drawn elsewhere."""

from uuid import UUID

from flask import Response, g

from fieldapp.roles import Role
from fieldapp.tasks import actions, queries, way_b
from fieldapp.tasks.routes.blueprint import tasks
from fieldapp.web.access import allowed
from fieldapp.web.pages import download, page_number, render, see_other

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@tasks.get("/tasks/reports")
@allowed(Role.LEGAL_AFFAIRS)
def list_reports() -> Response:
    return render("tasks/reports.html", page=queries.reports_page(page_number()))


@tasks.post("/tasks/reports/<uuid:report_id>/note")
@allowed(Role.LEGAL_AFFAIRS)
def note_report(report_id: UUID) -> Response:
    actions.note_report(report_id, by=g.officer)
    return see_other("tasks.list_reports")


@tasks.get("/tasks/import-sheet.xlsx")
@allowed(Role.DIVISION_OFFICER, Role.LEGAL_AFFAIRS)
def show_import_sheet() -> Response:
    return download(way_b.write(), "tasks.xlsx", XLSX)
