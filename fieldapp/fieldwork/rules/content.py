"""What is signed: the whole record as canonical JSON, its digest, and the short code that people compare."""

from collections.abc import Mapping
from typing import Any

from fieldapp.canonical import digest
from fieldapp.fieldwork.rules.values import is_empty
from fieldapp.law import article

FORM = 1
REGISTERED = "fieldwork.record_registered"
"""The action of the entry that says what a closed record said: number and digest are its facts."""


@article("24")
def record_content(head: Mapping[str, str], values: Mapping[str, Any], items: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that stands above the signature: the head, the fields that say something, the items not struck out
    (each as `item_content` gives it)."""
    return {"form": FORM, "head": dict(head),
            "values": {path: value for path, value in values.items() if not is_empty(value)},
            "items": dict(items)}


@article("24")
def record_digest(head: Mapping[str, str], values: Mapping[str, Any], items: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of the record: the same on the phone that shows it and on the server."""
    return digest(record_content(head, values, items))


@article("24")
def digest_fits(signed: str | None, shown: str | None) -> bool:
    """Whether what was signed is what stands here: every changed character is another digest."""
    return signed is not None and signed == shown


def item_content(value: Mapping[str, Any]) -> Any:
    """An item as it is signed: a photo by its capture hash, a finding by its words."""
    if "capture_hash" in value:
        return value["capture_hash"]
    return {name: value[name] for name in ("text", "reason") if not is_empty(value.get(name))}


def visit_digest(records: Mapping[str, str]) -> str:
    """The digest at the closing of a visit: over the digests of its records."""
    return digest({"records": dict(records)})


def short_code(whole: str | None) -> str:
    """The first eight digits of a digest as `1A2B-3C4D`, for people to compare; "" for none."""
    return f"{whole[:4]}-{whole[4:8]}".upper() if whole else ""
