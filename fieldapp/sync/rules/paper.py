"""What was written on paper, as operations: each with when it really happened and who did it (§0b.15)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

TEXT, SHORT = 2000, 60
FIELDS = {"category": "conclusion/category", "text": "conclusion/text", "order": "conclusion/order",
          "order_until": "conclusion/order_until", "opinion": "entity/opinion", "words": "entity/words",
          "name": "entity/name", "capacity": "entity/capacity"}
CHECKS = ("answer", "note", "number")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that stands on paper: what, where in the record, by whom, when."""

    kind: str
    path: str
    value: Any
    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class Ground:
    """What an entry from paper is about: who enters, from when to when, the team (with its certificates), the records with
    their lines and the numbers reserved for their orders, the notice, the object's name."""

    by: UUID
    start: datetime
    end: datetime
    team: Mapping[UUID, tuple[str, str]]
    records: Mapping[UUID, tuple[Sequence[UUID], str]]
    notice: tuple[str, str]
    object_name: str


@article("23", "24")
def said_on_arrival(typed: Mapping[str, str], lists: Mapping[str, Sequence[str]], ground: Ground,
                    paper: Mapping[str, str]) -> list[Said]:
    """Arrival, who was there, certificates shown, the notice signed for or refused, recusal; empty is not said.

    `paper` is the photographed sheet on which it stands.
    """
    by, at = ground.by, ground.start
    said: list[Said] = []
    if place := _text(typed, "arrival_place"):
        said.append(Said("set", "arrival/place", place, by, at))
    for person, (name, certificate) in ground.team.items():
        if str(person) in lists.get("present", ()):
            said.append(Said("add", f"present/{person}", {"name": name, "by": "paper"}, person, at))
        if str(person) in lists.get("shown", ()):
            said.append(Said("issue", f"credential/{person}", {"number": certificate, "to": ground.object_name}, by, at))
    for name in ("recusal", "recusal_reason"):
        if answer := _text(typed, name):
            said.append(Said("set", f"notice/{name}", answer, by, at))
    return [*said, *_notice(typed, ground, paper)]


@article("24")
def said_of_record(typed: Mapping[str, str], record: UUID, ground: Ground) -> list[Said]:
    """The checks of one record, its conclusion, what its entity said; an emptied field is said to be empty."""
    lines, order = ground.records[record]
    places = {f"{line}.{name}": f"check/{line}/{name}" for line in lines for name in CHECKS}
    places |= {f"{record}.{name}": place for name, place in FIELDS.items()}
    values = {place: _text(typed, name) or None for name, place in places.items() if name in typed}
    if values.get("conclusion/order") and order:
        values["conclusion/order_number"] = order
    return [Said("set", f"r/{record}/{place}", value, ground.by, ground.end) for place, value in values.items()]


@article("24")
def signed_on_paper(typed: Mapping[str, str], signers: Sequence[str], record: UUID, ground: Ground,
                    stands: Mapping[str, Any], paper: Mapping[str, str]) -> list[Said]:
    """The entity's signature or refusal and the inspectors' signatures, as they stand on the photographed sheet; `stands` is what
    they signed, its digest and the attendance in it."""
    root, at = f"r/{record}/record", ground.end
    said: list[Said] = []
    name = _text(typed, f"{record}.signer", SHORT)
    common = {**stands, "paper": dict(paper)}
    match typed.get(f"{record}.signing"):
        case "signed":
            value = {"role": "entity", "name": name, "capacity": _text(typed, f"{record}.as", SHORT), **common}
            said.append(Said("sign", root, value, ground.by, at))
        case "refused":
            value = {"what": "record", "words": _text(typed, f"{record}.refusal_words"),
                     "explanation": _text(typed, f"{record}.explanation"), **common}
            said.append(Said("refuse", root, value, ground.by, at))
    for person, (who, _certificate) in ground.team.items():
        if str(person) in signers:
            value = {"role": "inspector", "name": who, "capacity": "", **common}
            said.append(Said("sign", f"{root}/inspector/{person}", value, person, at))
    return said


def _notice(typed: Mapping[str, str], ground: Ground, paper: Mapping[str, str]) -> list[Said]:
    number, sha256 = ground.notice
    answer, by, at = typed.get("notice"), ground.by, ground.start
    if answer not in {"signed", "refused"}:
        return []
    served = Said("issue", "notice", {"number": number, "sha256": sha256}, by, at)
    if answer == "signed":
        value = {"role": "entity", "name": _text(typed, "notice_name", SHORT), "digest": sha256, "paper": dict(paper),
                 "capacity": _text(typed, "notice_capacity", SHORT)}
        return [served, Said("sign", "notice", value, by, at)]
    value = {"what": "notice", "words": "", "explanation": _text(typed, "notice_explanation"), "paper": dict(paper)}
    return [served, Said("refuse", "notice", value, by, at)]


def _text(typed: Mapping[str, str], name: str, most: int = TEXT) -> str:
    """What is typed in a field, with line ends as on this side of the wire; too long is refused, never cut."""
    said = typed.get(name, "").replace("\r\n", "\n").strip()
    if len(said) > most:
        raise Refusal("sync.text_too_long", N_("最多 %(most)s 个字"), field=name, most=most)
    return said
