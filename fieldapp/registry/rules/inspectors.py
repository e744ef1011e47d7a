"""The inspector directory, row by row: who may inspect what, with which certificate."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fieldapp.law import article
from fieldapp.registry.rules.findings import Finding, FindingKind
from fieldapp.registry.rules.normalise import Cell
from fieldapp.registry.rules.rows import ParsedRow, RowReader
from fieldapp.words import Labelled, N_


class InspectorKind(Labelled):
    """Which of the two groups of article 10 a person belongs to."""

    ENFORCEMENT = "enforcement", N_("行政执法人员")
    DAILY_SUPERVISION = "daily_supervision", N_("日常监管人员")


@dataclass(frozen=True, slots=True)
class InspectorRow:
    """One proposed inspector; without a certificate number only an assistant. `categories` None means all."""

    name: str
    staff_number: str
    division: str
    kind: InspectorKind
    is_certified: bool
    certificate_number: str | None = None
    certificate_issuer: str | None = None
    certificate_valid_until: date | None = None
    specialities: tuple[str, ...] = ()
    categories: tuple[str, ...] | None = None
    city: str | None = None
    interests: tuple[str, ...] = ()


_ALL_CATEGORIES = frozenset({"全部", "所有", "不限", "全部类型"})
_DAILY_SUPERVISION = "日常监管"
_ENFORCEMENT = "执法"


@article("10")
def parse_inspectors(rows: Iterable[tuple[int, Mapping[str, Cell]]], on: date) -> list[ParsedRow[InspectorRow]]:
    """Check every row of an inspector directory; certificates are judged as of the day `on`."""
    parsed: list[ParsedRow[InspectorRow]] = []
    for number, cells in rows:
        row = _parse_inspector(RowReader(number, cells), on)
        parsed.append(row.with_findings(*_repeats(row, parsed)))
    return parsed


def _parse_inspector(reader: RowReader, on: date) -> ParsedRow[InspectorRow]:
    certificate = reader.code("certificate_number", limit=40)
    kind = _kind(reader, certificate)
    is_certified = kind is InspectorKind.ENFORCEMENT and certificate is not None
    row = InspectorRow(
        name=reader.text("name", FindingKind.MISSING_NAME, limit=60) or "",
        staff_number=reader.code("staff_number", FindingKind.MISSING_NUMBER, limit=40) or "",
        division=reader.text("division", FindingKind.MISSING_DIVISION, limit=100) or "",
        kind=kind,
        is_certified=is_certified,
        certificate_number=certificate if is_certified else None,
        certificate_issuer=reader.text("certificate_issuer", limit=60),
        certificate_valid_until=_valid_until(reader, on) if is_certified else None,
        specialities=reader.listed("specialities"),
        categories=_categories(reader),
        city=reader.text("city", limit=20),
        interests=reader.listed("interests"),
    )
    if not row.specialities:
        reader.note(FindingKind.NO_SPECIALITY, "specialities")
    return reader.finished(row)


@article("10")
def _kind(reader: RowReader, certificate: str | None) -> InspectorKind:
    """Tell enforcement officers from staff of daily supervision, who have no certificate and may only assist."""
    written = reader.text("person_kind") or ""
    if _DAILY_SUPERVISION in written:
        reader.note(FindingKind.UNCERTIFIED, "person_kind")
        return InspectorKind.DAILY_SUPERVISION
    if _ENFORCEMENT not in written:
        reader.note(FindingKind.UNKNOWN_PERSON_KIND, "person_kind")
        return InspectorKind.ENFORCEMENT if certificate else InspectorKind.DAILY_SUPERVISION
    if certificate is None:
        reader.note(FindingKind.MISSING_CERTIFICATE, "certificate_number")
    return InspectorKind.ENFORCEMENT


def _valid_until(reader: RowReader, on: date) -> date | None:
    """The certificate's last day; past ones are kept and warned about."""
    day = reader.day("certificate_valid_until")
    if reader.raw("certificate_valid_until") is None:
        reader.note(FindingKind.NO_VALID_UNTIL, "certificate_valid_until")
    elif day is not None and day < on:
        reader.note(FindingKind.CERTIFICATE_EXPIRED, "certificate_valid_until", valid_until=day.isoformat())
    return day


def _categories(reader: RowReader) -> tuple[str, ...] | None:
    """The categories of objects an inspector is meant for; 全部 or nothing means all."""
    listed = reader.listed("categories")
    return None if not listed or not _ALL_CATEGORIES.isdisjoint(listed) else listed


def _repeats(row: ParsedRow[InspectorRow], earlier: list[ParsedRow[InspectorRow]]) -> list[Finding]:
    """What to say when an earlier row has the same staff number, or the same certificate under another number."""
    for other in earlier:
        facts: dict[str, str | int] = {"where": "row", "other_row": other.row}
        if row.value.staff_number and row.value.staff_number == other.value.staff_number:
            if row.value.name == other.value.name:
                return [row.finding(FindingKind.DUPLICATE, "staff_number", **facts)]
            return [row.finding(FindingKind.RENAMED_DUPLICATE, "name", other_name=other.value.name, **facts)]
        certificate = row.value.certificate_number
        if certificate and certificate == other.value.certificate_number:
            return [row.finding(FindingKind.CERTIFICATE_REPEATED, "certificate_number", **facts)]
    return []
