"""A checklist comes in whole, as the next version of its item's record form; earlier versions stay as they are."""

from collections.abc import Sequence

from fieldapp import clock, db
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import NotFound
from fieldapp.registry import queries
from fieldapp.registry.actions.taking_in.judging import TakingIn
from fieldapp.registry.models import Checklist, ChecklistItem, ImportRow
from fieldapp.words import N_


def take_in_checklist(rows: Sequence[ImportRow], sheet: TakingIn) -> int:
    """Make a new version of the item's checklist out of all rows; how many checks it has."""
    item = queries.item_by_code(sheet.item_code or "")
    if item is None:
        raise NotFound("registry.no_such_item", N_("没有这个抽查事项"))
    earlier = queries.checklist_for(item.code)
    checklist = Checklist(item_code=item.code, version=earlier.version + 1 if earlier else 1, title=item.name,
                          accepted_at=clock.now())
    checklist.items = [_check(row) for row in rows]
    db.session.add(checklist)
    ledger.record(sheet.by, "registry.checklist_accepted", checklist, facts=sheet.facts)
    return len(rows)


def _check(row: ImportRow) -> ChecklistItem:
    values = row.values
    return ChecklistItem(number=values["number"], standard=values["content"], method=values.get("method") or "",
                         is_mandatory=values["is_mandatory"], evidence=list(values.get("evidence") or []))
