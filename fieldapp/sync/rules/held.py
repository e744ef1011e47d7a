"""What the server holds of a phone's log for a visit, counted as the phone's reconciliation slip counts."""

import json
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from fieldapp.evidence.rules import is_hash
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

EVENTS = frozenset({"issue", "sign", "refuse", "close"})
GROUPS = ("fields", "originals", "events")
Row = tuple[UUID, str, str, str | None]


@article("3", "24")
def check_evidence_is_whole(*, is_closed: bool) -> None:
    """The evidence of a visit is handed out as one file once the visit is closed: nothing of it changes any more."""
    if not is_closed:
        raise Refusal("sync.evidence_not_whole", N_("检查结束以后才能下载证据包"))


@article("3", "24")
def check_evidence_is_entered(*, is_entered: bool) -> None:
    """What proves a record is the signed head over its entry, which comes within the second: without it the file proves less."""
    if not is_entered:
        raise Refusal("sync.evidence_not_entered", N_("刚刚结束的记录还没有记入账本，请过几秒再下载证据包"))


def capture_of(body: str | None) -> str | None:
    """The capture hash of the original that an added item speaks of by its chunks; None where it speaks of none."""
    value = json.loads(body).get("v") if body else None
    return str(value.get("capture_hash")) if isinstance(value, dict) and value.get("chunks") else None


def capture_named(body: dict[str, Any]) -> str | None:
    """The capture hash of the original that an added item names, with its chunks or without; None where it names none."""
    value = body.get("v")
    said = value.get("capture_hash") if isinstance(value, dict) else None
    return said if is_hash(said) else None


def held(rows: Iterable[Row], kept: Collection[str]) -> dict[UUID, dict[str, dict[str, int]]]:
    """For each visit and phone: how many operations that bring no file, originals that are really here, and events.

    A row is visit, phone, kind, and of an `add` its body; `kept` are the capture hashes whose originals are here.
    """
    found: dict[UUID, dict[str, dict[str, int]]] = {}
    for visit_id, device, kind, body in rows:
        counts = found.setdefault(visit_id, {}).setdefault(device, dict.fromkeys(GROUPS, 0))
        capture = capture_of(body)
        if capture is None:
            counts["events" if kind in EVENTS else "fields"] += 1
        elif capture in kept:
            counts["originals"] += 1
    return found


def visit_named(said: Any) -> set[UUID]:
    """The visit that is open on a phone, as it says; none where it says nothing that could be one."""
    try:
        return {UUID(said)} if isinstance(said, str) else set()
    except ValueError:
        return set()
