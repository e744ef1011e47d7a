"""Sheets: brought, looked through row by row, handed in, accepted or returned."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp.accounts.queries import divisions
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal
from fieldapp.registry import actions, forms, queries
from fieldapp.registry.routes.blueprint import BRINGERS, registry
from fieldapp.registry.routes.exporting import sheet_response
from fieldapp.registry.routes.sifting import address, filter_by
from fieldapp.registry.rules import Finding, Outcome, SheetKind
from fieldapp.registry.rules.deciding import BatchState, RowChoice, kinds_for
from fieldapp.roles import Role
from fieldapp.web.access import allowed
from fieldapp.web.fields import text
from fieldapp.web.pages import keep_form, page_number, render, see_other
from fieldapp.web.transactions import prepared


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One row of the report: where, what was read, what became of it, each finding with the original cell."""

    id: UUID
    number: int
    name: str
    code: str
    verdict: str
    notes: list[tuple[str, str]]
    choice: str | None


@registry.get("/imports")
@allowed(*BRINGERS)
def list_imports() -> Response:
    return render("registry/imports/list.html", batches=queries.batches_page(g.officer, page_number()), State=BatchState,
                  Kind=SheetKind)


@registry.get("/imports/new")
@allowed(*BRINGERS)
def new_import() -> Response:
    return render("registry/imports/new.html", **_form())


@registry.post("/imports")
@allowed(*BRINGERS)
@prepared(forms.read_sheet_file)
def import_sheet() -> Response:
    try:
        if isinstance(g.prepared, Refusal):
            raise g.prepared
        batch = actions.import_sheet(g.prepared, division_id=forms.division(request.form, g.officer),
                                     item_code=text(request.form, "item_code", 20) or None, by=g.officer)
    except Refusal as refusal:
        return keep_form(refusal, "registry/imports/new.html", **_form())
    return see_other("registry.show_import", batch_id=batch.id)


@registry.get("/imports/<uuid:batch_id>")
@allowed(*BRINGERS)
def show_import(batch_id: UUID) -> Response:
    return render("registry/imports/show.html", **_import(batch_id))


@registry.get("/imports/<uuid:batch_id>/report.xlsx")
@allowed(*BRINGERS)
def show_report(batch_id: UUID) -> Response:
    batch = queries.batch_for(g.officer, batch_id)
    rows = [(row.number, row.name, row.code, _(Outcome(row.verdict).label), "；".join(words for words, _cell in row.notes),
             "；".join(cell for _words, cell in row.notes if cell)) for row in map(_report, queries.rows_of(batch.id))]
    headers = [_("行号"), _("名称"), _("代码或编号"), _("处理结果"), _("说明"), _("原单元格")]
    return sheet_response("report", _("逐行报告"), headers, rows)


@registry.post("/imports/<uuid:batch_id>/submission")
@allowed(*BRINGERS)
def hand_in_batch(batch_id: UUID) -> Response:
    return _done(batch_id, lambda: actions.hand_in_batch(batch_id, by=g.officer))


@registry.post("/imports/<uuid:batch_id>/decision")
@allowed(Role.LEGAL_AFFAIRS)
def decide_batch(batch_id: UUID) -> Response:
    def decide() -> None:
        opinion = text(request.form, "opinion", 1000)
        decide_so = actions.accept_batch if forms.agrees(request.form) else actions.return_batch
        decide_so(batch_id, opinion, by=g.officer)

    return _done(batch_id, decide)


@registry.post("/imports/<uuid:batch_id>/withdrawal")
@allowed(*BRINGERS)
def withdraw_batch(batch_id: UUID) -> Response:
    return _done(batch_id, lambda: actions.withdraw_batch(batch_id, by=g.officer))


@registry.post("/imports/<uuid:batch_id>/choices")
@allowed(*BRINGERS)
def choose_rows(batch_id: UUID) -> Response:
    def choose() -> None:
        choice, row_id = forms.choice(request.form)
        if row_id is None:
            actions.choose_all_rows(batch_id, choice, by=g.officer)
        else:
            actions.choose_row(batch_id, row_id, choice, by=g.officer)

    return _done(batch_id, choose, verdict=Outcome.RENAMED_DUPLICATE.value)


def _done(batch_id: UUID, act: Any, **arguments: str) -> Response:
    try:
        act()
    except Refusal as refusal:
        return keep_form(refusal, "registry/imports/show.html", **_import(batch_id))
    return see_other("registry.show_import", batch_id=batch_id, **arguments)


def _form() -> dict[str, Any]:
    chosen_by_title = [("", _("按表的标题判断"))]
    own = divisions() if g.officer.is_any(Role.LEGAL_AFFAIRS) else []
    return {"kinds": [_(kind.label) for kind in kinds_for(g.officer)],
            "items": chosen_by_title + [(item.code, item.name) for item in queries.newest_items()],
            "divisions": own and chosen_by_title + [(str(one.id), one.name) for one in own]}


def _import(batch_id: UUID) -> dict[str, Any]:
    batch = queries.batch_for(g.officer, batch_id)
    verdict = request.args.get("verdict", "")
    page = queries.rows_page(batch.id, verdict, page_number())
    outcomes = [(value, f"{_(Outcome(value).label)} {count}") for value, count in queries.row_counts(batch.id).items()]
    here = filter_by("registry.show_import", "verdict", _("处理结果"), outcomes, batch_id=batch.id)
    return {"batch": batch, "page": page, "rows": [_report(row) for row in page], "outcomes": here.choices,
            "url": address("registry.show_import", batch_id=batch.id), "open_renamed": len(queries.open_renamed(batch.id)),
            "may_choose": batch.state == BatchState.PREVIEWED or g.officer.is_any(Role.LEGAL_AFFAIRS),
            "steps": timeline(batch.id), "State": BatchState, "Kind": SheetKind, "Outcome": Outcome, "Choice": RowChoice}


def _report(row: Any) -> ReportRow:
    values = row.values
    findings = [Finding.from_json(stored) for stored in row.findings]
    code = values.get("uscc") or values.get("staff_number") or values.get("number") or ""
    return ReportRow(row.id, row.number, values.get("name") or values.get("content") or "", str(code), row.verdict,
                     [(_(found.message, **found.facts), found.value) for found in findings], row.choice)
