"""What applicants, examiners and heads type about an objection."""

from uuid import UUID

from fieldapp.objections.actions import Application, Outcome
from fieldapp.objections.rules import ObjectionDecision
from fieldapp.publication.rules import ResultCategory
from fieldapp.refusals import Refusal
from fieldapp.web.fields import Form, identifier, text, word
from fieldapp.words import N_

TEXT = 2000


def application(form: Form) -> Application:
    """Who objects and why."""
    return Application(text(form, "applicant_name", 60), text(form, "applicant_contact", 120),
                       text(form, "grounds", TEXT))


def outcome(form: Form) -> Outcome:
    """Upheld, or corrected into a category and text."""
    decision = word(form, "decision", ObjectionDecision)
    if decision is None:
        raise Refusal("objections.decision_missing", N_("请选择更正或者维持"), field="decision")
    return Outcome(decision, word(form, "category", ResultCategory), text(form, "text", TEXT))


def result_id(form: Form) -> UUID:
    """Which result is meant."""
    chosen = identifier(form, "result")
    if chosen is None:
        raise Refusal("objections.result_missing", N_("请选择要提出异议的结果"), field="result")
    return chosen
