"""Inspectors come in by their staff number; certificates, specialities and interests are those of the newest sheet."""

from collections.abc import Mapping, Sequence
from datetime import date

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.models import Person
from fieldapp.ledger import actions as ledger
from fieldapp.registry import queries
from fieldapp.registry.actions.interests import declared
from fieldapp.registry.actions.taking_in.judging import TakingIn, finding, renamed, split
from fieldapp.registry.models import ImportRow, Inspector
from fieldapp.registry.rules import Finding, FindingKind
from fieldapp.registry.rules.deciding import name_key

Inspectors = Mapping[str, Inspector]


def take_in_inspectors(rows: Sequence[ImportRow], sheet: TakingIn) -> int:
    """Take rows into the inspector directory; how many went in. What the directory now contradicts is set aside."""
    known = queries.inspectors_by_staff_number({row.values["staff_number"] for row in rows})
    names = {number: inspector.name for number, inspector in known.items()}
    holders = queries.inspectors_by_certificate({_certificate(row) for row in rows if _certificate(row)})
    fit = split(rows, lambda row: renamed(row, names, "staff_number") or _held_by_another(row, holders))
    people = queries.people_by_staff_number({row.values["staff_number"] for row in fit})
    new: list[Inspector] = []
    changed: list[Inspector] = []
    divisions = {division.name: division.id for division in accounts.divisions()}
    for row in fit:
        inspector = known.get(row.values["staff_number"])
        (changed if inspector else new).append(inspector := inspector or _added(row))
        inspector.division_id = divisions[row.values["division"]]
        _fill(inspector, row, people)
    db.session.add_all(new)
    ledger.record_many(sheet.by, "registry.inspector_added", new, facts=sheet.facts)
    ledger.record_many(sheet.by, "registry.inspector_changed", changed, facts=sheet.facts)
    _declare(fit, {inspector.staff_number: inspector for inspector in new + changed}, sheet)
    return len(fit)


def _certificate(row: ImportRow) -> str:
    return row.values.get("certificate_number") or ""


def _held_by_another(row: ImportRow, holders: Inspectors) -> Finding | None:
    holder = holders.get(_certificate(row))
    if holder is None or holder.staff_number == row.values["staff_number"]:
        return None
    return finding(row, FindingKind.CERTIFICATE_REPEATED, "certificate_number", where="directory",
                   other_name=holder.name)


def _added(row: ImportRow) -> Inspector:
    return Inspector(staff_number=row.values["staff_number"], added_at=clock.now())


def _fill(inspector: Inspector, row: ImportRow, people: Mapping[str, Person]) -> None:
    values = row.values
    until = values.get("certificate_valid_until")
    inspector.name, inspector.kind = values["name"], values["kind"]
    inspector.certificate_number = values.get("certificate_number")
    inspector.certificate_issuer = values.get("certificate_issuer") or ""
    inspector.certificate_until = date.fromisoformat(until) if until else None
    inspector.specialities = list(values.get("specialities") or [])
    categories = values.get("categories")
    inspector.subject_types = None if categories is None else list(categories)
    inspector.city = values.get("city") or ""
    person = people.get(inspector.staff_number.upper())
    if person is not None and inspector.person_id is None:
        inspector.person_id = person.id
    inspector.left_on = None  # who is brought again is in the directory again


def _declare(rows: Sequence[ImportRow], inspectors: Inspectors, sheet: TakingIn) -> None:
    """Keep the interests that the sheet names and nobody has declared yet; a sheet ends none."""
    objects, fresh = queries.objects_named([name for row in rows for name in row.values.get("interests") or []]), []
    for row in rows:
        inspector, named = inspectors[row.values["staff_number"]], row.values.get("interests") or []
        known = {name_key(one.object_name) for one in inspector.interests if one.ended_on is None} if named else set()
        fresh += declared(inspector.id, [name for name in named if name_key(name) not in known], objects)
    ledger.record_many(sheet.by, "registry.interest_declared", fresh, facts=sheet.facts)
