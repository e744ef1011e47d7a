"""What people type when they review: a decision, remarks at fields, the result, facts to add, a signature of the entity."""

from uuid import UUID

from fieldapp.fieldwork.rules import Unsigned
from fieldapp.refusals import Refusal
from fieldapp.review import rules
from fieldapp.review.actions import Approval, Remark
from fieldapp.review.rules import AddedFact, Decision, NotSigned
from fieldapp.sync.rules import Signer, check_name
from fieldapp.web.fields import Form, day, identifiers, json_said, text, word
from fieldapp.words import N_

OPINION, TEXT = 1000, 2000
REMARK, FACT = "remark:", "fact:"
NAME, STROKES = 60, 60_000
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


def added_facts(form: Form) -> list[AddedFact]:
    """The facts typed, each at the part of the record that its field names."""
    named = [name for name in form if name.startswith(FACT)]
    typed = [AddedFact(name.removeprefix(FACT)[:200], text(form, name, TEXT)) for name in named]
    return [one for one in typed if one.text]


def entity_signing(form: Form) -> tuple[Signer, str, str]:
    """Who signs for the entity over which digest, with what opinion, in which words."""
    name, capacity = text(form, "name", NAME), form.get("capacity", "")
    check_name(name, capacity)
    is_typed = form.get("way") == "typed"
    strokes = [] if is_typed else json_said(form.get("strokes", "")[:STROKES].encode())
    signer = Signer(name, capacity, strokes if isinstance(strokes, list) else [], is_typed, form.get("digest", "")[:64])
    return signer, form.get("opinion", ""), text(form, "words", OPINION)


def not_signed(form: Form) -> NotSigned:
    """Why the entity did not sign, and what the inspectors say of it."""
    return NotSigned(word(form, "cause", Unsigned), text(form, "words", OPINION), text(form, "explanation", OPINION),
                     text(form, "witness_name", NAME), text(form, "witness_unit", 200))
