"""The roll: inspectors, availability, interests, loads and parameters as they are frozen with the draw."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from fieldapp.canonical import digest
from fieldapp.draw import queries, rules
from fieldapp.registry import queries as registry
from fieldapp.registry.models import InspectionObject, Inspector, InspectorUnavailability
from fieldapp.tasks.models import Task
from fieldapp.tasks.rules import MatchCondition, MatchMode, conditions_asked

LONG_AGO = date(1949, 10, 1)


def roll_of(task: Task, quota: int, *, salt: str) -> dict[str, Any]:
    """Everything the matching of `quota` objects will look at, as plain values; the salt keeps its hash from being guessed."""
    roll = {
        "salt": salt, "mode": task.match_mode, "last_teams": _last_teams(task),
        **terms_of(task, task.first_day, task.last_day, _interests(task))}
    carried = registry.loads()
    roll["loads"] = {entry["id"]: carried.get(UUID(entry["id"]), 0) for entry in roll["inspectors"]}
    parameters = _parameters(roll, quota)
    return roll | {"band": parameters.band, "cap": parameters.cap}


def terms_of(task: Task, first: date, last: date, interests: dict[UUID, set[str]] | None = None) -> dict[str, Any]:
    """Who there is, free or away from the first to the last day, and what the seats of a team ask of them."""
    absences, cities = registry.unavailability(first, last), queries.city_codes()
    return {
        "conditions": [{"kind": str(one), "value": ""} for one in conditions_of(task)], "seats": seat_kinds(task),
        "first_day": first.isoformat(), "last_day": last.isoformat(),
        "inspectors": [_entry(one, interests or {}, absences, cities) for one in registry.inspectors_all()]}


def matching_terms(task: Task, roll: dict[str, Any]) -> dict[str, Any]:
    """What the manifest says of the matching: mode, conditions, seats, band, cap, and the hash of the frozen roll."""
    return {
        "mode": task.match_mode, "conditions": roll["conditions"], "seats": roll["seats"], "band": roll["band"],
        "cap": roll["cap"], "inspectors": len(roll["inspectors"]), "roll_sha256": digest(roll),
    }


def conditions_of(task: Task) -> list[MatchCondition]:
    """The conditions of a manual matching; an automatic one has none."""
    return conditions_asked(task.match_mode, task.match_conditions)


def seat_kinds(task: Task) -> list[str]:
    """The seats of every team: one for each speciality asked for in a manual matching, the rest certified."""
    asked = task.match_conditions.get("specialities", []) if task.match_mode == MatchMode.MANUAL else []
    seats = list(asked)[: task.inspectors_per_object]
    return seats + ["certified"] * (task.inspectors_per_object - len(seats))


def inspected_of(task: Task, found: InspectionObject) -> rules.Inspected:
    """What the conditions of a matching ask of an object."""
    return rules.Inspected(task.item.object_category, found.region_code, task.division.name)


def candidates_in(roll: dict[str, Any]) -> list[rules.Candidate]:
    """The frozen inspectors as the rules take them."""
    return [rules.Candidate(
        inspector_id=entry["id"], division=entry["division"], region_code=entry["region_code"],
        certificate_from=LONG_AGO if entry["certificate_to"] else None,
        certificate_to=_day(entry["certificate_to"]),
        absences=tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in entry["absences"]),
        interests=frozenset(entry["interests"]), qualified_for=frozenset(entry["qualified_for"]),
        specialities=frozenset(entry["specialities"])) for entry in roll["inspectors"]]


def seats_in(roll: dict[str, Any], candidates: list[rules.Candidate], inspected: rules.Inspected) -> tuple[rules.Seat, ...]:
    """The seats of a team for one object, each with those who are eligible."""
    first, last = date.fromisoformat(roll["first_day"]), date.fromisoformat(roll["last_day"])
    conditions = [MatchCondition(one["kind"]) for one in roll["conditions"]]
    if "*" in {kind for one in candidates for kind in one.qualified_for}:
        candidates = [_qualified_for_all(one, inspected.subject_type) for one in candidates]
    pool = rules.manual_pool(candidates, first, last, conditions, inspected)
    special = {one.inspector_id: one.specialities for one in candidates}
    return tuple(
        rules.Seat(pool) if kind == "certified" else
        rules.Seat(frozenset(name for name in pool if kind in special[name]), kind=kind, capped=False)
        for kind in roll["seats"])


def teams_in(roll: dict[str, Any], task: Task, objects: Iterable[tuple[bytes, InspectionObject]]) -> list[rules.Team]:
    """The teams to be matched for these objects, each under its leaf, from the roll."""
    candidates = candidates_in(roll)
    barred, last_teams = rules.barred_by_interest(candidates), roll.get("last_teams", {})
    seats: dict[rules.Inspected, tuple[rules.Seat, ...]] = {}
    teams = []
    for leaf, one in objects:
        inspected = inspected_of(task, one)
        if inspected not in seats:
            seats[inspected] = seats_in(roll, candidates, inspected)
        teams.append(rules.Team(leaf, seats[inspected], barred.get(one.uscc, frozenset()),
                                frozenset(last_teams.get(one.uscc, ())), one.city))
    return teams


def _qualified_for_all(one: rules.Candidate, subject_type: str) -> rules.Candidate:
    """Whoever may inspect every type (`*`) may inspect this one."""
    if "*" not in one.qualified_for:
        return one
    return rules.Candidate(one.inspector_id, one.division, one.region_code, one.certificate_from, one.certificate_to,
                           one.absences, one.interests, frozenset({subject_type}), one.specialities)


def _interests(task: Task) -> dict[UUID, set[str]]:
    """For each inspector the credit codes of the directory's objects in which an interest is declared."""
    codes = {one.id: one.uscc for one in registry.objects_in(task.item.object_category)}
    found: dict[UUID, set[str]] = {}
    for object_id, inspector_ids in registry.interests_by_object(codes.keys()).items():
        for inspector_id in inspector_ids:
            found.setdefault(inspector_id, set()).add(codes[object_id])
    return found


def _last_teams(task: Task) -> dict[str, list[str]]:
    """By credit code who inspected the object last time; only where the matching keeps such pairs apart."""
    if MatchCondition.NOT_SAME_PAIR not in conditions_of(task):
        return {}
    codes = {one.id: one.uscc for one in registry.objects_in(task.item.object_category)}
    teams = registry.last_teams(codes.keys())
    return {codes[object_id]: sorted(map(str, team)) for object_id, team in teams.items()}


def _entry(one: Inspector, interests: dict[UUID, set[str]], absences: dict[UUID, list[InspectorUnavailability]],
           cities: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": str(one.id), "division": one.division.name, "region_code": cities.get(one.city, ""),
        "certificate_to": one.certificate_until.isoformat() if one.certificate_number and one.certificate_until else "",
        "absences": [[away.first_day.isoformat(), away.last_day.isoformat()] for away in absences.get(one.id, [])],
        "interests": sorted(interests.get(one.id, ())),
        "qualified_for": sorted(one.subject_types) if one.subject_types is not None else ["*"],
        "specialities": sorted(one.specialities),
    }


def _parameters(roll: dict[str, Any], quota: int) -> rules.Parameters:
    """Cap and band for as many teams as are to be drawn, over all whose certificate is valid and who are available."""
    candidates = candidates_in(roll)
    first, last = date.fromisoformat(roll["first_day"]), date.fromisoformat(roll["last_day"])
    seat = rules.Seat(rules.automatic_pool(candidates, first, last))
    teams = [rules.Team(place.to_bytes(32), (seat,) * len(roll["seats"])) for place in range(quota)]
    return rules.default_parameters(teams, roll["loads"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
