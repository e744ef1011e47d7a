"""Deadlines and figures; failing jobs for the system administrator; the ledger for the audit administrator."""

import json
from typing import Any
from uuid import UUID

from flask import Response, g, request, url_for
from flask_babel import gettext

from fieldapp import clock
from fieldapp.documents import handing_out
from fieldapp.ledger.cosignatures import refusals
from fieldapp.ledger.timeline import reason_of
from fieldapp.ledger.verbs import VERBS, verb_label
from fieldapp.oversight import actions, queries, rules
from fieldapp.oversight.routes.door import oversight
from fieldapp.oversight.rules import Deadline, DeadlineKind
from fieldapp.publication.rules import ResultCategory
from fieldapp.roles import OF_DIVISION, Role
from fieldapp.visits import queries as visits
from fieldapp.web.access import allowed
from fieldapp.web.fields import identifier
from fieldapp.web.pages import render, see_other
from fieldapp.web.transactions import aside, prepared

READERS = (Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD, Role.DEPARTMENT_HEAD)

PLACES = {
    DeadlineKind.SIGNATURE: ("visits.show_visit", "visit_id"),
    DeadlineKind.PAPER: ("visits.show_visit", "visit_id"),
    DeadlineKind.REPORT: ("entrusting.show_entrustment", "entrustment_id"),
    DeadlineKind.REVIEW: ("review.show_review", "review_id"),
    DeadlineKind.PUBLICATION: ("publication.show_entry", "result_id"),
    DeadlineKind.OBJECTION: ("objections.show_objection", "objection_id"),
    DeadlineKind.DISPOSAL: ("disposal.show_case", "case_id"),
}


@oversight.get("/oversight")
@allowed(*READERS)
def show_deadlines() -> Response:
    today, division = clock.today(), queries.scope(g.officer)
    deadlines = queries.deadlines(division)
    by_category = queries.results_by_category(today.year, division)
    months = queries.results_by_month(today.year, division)
    return render(
        "oversight/deadlines.html", today=today, deadlines=deadlines, late=rules.overdue(deadlines, today),
        tallies=rules.tallies(deadlines, today), coverage=queries.coverage(today.year, division), percent=rules.percent,
        repeats=queries.repeat_visits(today.year, division),
        replaced=queries.replacements(today.year, division), kinds=DeadlineKind, place=_place,
        categories=rules.bars([(gettext(one.label), by_category[one]) for one in ResultCategory]),
        months=rules.bars([(gettext("%(month)s 月", month=number), count) for number, count in enumerate(months, 1)]))


def _files_of_case() -> None:
    """Every document of the case gets its file before the case file names its hash."""
    with aside(write=False):
        inside = queries.documents_of_case(visits.visit_for(g.officer, (request.view_args or {})["visit_id"]))
        document_ids = [one.id for one in inside]
    handing_out.have_made(document_ids)


@oversight.post("/visits/<uuid:visit_id>/case-file")
@prepared(_files_of_case)
@allowed(*OF_DIVISION, Role.LEGAL_AFFAIRS)
def make_case_file(visit_id: UUID) -> Response:
    actions.make_case_file(visit_id, by=g.officer)
    return see_other("visits.show_visit", visit_id=visit_id)


@oversight.get("/oversight/jobs")
@allowed(Role.SYSTEM_ADMIN)
def list_jobs() -> Response:
    return render("oversight/jobs.html", jobs=queries.failing_jobs(), waiting=queries.jobs_waiting())


@oversight.post("/oversight/jobs/<uuid:job_id>/retry")
@allowed(Role.SYSTEM_ADMIN)
def retry_job(job_id: UUID) -> Response:
    actions.retry_job(job_id, by=g.officer)
    return see_other("oversight.list_jobs")


@oversight.get("/oversight/entries")
@allowed(Role.AUDIT_ADMIN)
def list_entries() -> Response:
    action = request.args.get("action", "")
    rows = queries.entries(action, identifier(request.args, "before"))
    said = {entry.id: json.loads(payload.facts) if payload else {} for entry, payload in rows}
    reasons = {entry.id: reason_of(entry, said[entry.id]) for entry, _ in rows}
    return render("oversight/entries.html", entries=[entry for entry, _ in rows], said=said, reasons=reasons, action=action,
                  verbs=[(verb, gettext(label)) for verb, label in VERBS.items()], verb_label=verb_label,
                  refusals=refusals(), more=len(rows) == queries.PAGE)


def _place(deadline: Deadline) -> str:
    """Where the thing that is waited for is done; nothing for those who only look on."""
    if deadline.kind is DeadlineKind.REVIEW and g.officer.is_any(Role.DEPARTMENT_HEAD):
        return ""
    endpoint, argument = PLACES[deadline.kind]
    values: dict[str, Any] = {argument: deadline.thing_id}
    return url_for(endpoint, **values)
