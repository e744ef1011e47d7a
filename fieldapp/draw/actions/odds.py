"""How likely everybody is to be matched, before anything is drawn: from the input as it is, or as it was frozen."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fieldapp.draw import queries, rules
from fieldapp.draw.actions.roll import roll_of, teams_in
from fieldapp.draw.models import Draw
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionObject
from fieldapp.tasks.models import Task


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The odds of a matching with its band, cap and mean load in tenths; the inspectors by name, the likeliest first."""

    odds: rules.Odds
    band: int
    cap: int
    mean_tenths: int
    inspectors: list[tuple[str, int]]
    is_predictable: bool


def foresee_task(task: Task) -> Foreseen:
    """The odds as the matching would be frozen now."""
    pool = [one for one, status, _ in queries.directory_of(task) if status is rules.RowStatus.OK]
    return _foresee(task, task.quota, roll_of(task, task.quota, salt=""), pool)


def foresee_draw(draw: Draw) -> Foreseen:
    """The odds of the matching as it is frozen, before it is run."""
    return _foresee(draw.task, draw.quota, draw.roll, queries.pool_of(draw.id))


def _foresee(task: Task, quota: int, roll: dict[str, Any], pool: list[InspectionObject]) -> Foreseen:
    teams = teams_in(roll, task, [(sha256(one.uscc.encode()).digest(), one) for one in pool])
    parameters = rules.Parameters(roll["band"], roll["cap"])
    odds = rules.matching_odds(teams, quota, roll["loads"], parameters)
    names = {str(one.id): one.name for one in registry.inspectors_all()}
    work = sum(roll["loads"].get(name, 0) for name in odds.by_inspector) + min(quota, len(pool)) * len(roll["seats"])
    listed = sorted(odds.by_inspector.items(), key=lambda one: (-one[1], names.get(one[0], "")))
    return Foreseen(odds, roll["band"], roll["cap"], 10 * work // max(1, len(odds.by_inspector)),
                    [(names.get(name, name), chance) for name, chance in listed], rules.is_predictable(odds))
