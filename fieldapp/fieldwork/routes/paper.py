"""A record as it is read by outsiders and printed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from fieldapp.fieldwork import rules
from fieldapp.fieldwork.routes.ink import ink
from fieldapp.fieldwork.rules import Capacity, CheckLine, Kind, Photo, RecordView, Signature, SignerRole


def record_paper(view: RecordView, *, back_url: str) -> dict[str, Any]:
    """Everything of a record that its entity reads; photos by their codes only."""
    head = view.head
    numbers = {line.line_id: line.number for line in view.checks}
    signatures = [one for one in (view.entity_signature, *view.inspector_signatures) if one is not None]
    return {
        "object_name": head.object, "uscc": head.uscc, "address": head.address, "item": head.item,
        "task_number": head.task_number, "record_number": head.record_number, "notice_number": head.notice_number,
        "code": view.code, "digest": view.digest, "started_at": view.started_at, "closed_at": view.closed_at, "plan": view.plan,
        "back_url": back_url, "checks": [_check(line) for line in view.checks],
        "others": [{"text": one.text, "reason": one.reason} for one in view.others if not one.is_void],
        "evidence": [_media(one) for one in view.evidence if not one.is_void],
        "conclusion": {"category": _(view.category.label) if view.category else "", "text": view.conclusion,
                       "order": view.order, "order_until": view.order_until, "order_number": view.order_number},
        "recusal": _(view.recusal.label) if view.recusal else "", "recusal_reason": view.recusal_reason,
        "letters": [one.code for one in view.letters], "is_awaited": view.is_awaited,
        "waits": [{"what": _(one.what.label), "until": one.until, "reason": one.reason, "by": one.by, "at": one.at}
                  for one in view.waits],
        "unsigned": [{"name": one.name, "cause": _(one.cause.label), "explanation": one.explanation, "by": one.by,
                      "at": one.at} for one in view.unsigned],
        "attended": _attended(view), "opinion": _(view.opinion.label) if view.opinion else "", "words": view.entity_words,
        "signatures": [_signature(one) for one in signatures],
        "refusals": [{"words": one.words, "explanation": one.explanation, "witness": one.witness, "at": one.at,
                      "cause": one.cause.value, "svg": ink((one.witness or {}).get("strokes") or ())}
                     for one in view.refusals],
        "addenda": [_addendum(one, numbers) for one in view.addenda]}


def _attended(view: RecordView) -> dict[str, str]:
    """Who was there under their certificates' numbers, where the team arrived and why otherwise, as it is signed."""
    said = view.attendance or {"values": {}, "present": [], "shown": {}}
    names = {str(one.person_id): one.name for one in view.inspecting} | {str(one.person_id): one.name for one in view.presence}
    people = [f"{names.get(one, '')} {said['shown'].get(one, '')}".strip() for one in said["present"]]
    place, reason = (said["values"].get(f"arrival/{name}", "") for name in ("place", "reason"))
    return {"people": _("、").join(people), "place": place, "reason": reason}


def _check(line: CheckLine) -> dict[str, Any]:
    photos = [_media(photo) for photo in line.photos if not photo.is_void]
    return {"number": line.number, "content": line.content, "answer": _(line.answer.label) if line.answer else "",
            "answer_code": line.answer, "note": line.note, "number_value": line.number_value, "photos": photos,
            "zone": bool(line.zone)}


def _media(one: Photo) -> dict[str, Any]:
    """A piece of evidence by its kind and its code."""
    word = {"film": _("录像"), "sound": _("录音"), "file": _("文件")}.get(one.kind, _("照片"))
    return {"code": one.code, "word": word, "at": one.at, "name": one.name if one.kind == "file" else ""}


def _signature(one: Signature) -> dict[str, Any]:
    capacity = _(Capacity(one.capacity).label) if one.capacity in set(Capacity) else one.capacity
    return {"role": _(SignerRole(one.role).label), "name": one.name, "capacity": capacity, "at": one.at,
            "strokes": one.strokes, "svg": ink(one.strokes), "seal_url": None, "fits": one.fits,
            "seal": one.seal.code if one.seal else "", "dissent": one.dissent, "is_read_aloud": one.is_read_aloud,
            "witness": one.witness, "is_own_phone": one.is_own_phone, "sheet": one.sheet.number if one.sheet else "",
            "sheet_code": one.sheet.code if one.sheet else ""}


def _addendum(one: rules.Addendum, numbers: Mapping[UUID, int]) -> str:
    """What came after the signature, in one line."""
    facts = {"place": place_words(one, numbers), "name": one.by, "value": value_of(one)}
    return _("签字后收到的附注（%(name)s）：%(place)s %(value)s", **facts)


def place_words(one: rules.Addendum, numbers: Mapping[UUID, int]) -> str:
    """Where it would have stood, and what was done there if it is no value."""
    name = rules.place_name(one.path, numbers)
    words = _(name.message, **name.facts)
    return f"{words} · {_(Kind(one.act).label)}" if one.act in set(Kind) else words


def value_of(one: rules.Addendum) -> str:
    """What it says: a value in words, a photo by its code."""
    if one.photo is not None:
        return one.photo.code
    if "value" not in one.value:
        return str(one.said)
    words = rules.value_words(one.path, one.said)
    return _(words) if words else ""
