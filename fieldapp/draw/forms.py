"""What people hand in at a draw, parsed."""

from fieldapp.refusals import Refusal
from fieldapp.web.fields import Form, text
from fieldapp.words import N_

MOST_VALUE = 64
LONGEST_OPINION = 2000


def commitment(form: Form) -> bytes:
    """A commitment: 64 hexadecimal digits."""
    return _hex(form, "commitment", 32, N_("承诺须为 64 位十六进制数"))


def nonce(form: Form) -> bytes:
    """A nonce: 64 hexadecimal digits."""
    return _hex(form, "nonce", 32, N_("随机数须为 64 位十六进制数"))


def value(form: Form) -> bytes:
    """The value committed to: what was read aloud, as text of at most 64 characters."""
    typed = form.get("value", "").strip()
    if not typed or len(typed) > MOST_VALUE:
        raise Refusal("draw.value_unfit", N_("请填写 1 至 64 个字符的数值（如骰子点数）"), field="value")
    return typed.encode()


def signature(form: Form) -> bytes:
    """The signature of a beacon's round: 96 hexadecimal digits."""
    return _hex(form, "signature", 48, N_("签名须为 96 位十六进制数"))


def opinion(form: Form) -> str:
    """Why somebody decides so; too long a text is refused, never cut."""
    return text(form, "opinion", LONGEST_OPINION)


def reason(form: Form) -> str:
    """Why a draw is to be void."""
    return text(form, "reason", LONGEST_OPINION)


def agrees(form: Form) -> bool:
    """Agree or not: one of the two has to be said."""
    decided = form.get("decision", "")
    if decided not in {"agree", "disagree"}:
        raise Refusal("draw.decision_missing", N_("请选择同意或者不同意"), field="decision")
    return decided == "agree"


def _hex(form: Form, name: str, size: int, message: str) -> bytes:
    typed = form.get(name, "").strip().lower()
    if len(typed) != 2 * size or not set(typed) <= set("0123456789abcdef"):
        raise Refusal(f"draw.{name}_unfit", message, field=name)
    return bytes.fromhex(typed)
