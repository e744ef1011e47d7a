"""Way B: the import of tasks that were drawn elsewhere."""

from typing import Any
from uuid import UUID

from flask import Response, g, request

from fieldapp.refusals import Refusal
from fieldapp.registry import queries as registry
from fieldapp.registry.rules import Outcome
from fieldapp.roles import Role
from fieldapp.tasks import way_b
from fieldapp.visits import actions, forms, queries
from fieldapp.visits.routes.visits import visits
from fieldapp.visits.rules import BatchState
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import keep_form, render, see_other
from fieldapp.web.transactions import prepared

IMPORTERS = (Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD)


def _read() -> Any:
    """The sheet, read in the child process before the transaction opens; a refusal is answered with the form."""
    try:
        return forms.sheet(request.files.get("sheet"))
    except Refusal as refusal:
        return refusal


@visits.get("/visits/imports")
@allowed(*IMPORTERS)
def list_imports() -> Response:
    return render("visits/imports.html", batches=queries.batches_for(g.officer), BatchState=BatchState)


@visits.post("/visits/imports")
@prepared(_read)
@limited(Limit("import", 20, 60, address))
@allowed(*IMPORTERS)
def hand_in_external_tasks() -> Response:
    if isinstance(g.prepared, Refusal):
        return keep_form(g.prepared, "visits/imports.html", batches=queries.batches_for(g.officer), BatchState=BatchState)
    batch = actions.hand_in_external_tasks(g.prepared, by=g.officer)
    return see_other("visits.show_import", batch_id=batch.id)


@visits.get("/visits/imports/<uuid:batch_id>")
@allowed(*IMPORTERS)
def show_import(batch_id: UUID) -> Response:
    return render("visits/import.html", **_import(batch_id))


@visits.post("/visits/imports/<uuid:batch_id>/acceptance")
@allowed(*IMPORTERS)
def accept_external_tasks(batch_id: UUID) -> Response:
    actions.accept_external_tasks(batch_id, by=g.officer)
    return see_other("visits.show_import", batch_id=batch_id)


@visits.post("/visits/imports/<uuid:batch_id>/rejection")
@allowed(*IMPORTERS)
def reject_external_tasks(batch_id: UUID) -> Response:
    try:
        actions.reject_external_tasks(batch_id, text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        if refusal.field is None:
            raise
        return keep_form(refusal, "visits/import.html", **_import(batch_id))
    return see_other("visits.show_import", batch_id=batch_id)


def _import(batch_id: UUID) -> dict[str, Any]:
    batch = queries.batch_for(g.officer, batch_id)
    rows = [(row, [way_b.finding_from_json(finding) for finding in row.findings]) for row in registry.rows_of(batch.id)]
    return {"batch": batch, "rows": rows, "BatchState": BatchState, "Outcome": Outcome}
