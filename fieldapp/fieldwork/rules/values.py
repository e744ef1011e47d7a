"""What a value must look like at its place; what does not is received and kept, but does not enter the record."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from fieldapp.fieldwork.rules.arrival import Closure, Entry
from fieldapp.fieldwork.rules.paths import HEARD, OF_ATTENDANCE, PICTURES, Thing
from fieldapp.fieldwork.rules.words import Answer, Awaited, EntityOpinion, Grade, ProposedCategory, Recusal, Unsigned
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

TEXT, NAME, NUMBER = 2000, 60, 40
MOST_POINTS, MOST_PEOPLE = 1500, 40
GRADES = frozenset(map(str, Grade))
_HASH = re.compile(r"[0-9a-f]{64}")
_PERSON = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


def check_value(kind: str, thing: Thing, value: Any) -> None:
    """Refuse a value that its place cannot hold."""
    if kind == "void":
        _check(isinstance(value, dict) and _is_text(value.get("reason", ""), TEXT))
    elif kind in {"sign", "refuse"}:
        (check_signature if kind == "sign" else check_refusal)(thing, value)
    else:
        _check(_CHECKS.get(thing, _is_words)(value))
    if thing is Thing.OTHER and kind == "add":
        check_other_finding(value)


@article("21")
def check_other_finding(value: dict[str, Any]) -> None:
    """What the work plan does not name enters only as another finding, and with its reason: no wider than planned."""
    if not value.get("text", "").strip() or not value.get("reason", "").strip():
        raise Refusal("fieldwork.other_finding_needs_reason", N_("其他发现须写明内容和列入理由"))


@article("24")
def check_signature(thing: Thing, value: Any) -> None:
    """A signature: whose by name, in what capacity, its strokes or the photographed seal, and what was signed."""
    _check(isinstance(value, dict) and _is_text(value.get("name"), NAME) and _is_text(value.get("capacity", ""), NAME)
           and _is_text(value.get("dissent", ""), TEXT) and _is_hash_or_none(value.get("digest"))
           and type(value.get("read_aloud", False)) is bool and _is_witness(value.get("witness"))
           and _is_attendance(value.get("attendance")))
    if not value["name"].strip():
        raise Refusal("fieldwork.signature_needs_name", N_("签字须写明姓名"))
    if value.get("strokes"):
        _check(_are_strokes(value["strokes"]))
    elif _is_on_paper(value.get("paper")):
        return  # written by hand on a numbered sheet, which stands photographed
    elif value.get("typed") is True and value.get("own_phone") is True and thing is not Thing.INSPECTOR_SIGNATURE:
        return  # who cannot draw by hand confirms by the typed name, on the own phone, beside the code that was told there
    elif thing is not Thing.RECORD or not _is_text(value.get("seal"), NAME):
        raise Refusal("fieldwork.signature_empty", N_("没有笔迹，也没有印章照片，不能作为签字"))


@article("24")
def check_refusal(thing: Thing, value: Any) -> None:
    """Who refuses to sign is heard: the words, and always the inspectors' explanation; a witness if there is one.

    On its own phone the entity says its words alone: the explanation follows from the inspectors.
    """
    _check(isinstance(value, dict) and _is_text(value.get("words", ""), TEXT)
           and _is_text(value.get("explanation"), TEXT) and _is_hash_or_none(value.get("digest"))
           and _is_one_of(Unsigned)(value.get("cause") or "refused") and _is_witness(value.get("witness"))
           and _is_attendance(value.get("attendance")))
    _check(thing not in HEARD or value.get("own_phone") is True)
    if thing not in HEARD and not value["explanation"].strip():
        raise Refusal("fieldwork.refusal_needs_explanation", N_("拒绝签字的，执法检查人员须在记录中说明情况"))


def is_empty(value: Any) -> bool:
    """Whether a field says nothing."""
    return value is None or value == ""


def _check(fits: bool) -> None:
    if not fits:
        raise Refusal("fieldwork.bad_value", N_("内容不符合栏目要求，已收到并保存，未记入"))


def _is_text(value: Any, most: int) -> bool:
    return isinstance(value, str) and len(value) <= most


def _is_words(value: Any) -> bool:
    return value is None or _is_text(value, TEXT)


def _is_one_of(words: type[Labelled]) -> Callable[[Any], bool]:
    known = {str(word) for word in words}
    return lambda value: is_empty(value) or value in known if isinstance(value, str | None) else False


def _is_day(value: Any) -> bool:
    if is_empty(value):
        return True
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _is_flat(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and len(value) <= 10 and all(
        item is None or isinstance(item, int) or _is_text(item, 200) for item in value.values()))


def _are_notes(value: Any) -> bool:
    """What is noted beside the checklist: a few named texts and moments, or nothing any more."""
    return value is None or (isinstance(value, dict) and len(value) <= 10 and all(
        item is None or type(item) is int or _is_text(item, TEXT) for item in value.values()))


def _is_pause(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and _is_day(value.get("until")) and _is_text(value.get("reason", ""), TEXT))


def _is_photo(value: Any) -> bool:
    return (isinstance(value, dict) and _is_hash(value.get("capture_hash")) and isinstance(value.get("chunks"), list)
            and _is_text(value.get("name", ""), 200) and _is_flat(value.get("fix"))
            and str(value.get("grade", "in_app")) in GRADES
            and all(value.get(name) is None or type(value[name]) is int for name in ("taken_at", "made_at", "seconds")))


def _is_sheet(value: Any) -> bool:
    return _is_photo(value) and type(value.get("page")) is int and _is_text(value.get("number"), NAME)


def _is_other(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_text(value.get(name, ""), TEXT) for name in ("text", "reason"))


def _is_hash(value: Any) -> bool:
    return isinstance(value, str) and _HASH.fullmatch(value) is not None


def _is_hash_or_none(value: Any) -> bool:
    return value is None or _is_hash(value)


def _is_on_paper(value: Any) -> bool:
    return isinstance(value, dict) and _is_text(value.get("number"), NAME) and _is_hash(value.get("code"))


def _is_witness(value: Any) -> bool:
    return value is None or (isinstance(value, dict) and all(
        not fact or _are_strokes(fact) if name == "strokes" else _is_text(fact, TEXT) for name, fact in value.items()))


def _is_awaited(value: Any) -> bool:
    return (isinstance(value, dict) and _is_one_of(Awaited)(value.get("what") or 0) and bool(value.get("until"))
            and _is_day(value.get("until")) and _is_text(value.get("reason"), TEXT) and bool(value["reason"].strip())
            and _is_hash_or_none(value.get("digest")) and _is_attendance(value.get("attendance")))


def _is_attendance(value: Any) -> bool:
    """Where, who and whose certificate, as the phone that signs knows it; kits of older releases say nothing of it."""
    if value is None:
        return True
    if not isinstance(value, dict) or value.keys() != {"values", "present", "shown"}:
        return False
    values, present, shown = value["values"], value["present"], value["shown"]
    return (isinstance(values, dict) and set(values) <= set(OF_ATTENDANCE) and all(_is_text(one, TEXT) for one in values.values())
            and isinstance(present, list) and len(present) <= MOST_PEOPLE and all(map(_is_person, present))
            and isinstance(shown, dict) and len(shown) <= MOST_PEOPLE and all(map(_is_person, shown))
            and all(_is_text(number, NAME) for number in shown.values()))


def _is_person(value: Any) -> bool:
    return isinstance(value, str) and _PERSON.fullmatch(value) is not None


def _are_strokes(value: Any) -> bool:
    if not isinstance(value, list) or not all(isinstance(stroke, list) for stroke in value):
        return False
    points = [point for stroke in value for point in stroke]
    return 0 < len(points) <= MOST_POINTS and all(
        isinstance(point, list) and 2 <= len(point) <= 4 and all(type(number) is int for number in point)
        for point in points)


_CHECKS: dict[Thing, Callable[[Any], bool]] = {
    Thing.ARRIVAL_FIX: _is_flat,
    Thing.ARRIVAL_SCAN: _is_flat,
    Thing.ENTRY: _is_one_of(Entry),
    Thing.CLOSURE: _is_one_of(Closure),
    Thing.ATTEMPT: _are_notes,
    Thing.ZONE: _are_notes,
    Thing.PAGE: _are_notes,
    Thing.REQUEST: lambda value: isinstance(value, dict) and _is_flat(value),
    Thing.REQUEST_UNTIL: _is_day,
    **dict.fromkeys(PICTURES, _is_photo),
    Thing.PRESENCE: lambda value: isinstance(value, dict) and _is_flat(value),
    Thing.CREDENTIAL: lambda value: isinstance(value, dict) and _is_flat(value),
    **dict.fromkeys((Thing.NOTICE, Thing.SUPPLEMENT), lambda value: isinstance(value, dict) and _is_flat(value)),
    Thing.VISIT: lambda value: isinstance(value, dict) and _is_flat(value),
    Thing.CLOSING: lambda value: isinstance(value, dict) and _is_flat(value),
    Thing.RECUSAL: _is_one_of(Recusal),
    Thing.AWAITING: _is_awaited,
    Thing.PAUSE: _is_pause,
    Thing.ANSWER: _is_one_of(Answer),
    Thing.NUMBER: lambda value: value is None or _is_text(value, NUMBER),
    Thing.PHOTO: _is_photo,
    Thing.EVIDENCE: _is_photo,
    Thing.SEAL: _is_photo,
    Thing.LETTER: _is_photo,
    Thing.SHEET: _is_sheet,
    Thing.OTHER: _is_other,
    Thing.CATEGORY: _is_one_of(ProposedCategory),
    Thing.ORDER_UNTIL: _is_day,
    Thing.ORDER_NUMBER: lambda value: value is None or _is_text(value, NAME),
    Thing.OPINION: _is_one_of(EntityOpinion),
    Thing.ENTITY_NAME: lambda value: value is None or _is_text(value, NAME),
    Thing.ENTITY_CAPACITY: lambda value: value is None or _is_text(value, NAME),
}
