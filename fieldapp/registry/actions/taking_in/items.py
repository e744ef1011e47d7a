"""Rows of an item list become drafts: a new item, or the next version of one that is known by its name."""

from collections.abc import Sequence
from typing import Any

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.ledger import actions as ledger
from fieldapp.policy.queries import rule_set_on
from fieldapp.policy.rules import RuleSet
from fieldapp.registry import queries
from fieldapp.registry.actions.taking_in.judging import TakingIn, finding, split
from fieldapp.registry.models import ImportRow, InspectionItem
from fieldapp.registry.rules import Finding, FindingKind
from fieldapp.registry.rules.deciding import ItemState

CODE = "SX{:03}"


def take_in_items(rows: Sequence[ImportRow], sheet: TakingIn) -> int:
    """Make drafts of the rows that say anything new; how many. Legal affairs publishes them in a step of its own."""
    known = queries.items_by_name()
    divisions = {division.name: division.id for division in accounts.divisions()}
    rules = rule_set_on(clock.today())
    values = {row.id: _values(row, rules) | {"division_id": divisions[row.values["division"]]} for row in rows}
    fit = split(rows, lambda row: _same(row, known.get(row.values["name"]), values[row.id]))
    new: list[InspectionItem] = []
    changed: list[InspectionItem] = []
    for row in fit:
        item = known.get(row.values["name"])
        if item is not None and item.state == ItemState.DRAFT:
            _set(item, values[row.id])
            changed.append(item)
        else:
            new.append(_draft(item, values[row.id], len(new)))
    db.session.add_all(new)
    ledger.record_many(sheet.by, "registry.item_drafted", new, case_of=queries.item_case, facts=sheet.facts)
    ledger.record_many(sheet.by, "registry.item_changed", changed, case_of=queries.item_case, facts=sheet.facts)
    return len(fit)


def _values(row: ImportRow, rules: RuleSet) -> dict[str, Any]:
    """A row's columns; what it leaves open is filled by the rules of the day (article 6)."""
    values = row.values
    frequency = values.get("frequency") or {"operator": ">=", "times": rules.min_frequency}
    seats = values.get("seats") or []
    return {
        "name": values["name"],
        "object_category": values["category"],
        "legal_basis": values.get("legal_basis") or "",
        "inspection_content": values["content"],
        "inspection_methods": list(values.get("methods") or []),
        "ratio_basis_points": values.get("ratio_basis_points") or rules.min_ratio_basis_points,
        "ratio_is_statutory": bool(values.get("ratio_is_statutory")),
        "frequency_operator": frequency["operator"],
        "frequency": frequency["times"],
        "required_specialities": [seat["speciality"] for seat in seats for _ in range(seat["count"])],
        "staff_requirement": values.get("requirement") or "",
    }


def _same(row: ImportRow, known: InspectionItem | None, values: dict[str, Any]) -> Finding | None:
    """What to say of a row that repeats the newest version of its item word for word."""
    if known is None or known.state == ItemState.REPEALED:
        return None
    if any(getattr(known, column) != value for column, value in values.items()):
        return None
    return finding(row, FindingKind.DUPLICATE, "name", where="directory")


def _draft(earlier: InspectionItem | None, values: dict[str, Any], made: int) -> InspectionItem:
    if earlier is not None:
        item = InspectionItem(code=earlier.code, version=earlier.version + 1, state=ItemState.DRAFT.value)
    else:
        item = InspectionItem(code=_next_code(made), version=1, state=ItemState.DRAFT.value)
    _set(item, values)
    return item


def _next_code(made: int) -> str:
    numbers = [int(code[2:]) for code in queries.item_codes() if code[:2] == CODE[:2] and code[2:].isdecimal()]
    return CODE.format(max(numbers, default=0) + made + 1)


def _set(item: InspectionItem, values: dict[str, Any]) -> None:
    for column, value in values.items():
        setattr(item, column, value)
