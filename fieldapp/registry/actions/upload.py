"""A sheet is read before the database is locked, then kept with every row and finding until a person decides."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import Refusal
from fieldapp.registry import queries
from fieldapp.registry.models import ImportBatch, ImportRow
from fieldapp.registry.rules import FindingKind, ParsedRow, SheetKind
from fieldapp.registry.rules.deciding import BatchState, check_division_may_hand_in
from fieldapp.registry.sheets import ParsedSheet, parse_sheet
from fieldapp.roles import Officer, Role
from fieldapp.words import N_

FILE_NAME_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A file as it came and as it was understood."""

    file_name: str
    file_hash: str
    sheet: ParsedSheet


def read_upload(content: bytes, file_name: str, kind: SheetKind | None = None) -> ReadSheet:
    """Open and check a file outside any writing transaction, against the directory as it stands now."""
    with db.transaction(write=False):
        directory = queries.known_objects()
    sheet = parse_sheet(content, kind, directory=directory)
    return ReadSheet(file_name[-FILE_NAME_LENGTH:], sha256(content).hexdigest(), sheet)


def import_sheet(read: ReadSheet, *, division_id: UUID | None, item_code: str | None = None,
                 by: Officer) -> ImportBatch:
    """Keep a sheet with its report; nothing enters the directories yet."""
    sheet = _judged(read.sheet, by)
    division = division_id or _division_of(sheet, by)
    check_division_may_hand_in(by, sheet.kind, division)
    if not sheet.rows:
        raise Refusal("registry.sheet_without_rows", N_("表头下面没有数据行"), field="sheet")
    batch = ImportBatch(
        kind=sheet.kind.value, file_name=read.file_name, file_hash=read.file_hash, division_id=division,
        handed_in_by=by.person_id, handed_in_at=clock.now(), state=BatchState.PREVIEWED.value,
        item_code=_item_code(sheet, item_code), rows_total=0,
        counts={outcome.value: count for outcome, count in sorted(sheet.counts().items())})
    db.session.add(batch)
    db.session.flush()
    db.session.add_all(_row(batch.id, row) for row in sheet.rows)
    ledger.record(by, "registry.sheet_imported", batch, facts={"file": read.file_name, "rows": len(sheet.rows)})
    return batch


def _row(batch_id: UUID, row: ParsedRow[Any]) -> ImportRow:
    said = row.to_json()
    return ImportRow(batch_id=batch_id, number=row.row, verdict=row.outcome.value, values=said["values"],
                     findings=said["findings"], kinds=sorted({finding.kind.value for finding in row.findings}))


def _division_of(sheet: ParsedSheet, by: Officer) -> UUID:
    """The division that the sheet's title names, when legal affairs brings it; else the officer's own."""
    if not by.is_any(Role.LEGAL_AFFAIRS) or sheet.kind in {SheetKind.ITEMS, SheetKind.INSPECTORS}:
        return by.division_id
    if sheet.kind is SheetKind.CHECKLIST:
        item = queries.items_by_name().get(sheet.header.subject or "")
        return item.division_id if item else by.division_id
    named = [division for division in accounts.divisions() if division.name in sheet.header.title]
    if not named:
        raise Refusal("registry.division_missing", N_("表的标题中没有处室名称，请选择负责的处室"), field="division_id")
    return max(named, key=lambda division: len(division.name)).id


def _item_code(sheet: ParsedSheet, chosen: str | None) -> str | None:
    """Which item a checklist is for: the one chosen, else the one that its title names."""
    if sheet.kind is not SheetKind.CHECKLIST:
        return None
    items = queries.newest_items()
    subject = sheet.header.subject or ""
    found = [item.code for item in items if item.code == chosen or (not chosen and item.name == subject)]
    if not found:
        raise Refusal("registry.checklist_without_item",
                      N_("清单中没有“%(name)s”这个事项，请先导入事项清单，或者选择检查表单所属的事项"),
                      field="item_code", name=subject)
    return found[0]


def _judged(sheet: ParsedSheet, by: Officer) -> ParsedSheet:
    """The sheet with what only the system's own divisions can tell about its rows."""
    if sheet.kind not in {SheetKind.ITEMS, SheetKind.INSPECTORS}:
        return sheet
    divisions = {division.name: division.id for division in accounts.divisions()}
    own = None if by.is_any(Role.LEGAL_AFFAIRS) or sheet.kind is SheetKind.ITEMS else {by.division_id}
    return sheet.with_rows([_with_division(row, divisions.get, own) for row in sheet.rows])


def _with_division(row: ParsedRow[Any], division_of: Callable[[str], UUID | None],
                   own: Collection[UUID] | None) -> ParsedRow[Any]:
    found = division_of(row.value.division)
    if row.value.division and found is None:
        return row.with_findings(row.finding(FindingKind.UNKNOWN_DIVISION, "division"))
    if own is not None and found is not None and found not in own:
        return row.with_findings(row.finding(FindingKind.OTHER_DIVISION, "division"))
    return row
