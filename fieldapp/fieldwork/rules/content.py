"""What is signed: the whole record as canonical JSON, its digest, and the short code that people compare."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from fieldapp.canonical import digest
from fieldapp.fieldwork.rules.values import is_empty
from fieldapp.law import article

FORM, ATTENDED = 1, 2
"""The form of a record as it is signed: alone, as kits of older releases signed it, or with who was there."""
REGISTERED = "fieldwork.record_registered"
"""The action of the entry that says what a closed record said: number and digest are its facts."""


@dataclass(frozen=True, slots=True)
class Attendance:
    """Where the team arrived, what the party answered about recusal (`values` by path), who was there, and whose certificate,
    by its number, was shown: as one phone, or the server, knows it."""

    values: Mapping[str, str]
    present: Collection[UUID]
    shown: Mapping[UUID, str]

    def as_dict(self) -> dict[str, Any]:
        """As it stands in the signed content, and in the operation that signs it."""
        return {"values": dict(self.values), "present": sorted(map(str, self.present)),
                "shown": {str(person): number for person, number in self.shown.items()}}

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """As an operation brought it, checked before by `is_attendance`."""
        return cls(said["values"], {UUID(one) for one in said["present"]},
                   {UUID(person): number for person, number in said["shown"].items()})


@article("23", "24")
def is_borne_out(said: Attendance, values: Mapping[str, Collection[Any]], present: Collection[UUID],
                 shown: Mapping[UUID, Collection[str]]) -> bool:
    """Whether the record holds what a signature says of the attendance: each value, of two that differ either, each presence,
    each number. What colleagues wrote without that phone's knowledge takes nothing from it."""
    return (all(value in values.get(path, ()) for path, value in said.values.items())
            and set(said.present) <= set(present)
            and all(number in shown.get(person, ()) for person, number in said.shown.items()))


@article("24")
def record_content(head: Mapping[str, str], values: Mapping[str, Any], items: Mapping[str, Any],
                   attendance: Attendance | None = None) -> dict[str, Any]:
    """Everything that stands above the signature: the head, the fields that say something, the items not struck out
    (each as `item_content` gives it), who was there and whose certificate was shown."""
    content = {"form": FORM, "head": dict(head),
               "values": {path: value for path, value in values.items() if not is_empty(value)},
               "items": dict(items)}
    return content if attendance is None else {**content, "form": ATTENDED, "attendance": attendance.as_dict()}


@article("24")
def record_digest(head: Mapping[str, str], values: Mapping[str, Any], items: Mapping[str, Any],
                  attendance: Attendance | None = None) -> str:
    """SHA-256 of the canonical JSON of the record: the same on the phone that shows it and on the server."""
    return digest(record_content(head, values, items, attendance))


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
