"""The places of a record, as operations name them: `r/<record>/check/<line>/answer`, `present/<person>`, `notice` …"""

import re
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fieldapp.refusals import Refusal
from fieldapp.words import N_

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_NAMED = {
    "<vt>": rf"(?P<visit_task>{_UUID})",
    "<line>": rf"(?P<line>{_UUID})",
    "<person>": rf"(?P<person>{_UUID})",
    "<media>": rf"(?P<item>{_UUID})",
    "<entry>": rf"(?P<entry>{_UUID})",
}


class Thing(StrEnum):
    """What stands at a place."""

    ARRIVAL_PLACE = "arrival/place"
    ARRIVAL_FIX = "arrival/fix"
    ARRIVAL_REASON = "arrival/reason"
    ARRIVAL_SCAN = "arrival/scan"
    ENTRY = "arrival/entry"
    CLOSURE = "entry/closure"
    STATEMENT = "entry/statement"
    STATEMENT_BY = "entry/statement_by"
    DOOR_WORDS = "entry/words"
    DOOR_EXPLANATION = "entry/explanation"
    ATTEMPT = "entry/attempt/<entry>"
    DOOR_PHOTO = "entry/photo/<media>"
    ZONE = "zone/<entry>"
    ZONE_PHOTO = "zone/<entry>/photo/<media>"
    REQUEST = "request"
    REQUEST_LIST = "request/list"
    REQUEST_UNTIL = "request/until"
    REPLY_PHOTO = "reply/photo/<media>"
    SHEET = "paper/<media>"
    PRESENCE = "present/<person>"
    CREDENTIAL = "credential/<person>"
    NOTICE = "notice"
    SUPPLEMENT = "supplement/<entry>"
    SUPPLEMENT_REFUSAL = "supplement/<entry>/refusal"
    NOTICE_REFUSAL = "notice/refusal"
    RECUSAL = "notice/recusal"
    RECUSAL_REASON = "notice/recusal_reason"
    PAUSE = "pause"
    VISIT = "visit"
    ANSWER = "r/<vt>/check/<line>/answer"
    NOTE = "r/<vt>/check/<line>/note"
    NUMBER = "r/<vt>/check/<line>/number"
    PHOTO = "r/<vt>/check/<line>/photo/<media>"
    AFTERWARDS = "r/<vt>/check/<line>/zone"
    PAGE = "r/<vt>/online/<entry>"
    PAGE_PHOTO = "r/<vt>/online/<entry>/photo/<media>"
    OTHER = "r/<vt>/other/<media>"
    EVIDENCE = "r/<vt>/evidence/<media>"
    CATEGORY = "r/<vt>/conclusion/category"
    CONCLUSION = "r/<vt>/conclusion/text"
    ORDER = "r/<vt>/conclusion/order"
    ORDER_UNTIL = "r/<vt>/conclusion/order_until"
    ORDER_NUMBER = "r/<vt>/conclusion/order_number"
    OPINION = "r/<vt>/entity/opinion"
    ENTITY_WORDS = "r/<vt>/entity/words"
    ENTITY_NAME = "r/<vt>/entity/name"
    ENTITY_CAPACITY = "r/<vt>/entity/capacity"
    RECORD = "r/<vt>/record"
    REFUSAL = "r/<vt>/refusal"
    SEAL = "r/<vt>/record/seal/<media>"
    INSPECTOR_SIGNATURE = "r/<vt>/record/inspector/<person>"
    AWAITING = "awaiting/<vt>"
    LETTER = "letter/<vt>/<media>"
    CLOSING = "closing/<vt>"


# Pictures beside what is noted outside the checklist.
PICTURES = frozenset({Thing.DOOR_PHOTO, Thing.ZONE_PHOTO, Thing.REPLY_PHOTO, Thing.PAGE_PHOTO})
MEDIA = PICTURES | {Thing.PHOTO, Thing.EVIDENCE, Thing.SEAL, Thing.LETTER, Thing.SHEET}
ITEMS = MEDIA | {Thing.PRESENCE, Thing.OTHER}
# What may be done before two certified members have confirmed that they are there.
BEFORE_PRESENCE = frozenset({
    Thing.ARRIVAL_PLACE, Thing.ARRIVAL_FIX, Thing.ARRIVAL_REASON, Thing.ARRIVAL_SCAN, Thing.PRESENCE, Thing.CREDENTIAL,
    Thing.PAUSE, Thing.VISIT, Thing.CLOSING, Thing.ENTRY, Thing.CLOSURE, Thing.STATEMENT, Thing.STATEMENT_BY,
    Thing.DOOR_WORDS, Thing.DOOR_EXPLANATION, Thing.ATTEMPT, Thing.DOOR_PHOTO, Thing.ZONE, Thing.ZONE_PHOTO, Thing.SHEET})
# What is written down once for the visit and stands in each of its records.
OF_EVERY_RECORD = ("entry/", "zone/", "request/", "reply/")
# What is shown with each record without being read in what is signed: as frozen as the first of them that is answered for.
BESIDE_EVERY_RECORD = ("arrival/", "notice/")
# What of it a signature says, beside who was there and what was shown: not what each phone measures for itself.
OF_ATTENDANCE = (Thing.ARRIVAL_PLACE, Thing.ARRIVAL_REASON, Thing.ENTRY, Thing.RECUSAL, Thing.RECUSAL_REASON)
# Who was there and what was shown: frozen alike, but for those who come after.
OF_PEOPLE = frozenset({Thing.PRESENCE, Thing.CREDENTIAL})
# What the inspected party answers about recusal, in the notice and before it answers a supplement.
RECUSALS = frozenset({Thing.RECUSAL, Thing.RECUSAL_REASON})
# What is served to the inspected party before the inspection goes on.
NOTICES = frozenset({Thing.NOTICE, Thing.SUPPLEMENT})
# What a phone measures, and a pause: no two of them contradict each other, the latest stands, all stay in the log.
LATEST_STANDS = frozenset({Thing.ARRIVAL_FIX, Thing.ARRIVAL_SCAN, Thing.PAUSE})
# What the entity says at its signature: open until then, even while the record waits for it.
ENTITY = frozenset({Thing.OPINION, Thing.ENTITY_WORDS, Thing.ENTITY_NAME, Thing.ENTITY_CAPACITY})
# What is on the record form without being part of what is read and signed.
AFTER_SIGNATURE = frozenset({Thing.RECORD, Thing.REFUSAL, Thing.SEAL, Thing.LETTER, Thing.INSPECTOR_SIGNATURE, Thing.SHEET})
# What the entity itself says on its own phone when it will not sign; the inspectors' explanation is a refusal of its own.
HEARD = frozenset({Thing.REFUSAL, Thing.NOTICE_REFUSAL, Thing.SUPPLEMENT_REFUSAL})
# What may follow when all else is done: a letter of authorisation (E18), a sheet that was filled on paper.
AFTER_CLOSING = frozenset({Thing.LETTER, Thing.SHEET})

_ACTS = {
    Thing.NOTICE: frozenset({"issue", "sign", "refuse"}),
    Thing.SUPPLEMENT: frozenset({"issue", "sign", "refuse"}),
    Thing.CREDENTIAL: frozenset({"issue"}),
    Thing.REQUEST: frozenset({"issue"}),
    Thing.RECORD: frozenset({"sign", "refuse"}),
    Thing.INSPECTOR_SIGNATURE: frozenset({"sign", "refuse"}),
    **dict.fromkeys(HEARD, frozenset({"refuse"})),
    Thing.AWAITING: frozenset({"issue"}),
    Thing.CLOSING: frozenset({"close"}),
    Thing.VISIT: frozenset({"close"}),
    **dict.fromkeys(ITEMS, frozenset({"add", "void"})),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A parsed path: what stands there, of which record, line, person, item, entry of a list."""

    thing: Thing
    visit_task: UUID | None = None
    line: UUID | None = None
    person: UUID | None = None
    item: UUID | None = None
    entry: UUID | None = None


def _pattern(thing: Thing) -> re.Pattern[str]:
    text = str(thing)
    for name, pattern in _NAMED.items():
        text = text.replace(name, pattern)
    return re.compile(text)


_PATTERNS = {thing: _pattern(thing) for thing in Thing}


def place(path: str) -> Place:
    """What stands at a path; a path that the form does not know is refused."""
    for thing, pattern in _PATTERNS.items():
        if found := pattern.fullmatch(path):
            return Place(thing, **{name: UUID(text) for name, text in found.groupdict().items()})
    raise unknown_place()


def unknown_place() -> Refusal:
    """The refusal of a place that the form, the visit or its checklist does not have."""
    return Refusal("fieldwork.unknown_place", N_("手机发来的栏目这个版本不认识，内容已收到并保存"))


def is_field(thing: Thing) -> bool:
    """Whether a value is set there, so that two people can differ about it."""
    return thing not in _ACTS


def check_act(kind: str, thing: Thing) -> None:
    """A field is set, an item is added or struck out, a signature is signed: nothing else happens to them."""
    if kind not in _ACTS.get(thing, frozenset({"set"})):
        raise Refusal("fieldwork.unknown_act", N_("这个栏目不接受这种操作，内容已收到并保存"))


def of_record(path: str, visit_task: UUID) -> bool:
    """Whether a path belongs to what is read and signed in that record."""
    return path.startswith((f"r/{visit_task}/", *OF_EVERY_RECORD)) and place(path).thing not in AFTER_SIGNATURE
