"""What people type when they review: a decision, remarks at fields, the result, a correction."""

from uuid import UUID

from fieldapp.refusals import Refusal
from fieldapp.review import rules
from fieldapp.review.actions import Approval, Remark
from fieldapp.review.rules import Decision
from fieldapp.web.fields import Form, day, identifiers, text, word
from fieldapp.words import N_

OPINION, TEXT = 1000, 2000
REMARK = "remark:"
MOST_ANNEXES = 500


def decision(form: Form) -> Decision:
    """Agree or return."""
    chosen = word(form, "decision", Decision)
    if chosen is None:
        raise Refusal("review.decision_missing", N_("请选择同意或者退回"), field="decision")
    return chosen


def remarks(form: Form) -> list[Remark]:
    """The remarks, each at the path of its field."""
    named = [name for name in form if name.startswith(REMARK)]
    typed = [Remark(name.removeprefix(REMARK)[:200], text(form, name, OPINION)) for name in named]
    return [remark for remark in typed if remark.text]


def approval(form: Form) -> Approval | None:
    """The result as the head approves it; nothing where the form has no such fields."""
    if "category" not in form:
        return None
    return Approval(rules.category_of(form["category"]), text(form, "text", TEXT), text(form, "order", TEXT),
                    day(form, "order_until"))


def annexes(form: Form) -> list[UUID]:
    """The annexes that the reader had before the eyes; what came since is not among them."""
    return identifiers(form, "annex")[:MOST_ANNEXES]
