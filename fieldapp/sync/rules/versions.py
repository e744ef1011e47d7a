"""What an operation said, in words: for the page on which every version of a field stands with its name and time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from fieldapp.fieldwork.rules import value_words
from fieldapp.refusals import Refusal


def version_words(path: str, kind: str, value: Any) -> str:
    """A field's value in the words of the form; of an item or an event its text or its name."""
    if isinstance(value, dict):
        return str(next((value[name] for name in ("text", "name", "explanation", "reason", "number") if value.get(name)), ""))
    if kind != "set" or value is None:
        return ""
    try:
        return value_words(path, value)
    except Refusal:
        return str(value)


def short_code(value: Any) -> str:
    """The first eight digits of what an item or an event is recognised by; nothing where it bears no such code."""
    code = (value.get("capture_hash") or value.get("digest")) if isinstance(value, dict) else None
    return str(code)[:8] if code else ""


def said_at(milliseconds: Any) -> datetime | None:
    """The phone's time of an operation; None where it says none that a calendar knows."""
    if type(milliseconds) is not int or not 0 <= milliseconds < 250_000_000_000_000:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
