"""Identity documents of people who are heard: which kind, whether the number can be one, how it is shown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from fieldapp.documents.rules.parts import Part
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")


class IdentityKind(Labelled):
    """What somebody identified themselves by."""

    RESIDENT = "resident", N_("居民身份证")
    COMPATRIOT = "compatriot", N_("港澳台居民居住证")
    FOREIGNER = "foreigner", N_("外国人永久居留身份证")
    PASSPORT = "passport", N_("护照")
    OTHER = "other", N_("其他身份证件")
    NONE = "none", N_("未出示身份证件")


CHECKED = frozenset({IdentityKind.RESIDENT, IdentityKind.COMPATRIOT, IdentityKind.FOREIGNER})
"""Kinds whose numbers are those of GB 11643: 17 digits and their check."""


@dataclass(frozen=True, slots=True)
class Identity:
    """By which document somebody identified themselves: its number in plain half-width letters, empty for none."""

    kind: IdentityKind
    number: str = ""

    @property
    def shown(self) -> str:
        """The kind, and the number with its middle covered, as pages and the database show it."""
        return f"{self.kind.label} {masked(self.number)}".strip()


def plain_number(typed: str) -> str:
    """A number as it is typed on any keyboard: half-width, without gaps, in capitals."""
    return "".join(normalize("NFKC", typed).split()).upper()


def is_resident_number(number: str) -> bool:
    """Whether it can be a number of GB 11643; the place in it is not looked up (lists of places are never complete)."""
    if _RESIDENT.fullmatch(number) is None:
        return False
    return CHECKS[sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True)) % 11] == number[17]


def masked(number: str) -> str:
    """A number with its middle covered: 3701**********2515; of a short one only the end is left."""
    first, last = (4, 4) if len(number) > 12 else (0, 4) if len(number) > 6 else (0, 0)
    return number[:first] + "*" * (len(number) - first - last) + number[len(number) - last:]


@article("24")
def check_identity(identity: Identity) -> None:
    """Who identified themselves did so by a document with its number; a number of GB 11643 fits its check."""
    if (identity.kind is IdentityKind.NONE) == bool(identity.number):
        raise Refusal("documents.identity_number", N_("请填写身份证件号码；没有出示的，选择“未出示身份证件”"),
                      field="identity_number")
    if identity.kind in CHECKED and not is_resident_number(identity.number):
        raise Refusal("documents.identity_check", N_("身份证件号码不对，请核对"), field="identity_number")


def revealed(content: dict[str, Any], reveal: Callable[[str], str]) -> dict[str, Any]:
    """What is frozen, with the whole numbers in the place of the covered ones: for paper alone."""
    whole = {one["shown"]: reveal(one["sealed"]) for one in content.get("concealed", ())}
    return content | {"parts": [_with_whole(one, whole) for one in content["parts"]]} if whole else content


def _with_whole(part: Part, whole: dict[str, str]) -> Part:
    if part["is"] != "facts":
        return part
    return part | {"rows": [[name, _replaced(value, whole)] for name, value in part["rows"]]}


def _replaced(value: str, whole: dict[str, str]) -> str:
    for shown, number in whole.items():
        value = value.replace(shown, number)
    return value
