"""Arriving: where and when, whose code was read, and what happened at the door when nobody could be inspected."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from math import asin, cos, hypot, radians, sin, sqrt
from uuid import UUID

from fieldapp.fieldwork.rules.words import ProposedCategory
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

# Since 2026-11-25: who comes half an hour early upsets nobody's plan; later than the slot needs a reason at once.
EARLY = timedelta(minutes=30)
EARTH_METRES = 6_371_000
FEWEST_PHOTOS, FEWEST_DAYS = 2, 2


@dataclass(frozen=True, slots=True)
class CertificateShown:
    """An inspector's certificate, by its number, was shown to somebody at a moment; nothing of it is photographed."""

    name: str
    number: str
    to: str
    at: datetime
    person_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Presence:
    """A member who confirmed being there, on the own phone or by PIN."""

    person_id: UUID
    name: str
    confirmed_by: str
    is_certified: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Inspecting:
    """A member of the team, or one who left it: whether certified on the day, by which number."""

    person_id: UUID | None
    name: str
    certificate_number: str
    is_certified: bool
    has_left: bool = False


class Entry(Labelled):
    """What the team met at the door."""

    MET = "met", N_("见到单位人员，可以检查")
    UNREACHABLE = "unreachable", N_("无人在场，无法联系")
    CLOSED = "closed", N_("已停业、搬离或没有这项业务")
    REFUSED = "refused", N_("拒绝检查")


class Closure(Labelled):
    """Why there is nothing to inspect (E20, E21)."""

    CLOSED_DOWN = "closed_down", N_("已停业、关闭")
    MOVED_AWAY = "moved_away", N_("已搬离登记地址")
    NO_SUCH_BUSINESS = "no_such_business", N_("没有开展这项业务")


class Way(Labelled):
    """How somebody was tried to be reached."""

    VISIT = "visit", N_("上门")
    TELEPHONE = "telephone", N_("电话")
    LETTER = "letter", N_("信函")


# The first is proposed; the others fit as well.
CATEGORIES: dict[Entry, tuple[ProposedCategory, ...]] = {
    Entry.UNREACHABLE: (ProposedCategory.UNREACHABLE,),
    Entry.CLOSED: (ProposedCategory.NO_SUCH_ACTIVITY, ProposedCategory.UNREACHABLE),
    Entry.REFUSED: (ProposedCategory.REFUSED_COOPERATION, ProposedCategory.PENDING_ACTION),
}


@dataclass(frozen=True, slots=True)
class Fix:
    """A position in degrees (WGS-84) with the accuracy that the phone claims, in metres."""

    latitude: float
    longitude: float
    accuracy: float = 0


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where and when the team arrived, against where and when it was expected."""

    at: datetime | None = None
    fix: Fix | None = None
    place: Fix | None = None
    fence_metres: int = 300
    in_working_hours: bool = True
    slot: tuple[datetime, datetime] | None = None
    slot_has_reason: bool = False
    scanned: str = ""
    uscc: str = ""
    reason: str = ""

    @property
    def is_in_slot(self) -> bool:
        """Whether the team came in the agreed time, or up to half an hour before it."""
        return self.at is not None and self.slot is not None and self.slot[0] - EARLY <= self.at <= self.slot[1]


@dataclass(frozen=True, slots=True)
class AtTheDoor:
    """What was written down where the inspection could not be held; `days` are those on which somebody was tried."""

    entry: Entry | None = None
    closure: Closure | None = None
    days: Collection[date] = ()
    photos: int = 0
    has_fix: bool = False
    statement: str = ""
    statement_by: str = ""
    words: str = ""
    explanation: str = ""
    attempts: Sequence[tuple[date, str, str]] = field(default=())

    @property
    def is_met(self) -> bool:
        """Whether there was somebody who let the team in."""
        return self.entry in {None, Entry.MET}


def distance_metres(one: Fix, other: Fix) -> float:
    """The way along the earth between two positions, in metres."""
    north, east = radians(other.latitude - one.latitude), radians(other.longitude - one.longitude)
    shrink = sqrt(cos(radians(one.latitude)) * cos(radians(other.latitude)))
    return 2 * EARTH_METRES * asin(min(1.0, hypot(sin(north / 2), shrink * sin(east / 2))))


@article("23")
def is_far(fix: Fix, place: Fix, fence_metres: int) -> bool:
    """Whether a phone is outside the fence even if its position is off by all of the accuracy that it claims.

    It is asked for a reason and never refused: some phones answer in another reference system, half a kilometre off.
    """
    return distance_metres(fix, place) - fix.accuracy > fence_metres


@article("21", "23")
def arrival_gaps(arrival: Arrival) -> list[Refusal]:
    """What the leader is told of an arrival that was not as planned, each as one sentence, and the reason given."""
    found = [*_where(arrival), *_when(arrival)]
    if arrival.scanned and arrival.scanned != arrival.uscc:
        found.append(Refusal("fieldwork.scan_differs", N_("现场核对的信用代码是 %(scanned)s，与检查对象不同"),
                             scanned=arrival.scanned))
    if not found:
        return []
    if not arrival.reason.strip():
        return [*found, Refusal("fieldwork.arrival_unexplained", N_("到达情况没有写明原因"))]
    return [*found, Refusal("fieldwork.arrival_explained", N_("到达情况说明：%(reason)s"), reason=arrival.reason.strip())]


def _where(arrival: Arrival) -> list[Refusal]:
    if arrival.fix and arrival.place and is_far(arrival.fix, arrival.place, arrival.fence_metres):
        return [Refusal("fieldwork.far_away", N_("到达位置距登记地址约 %(metres)s 米（精度 ±%(accuracy)s 米）"),
                        metres=round(distance_metres(arrival.fix, arrival.place)), accuracy=round(arrival.fix.accuracy))]
    return []


def _when(arrival: Arrival) -> list[Refusal]:
    found = []
    if arrival.at is None:
        return []
    if arrival.slot is None:
        found.append(Refusal("fieldwork.no_slot", N_("没有与单位约定时间就开始检查")))
    elif not arrival.is_in_slot:
        found.append(Refusal("fieldwork.outside_slot", N_("在约定时间之外开始检查")))
    if not arrival.in_working_hours and not (arrival.is_in_slot and arrival.slot_has_reason):
        found.append(Refusal("fieldwork.out_of_hours", N_("在工作时间之外开始检查")))
    return found


@article("24")
def check_entry_fits(entry: str | None, category: str) -> None:
    """What was met at the door and the proposed category are one story."""
    fitting = CATEGORIES.get(Entry(entry)) if entry else None
    if fitting is not None and category not in fitting:
        raise Refusal("fieldwork.entry_differs", N_("拟定结果与“到达”一步记录的进门情况不一致，不能结束检查"))


@article("23", "24")
def door_gaps(door: AtTheDoor) -> list[Refusal]:
    """What is missing where nobody was inspected (E19, E20, refused entry); nothing of it blocks."""
    if door.entry is Entry.UNREACHABLE:
        return _unreachable(door)
    found = []
    if door.entry is Entry.CLOSED:
        if door.closure is None:
            found.append(Refusal("fieldwork.closure_missing", N_("没有写明是停业、搬离还是没有这项业务")))
        if not door.photos:
            found.append(Refusal("fieldwork.door_photo_missing", N_("没有现场照片")))
        if not door.statement.strip():
            found.append(Refusal("fieldwork.statement_missing", N_("没有邻居、物业等人员的说明，或者现场情况的说明")))
    elif door.entry is Entry.REFUSED and not door.explanation.strip():
        found.append(Refusal("fieldwork.door_explanation_missing", N_("拒绝检查的，没有执法检查人员的说明")))
    return found


def _unreachable(door: AtTheDoor) -> list[Refusal]:
    found = []
    if not door.has_fix:
        found.append(Refusal("fieldwork.door_fix_missing", N_("没有记录手机所在位置")))
    if door.photos < FEWEST_PHOTOS:
        found.append(Refusal("fieldwork.door_photos_missing", N_("无法联系的，现场照片不少于 %(needed)s 张，现有 %(have)s 张"),
                             needed=FEWEST_PHOTOS, have=door.photos))
    if len(set(door.days)) < FEWEST_DAYS:
        found.append(Refusal("fieldwork.attempts_missing",
                             N_("无法联系的，应在不同日期联系不少于 %(needed)s 次，现有 %(have)s 天"),
                             needed=FEWEST_DAYS, have=len(set(door.days))))
    if not door.statement.strip():
        found.append(Refusal("fieldwork.statement_missing", N_("没有邻居、物业等人员的说明，或者现场情况的说明")))
    return found
