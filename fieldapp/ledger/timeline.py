"""What happened to a case, as people read it."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from uuid import UUID

from fieldapp.ledger import queries
from fieldapp.ledger.models import Payload
from fieldapp.ledger.verbs import verb_label


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case: when, by whom (empty once erased), in which words, with which reason or opinion."""

    at: datetime
    by: str
    label: str
    reason: str
    times: int = 1


def timeline(case_id: UUID) -> list[Step]:
    """The steps of a case, the latest first; what one person did over and over without a word is one step."""
    steps = [Step(entry.at, _name(payload), verb_label(entry.action), entry.reason or "")
             for entry, payload in queries.history(case_id)]
    alike = groupby(steps[::-1], key=lambda step: (step.by, step.label, step.at if step.reason else None))
    runs = [list(run) for _, run in alike]
    return [replace(run[0], times=len(run)) for run in runs]


def _name(payload: Payload | None) -> str:
    return str(json.loads(payload.facts).get("by", "")) if payload else ""
