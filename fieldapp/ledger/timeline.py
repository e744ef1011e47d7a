"""What happened to a case, as people read it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from fieldapp.ledger import queries
from fieldapp.ledger.models import Entry, Payload
from fieldapp.ledger.verbs import verb_label
from fieldapp.roles import Role


@dataclass(frozen=True, slots=True)
class Change:
    """What a step made of one thing that people know by a word: what stood there before and after, as text or number."""

    word: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case: when, by whom and as what, from where (both empty once erased), what changed, why."""

    at: datetime
    by: str
    label: str
    reason: str
    times: int = 1
    roles: tuple[str, ...] = ()
    where: str = ""
    changes: tuple[Change, ...] = ()


def timeline(case_id: UUID, *, about: UUID | None = None, area: str = "") -> list[Step]:
    """The steps of a case, or of one thing in it, or of one area (`draw`), the latest first; what one person did over and
    over without a word is one. An entry is also about the thing that its facts name under `about`."""
    steps = [_step(entry, payload) for entry, payload in queries.history(case_id, about=about)
             if entry.action.startswith(f"{area}." if area else "") and (about is None or _is_about(about, entry, payload))]
    alike = groupby(steps[::-1], key=lambda step: (step.by, step.label, step.at if step.reason or step.changes else None))
    runs = [list(run) for _, run in alike]
    return [replace(run[0], times=len(run)) for run in runs]


def _is_about(thing_id: UUID, entry: Entry, payload: Payload | None) -> bool:
    return entry.thing_id == thing_id or (payload is not None and json.loads(payload.facts).get("about") == str(thing_id))


def reason_of(entry: Entry, facts: dict[str, Any]) -> str:
    """Why it was done: beside the entry since version 3, before that in it; empty once erased."""
    return str(entry.reason or facts.get("reason", ""))


def _step(entry: Entry, payload: Payload | None) -> Step:
    facts = json.loads(payload.facts) if payload else {}
    held = json.loads(entry.body).get("role", "")
    return Step(entry.at, str(facts.get("by", "")), verb_label(entry.action), reason_of(entry, facts),
                roles=tuple(Role(one).label for one in held.split(",") if one in set(Role)),
                where=str(facts.get("where", "")), changes=tuple(Change(*one) for one in facts.get("changed", [])))
