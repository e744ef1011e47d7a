"""What officers type about a disposal."""

from fieldapp.disposal.actions import Plan
from fieldapp.disposal.rules import Measure
from fieldapp.refusals import Refusal
from fieldapp.web.fields import Form, day, text, word
from fieldapp.words import N_


def plan(form: Form) -> Plan:
    """What is to be done."""
    measure = word(form, "measure", Measure)
    if measure is None:
        raise Refusal("disposal.measure_missing", N_("请选择处置方式"), field="measure")
    return Plan(measure, text(form, "text", 2000), text(form, "receiver", 120), day(form, "due_on"))
