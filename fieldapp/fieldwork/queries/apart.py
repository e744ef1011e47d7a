"""What stands in a record beside its checklist: the arrival, the door that stayed shut, the phone left outside, the net."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import EntityReply, FieldValue, ReplyFile
from fieldapp.fieldwork.queries.lines import line_facts, photo
from fieldapp.fieldwork.queries.sheet import Sheet, sheet
from fieldapp.fieldwork.rules import (
    Arrival,
    AtTheDoor,
    Closure,
    Entry,
    Fix,
    Inquiry,
    Photo,
    Reply,
    ReplyKind,
    SentFile,
    WebPage,
    Zone,
)
from fieldapp.refusals import Refusal
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import CLOSING, OPENING, is_in_working_hours

CARRIED = timedelta(days=21)


def arrival(of: Sheet) -> Arrival:
    """Where and when the team arrived, against the agreed slot, the calendar and the object's place."""
    visit, at = of.visit, of.visit.started_at
    scan, fix = of.at("arrival/scan") or {}, of.at("arrival/fix") or {}
    slot = (visit.slot_start, visit.slot_end) if visit.slot_start and visit.slot_end else None
    hours = at is None or is_in_working_hours(at, at, is_workday=visits.is_working_day(at))
    return Arrival(
        at=at, fix=_fix(fix.get("lat"), fix.get("lng"), fix.get("accuracy_m")), place=place_of(visit), slot=slot,
        fence_metres=visits.numbers_for(visit).arrival_fence_metres, in_working_hours=hours,
        slot_has_reason=bool(visit.slot_reason.strip()), scanned=str(scan.get("uscc") or ""), uscc=visit.object.uscc,
        reason=of.at("arrival/reason") or "")


def expected(visit: Visit) -> dict[str, Any]:
    """What the phone compares an arrival with, without a network: place, fence, slot, hours and the days not worked."""
    place, slot = place_of(visit), (visit.slot_start, visit.slot_end)
    first = min(clock.today(), visits.day_of(visit))
    return {"place": [f"{place.latitude:.6f}", f"{place.longitude:.6f}"] if place else None, "uscc": visit.object.uscc,
            "fence": visits.numbers_for(visit).arrival_fence_metres, "has_reason": bool(visit.slot_reason.strip()),
            "slot": [clock.milliseconds(end) for end in slot if end] if all(slot) else None,
            "open": OPENING.hour * 60 + OPENING.minute, "close": CLOSING.hour * 60 + CLOSING.minute,
            "off": [day.isoformat() for day in visits.days_off(first, first + CARRIED)]}


def place_of(visit: Visit) -> Fix | None:
    """Where the object is, if the directory says so."""
    return _fix(visit.object.latitude, visit.object.longitude, 0)


def door(of: Sheet) -> AtTheDoor:
    """What was written down where nobody was met, or nobody let the team in."""
    entry, closure = of.at("arrival/entry"), of.at("entry/closure")
    tried = [row.value for row in noted(of.values, "entry/attempt/")]
    attempts = [(day, str(one.get("way") or ""), str(one.get("text") or "")) for one in tried
                if (day := _day(one.get("day"))) is not None]
    here = [clock.local(of.visit.started_at).date()] if of.visit.started_at else []
    return AtTheDoor(
        entry=Entry(entry) if entry else None, closure=Closure(closure) if closure else None,
        days={day for day, _way, _text in attempts} | set(here), photos=len(pictures(of, "entry/photo/")),
        has_fix=bool(of.at("arrival/fix")), statement=of.at("entry/statement") or "",
        statement_by=of.at("entry/statement_by") or "", words=of.at("entry/words") or "",
        explanation=of.at("entry/explanation") or "", attempts=sorted(attempts))


def zones(of: Sheet) -> list[Zone]:
    """The stays without a phone, each with the lines that were checked there and entered afterwards."""
    return [_zone(of, row) for row in noted(of.values, "zone/")]


def pages(of: Sheet) -> list[WebPage]:
    """What was seen on the net for this record."""
    return [WebPage(str(row.value.get("url") or ""), _moment(row.value.get("at")), str(row.value.get("note") or ""),
                    pictures(of, f"{row.path}/photo/")) for row in noted(of.values, f"r/{of.part.id}/online/")]


def inquiry_of(visit: Visit) -> Inquiry:
    """The written inspection of a visit: asked once for all its records."""
    return inquiry(sheet(visit.visit_tasks[0]))


def inquiry(of: Sheet) -> Inquiry:
    """The written inspection: what was asked, when it was served, what came back."""
    served = of.done("issue", "request")
    return Inquiry(of.at("request/list") or "", _day(of.at("request/until")), served[0].at if served else None,
                   replies(of.visit.id), pictures(of, "reply/photo/"))


def gaps(of: Sheet) -> list[Refusal]:
    """What is missing of all that stands beside the checklist."""
    return rules.zone_gaps(zones(of)) + rules.method_gaps(of.visit.method, inquiry(of), pages(of), clock.today())


def replies(visit_id: UUID) -> list[Reply]:
    """What the entity sent through its link, in the order of coming."""
    of_visit = sa.select(EntityReply).where(EntityReply.visit_id == visit_id).order_by(EntityReply.id)
    files = list(db.scalars(sa.select(ReplyFile).where(ReplyFile.visit_id == visit_id).order_by(ReplyFile.id)))
    return [Reply(ReplyKind(row.kind), row.name, row.capacity, row.text, row.at,
                  [_sent(one) for one in files if one.reply_id == row.id]) for row in db.scalars(of_visit)]


def reply_rows(visit_id: UUID) -> list[EntityReply | ReplyFile]:
    """What the entity sent through its link as it is kept: its answers, then the files that came with them."""
    return [row for table in (EntityReply, ReplyFile)
            for row in db.scalars(sa.select(table).where(table.visit_id == visit_id).order_by(table.id))]


def bytes_sent(visit_id: UUID) -> int:
    """How many bytes of files the answers of a visit have brought."""
    sent = sa.select(sa.func.sum(Original.size)).join(ReplyFile, ReplyFile.original_id == Original.id)
    return db.session.scalar(sent.where(ReplyFile.visit_id == visit_id)) or 0


def _sent(row: ReplyFile) -> SentFile:
    kept = row.original
    return SentFile(row.name, kept.capture_hash, kept.sha256, kept.sm3, kept.media_type, kept.size)


def noted(values: Iterable[FieldValue], prefix: str) -> list[FieldValue]:
    """The current entries of a list: those that say something."""
    return [row for row in values if row.path.startswith(prefix) and not row.is_rival and isinstance(row.value, dict)]


def pictures(of: Sheet, prefix: str) -> list[Photo]:
    """The photos below a place that are not struck out."""
    return [photo(row) for row in of.shown("photo") if row.path.startswith(prefix)]


def _zone(of: Sheet, row: FieldValue) -> Zone:
    value, own = row.value, row.path.rpartition("/")[2]
    lines = [str(line["number"]) for line in line_facts(of.part) if of.said(f"check/{line['line_id']}/zone") == own]
    return Zone(UUID(own), str(value.get("place") or ""), str(value.get("reason") or ""), _moment(value.get("from")),
                _moment(value.get("until")), str(value.get("note") or ""), str(value.get("copies") or ""), lines,
                pictures(of, f"{row.path}/photo/"))


def _fix(latitude: Any, longitude: Any, accuracy: Any) -> Fix | None:
    """A position, if these are numbers on the globe; a phone's odd answer is no position."""
    try:
        fix = Fix(float(latitude), float(longitude), float(accuracy or 0))
    except (TypeError, ValueError):
        return None
    return fix if abs(fix.latitude) <= 90 and abs(fix.longitude) <= 180 and 0 <= fix.accuracy < 1e6 else None


def _moment(value: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(value / 1000, UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None
