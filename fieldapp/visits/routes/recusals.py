"""Recusal and replacement: apply, read, decide, consent."""

from typing import Any
from uuid import UUID

from flask import Response, g, request
from flask_babel import gettext as _

from fieldapp.accounts import queries as waiting
from fieldapp.draw.rules import Circle
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Refusal, passes
from fieldapp.roles import HEADS, OF_DIVISION, Role
from fieldapp.visits import actions, forms, queries, rules
from fieldapp.visits.routes.visits import READERS, visits
from fieldapp.web.access import allowed
from fieldapp.web.fields import needed_identifier, needed_text, text
from fieldapp.web.filters import moment
from fieldapp.web.pages import choices, keep_form, render, see_other


@visits.get("/visits/<uuid:visit_id>/recusals/new")
@allowed(Role.INSPECTOR, *OF_DIVISION)
def new_recusal(visit_id: UUID) -> Response:
    return render("visits/replacing/apply.html", **_application(visit_id))


@visits.post("/visits/<uuid:visit_id>/recusals")
@allowed(Role.INSPECTOR, *OF_DIVISION)
def ask_recusal(visit_id: UUID) -> Response:
    """A member applies for the own recusal; who names another proposes it ex officio."""
    try:
        said = forms.interest(request.form), needed_text(request.form, "text", forms.LONG)
        if request.form.get("recused"):
            row = actions.propose_recusal(visit_id, needed_identifier(request.form, "recused"), *said, by=g.officer)
        else:
            row = actions.ask_recusal(visit_id, *said, by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, "visits/replacing/apply.html", _application(visit_id))
    return see_other("visits.show_recusal", recusal_id=row.id)


@visits.post("/visits/<uuid:visit_id>/substitutions")
@allowed(Role.INSPECTOR, *OF_DIVISION)
def ask_substitution(visit_id: UUID) -> Response:
    try:
        row = actions.ask_substitution(visit_id, needed_identifier(request.form, "inspector"), request.form.get("ground", ""),
                                       text(request.form, "reason", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, "visits/replacing/apply.html", _application(visit_id))
    return see_other("visits.show_substitution", substitution_id=row.id)


@visits.get("/recusals/<uuid:recusal_id>")
@allowed(*READERS)
def show_recusal(recusal_id: UUID) -> Response:
    return render("visits/replacing/recusal.html", **_recusal(recusal_id))


@visits.post("/recusals/<uuid:recusal_id>/decision")
@allowed(Role.DEPARTMENT_HEAD, *HEADS)
def decide_recusal(recusal_id: UUID) -> Response:
    try:
        actions.decide_recusal(recusal_id, forms.ruling(request.form), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, "visits/replacing/recusal.html", _recusal(recusal_id))
    return see_other("visits.show_recusal", recusal_id=recusal_id)


@visits.post("/recusals/<uuid:recusal_id>/consent")
@allowed(*HEADS)
def consent_to_swap(recusal_id: UUID) -> Response:
    try:
        actions.consent_to_swap(recusal_id, request.form.get("decision", ""), text(request.form, "opinion", forms.LONG),
                                by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, "visits/replacing/recusal.html", _recusal(recusal_id))
    return see_other("visits.show_recusal", recusal_id=recusal_id)


@visits.post("/recusals/<uuid:recusal_id>/reading")
@allowed(Role.INSPECTOR)
def acknowledge_recusal(recusal_id: UUID) -> Response:
    actions.acknowledge_recusal(recusal_id, by=g.officer)
    return see_other("visits.show_recusal", recusal_id=recusal_id)


@visits.get("/substitutions/<uuid:substitution_id>")
@allowed(*READERS)
def show_substitution(substitution_id: UUID) -> Response:
    return render("visits/replacing/substitution.html", **_substitution(substitution_id))


@visits.post("/substitutions/<uuid:substitution_id>/decision")
@allowed(*HEADS)
def decide_substitution(substitution_id: UUID) -> Response:
    try:
        actions.decide_substitution(substitution_id, request.form.get("decision", ""),
                                    text(request.form, "opinion", forms.LONG), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, "visits/replacing/substitution.html", _substitution(substitution_id))
    return see_other("visits.show_substitution", substitution_id=substitution_id)


@visits.post("/substitutions/<uuid:substitution_id>/draws")
@allowed(Role.LEGAL_AFFAIRS, *HEADS)
def draw_again(substitution_id: UUID) -> Response:
    actions.draw_again(substitution_id, by=g.officer)
    return see_other("visits.show_substitution", substitution_id=substitution_id)


@visits.post("/substitutions/<uuid:substitution_id>/substitute")
@allowed(*OF_DIVISION)
def enter_substitute(substitution_id: UUID) -> Response:
    try:
        actions.enter_substitute(substitution_id, needed_identifier(request.form, "swap"),
                                 text(request.form, "reference", forms.SHORT), by=g.officer)
    except Refusal as refusal:
        return _keep(refusal, "visits/replacing/substitution.html", _substitution(substitution_id))
    return see_other("visits.show_substitution", substitution_id=substitution_id)


def _application(visit_id: UUID) -> dict[str, Any]:
    """The own application for recusal, and who can be proposed for replacement."""
    visit = queries.visit_for(g.officer, visit_id)
    own = queries.own_seat(visit, g.officer.person_id)
    arranges = rules.may_arrange(g.officer, visit.lead_division_id)
    gone = queries.replaced(visit.id)
    members = [one for one in visit.members if one.inspector_id not in gone] if arranges else [own] if own else []
    return {"visit": visit, "own": own, "interests": choices(rules.Interest),
            "arranges": arranges, "members": [(one.inspector_id, one.inspector.name) for one in members],
            "grounds": choices(one for one in rules.Ground if one is not rules.Ground.RECUSAL)}


def _recusal(recusal_id: UUID) -> dict[str, Any]:
    row = queries.recusal_for(g.officer, recusal_id)
    visit, other = row.visit, row.swap_visit
    may_decide = _decides(row, visit.lead_division_id, by_party=row.by_party)
    may_swap = may_decide and row.inspector is not None and rules.may_take(rules.Step.SWAP, visit.state)
    return {
        "row": row, "visit": visit, "steps": timeline(visit.id, about=row.id), "may_decide": may_decide,
        "Interest": rules.Interest, "Outcome": rules.Outcome,
        "outcomes": choices(rules.Outcome),
        "Decision": rules.Decision, "members": [(one.inspector_id, one.inspector.name) for one in queries.members(visit)],
        "may_consent": other is not None and _decides(row, other.lead_division_id),
        "may_swap": may_swap, "swaps": _swaps(row) if may_swap else [], "begun": visit.state not in rules.BEFORE_START,
        "unread": any(one.person_id == g.officer.person_id for one in waiting.open_rows("recusal_declined", row.id)),
        "chain": [one for one in queries.substitutions_of(visit.id) if one.recusal_id == row.id and queries.sees(
            g.officer, visit.id)], "Circle": Circle}


def _decides(row: Any, lead_division_id: UUID, *, by_party: bool = False) -> bool:
    """Whether an application is undecided, and the reader's to decide as that division's head or, a party's, the department's."""
    return row.decision is None and passes(rules.check_decides_recusal, g.officer, by_party=by_party,
                                           lead_division_id=lead_division_id, concerned=queries.concerned_by(row))


def _swaps(row: Any) -> list[tuple[str, str]]:
    """With whom the applicant could lawfully swap."""
    found = queries.swap_choices(row.visit, row.inspector)
    days = {one.visit_id: queries.visit(one.visit_id).slot_start for one in found}
    return [(f"{one.visit_id} {one.inspector_id}", " · ".join([
        one.inspector.name, one.inspector.division.name, moment(days[one.visit_id]) or _("未约定时间")])) for one in found]


def _substitution(substitution_id: UUID) -> dict[str, Any]:
    row = queries.substitution_for(g.officer, substitution_id)
    heads = g.officer.heads(row.visit.lead_division_id)
    waits, elsewhere = row.exhausted_at is not None, not queries.is_drawn_here(row.visit)
    may_enter = waits and elsewhere and rules.may_arrange(g.officer, row.visit.lead_division_id)
    return {
        "row": row, "visit": row.visit, "steps": timeline(row.visit_id, about=row.id),
        "Ground": rules.Ground, "Decision": rules.Decision, "Circle": Circle,
        "elsewhere": elsewhere, "choices": queries.substitute_choices(
            row.visit, queries.drawn_member(row.visit, row.inspector_id)) if may_enter else [],
        "may_decide": _decides(row, row.visit.lead_division_id),
        "begun": row.visit.state not in rules.BEFORE_START,
        "may_draw": waits and not elsewhere and (heads or g.officer.is_any(Role.LEGAL_AFFAIRS))}


def _keep(refusal: Refusal, template: str, context: dict[str, Any]) -> Response:
    if refusal.field is None:
        raise refusal
    return keep_form(refusal, template, **context)
