"""The random inspection item list, row by row: what is inspected, on which basis, how much and how often."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fieldapp.law import article
from fieldapp.registry.rules.findings import FindingKind
from fieldapp.registry.rules.normalise import Cell, as_text, half_width
from fieldapp.registry.rules.rows import ParsedRow, RowReader
from fieldapp.words import Labelled, N_


class InspectionMethod(Labelled):
    """How an inspection is carried out."""

    ON_SITE = "on_site", N_("实地核查")
    WRITTEN = "written", N_("书面检查")
    ONLINE = "online", N_("网络监测")


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often in a year: `operator` is `=`, `>=` or `<=`."""

    operator: str
    times: int


@dataclass(frozen=True, slots=True)
class SeatRequirement:
    """At least so many members of a team with a speciality."""

    speciality: str
    count: int


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item; the ratio is in basis points (5 % = 500), None where the rule set's default applies."""

    number: int | None
    name: str
    division: str
    category: str
    content: str
    methods: tuple[InspectionMethod, ...] = ()
    ratio_basis_points: int | None = None
    ratio_is_statutory: bool = False
    frequency: Frequency | None = None
    seats: tuple[SeatRequirement, ...] = ()
    requirement: str | None = None
    legal_basis: str | None = None


# In force with the regulation of 2020-12-31; the caller passes the value of the rule set of the day.
MINIMUM_RATIO_BASIS_POINTS = 500

_METHODS = {"实地": InspectionMethod.ON_SITE, "现场": InspectionMethod.ON_SITE, "书面": InspectionMethod.WRITTEN,
            "网络": InspectionMethod.ONLINE, "线上": InspectionMethod.ONLINE, "非现场": InspectionMethod.ONLINE}
_RATIO = re.compile(r"(?:不低于|不少于|>=|≥)?(\d+(?:\.\d+)?)\s*(%?)\s*(.*)")
_FREQUENCY = re.compile(r"(>=|≥|不少于|不低于|至少|<=|≤|不超过|最多|=)?(?:每年)?(\d{1,3})(?:次)?(?:/?年|以上)?")
_OPERATORS = {">=": ">=", "≥": ">=", "不少于": ">=", "不低于": ">=", "至少": ">=",
              "<=": "<=", "≤": "<=", "不超过": "<=", "最多": "<=", "=": "=", "": "="}
_SEAT = re.compile(r"(?:至少|不少于)?(\d{1,2}|[一二两三])[人名]?(?:具备|具有|有|为)(.{1,20}?)(?:业务)?(?:专长|特长|资质)")
_NUMERALS = {"一": 1, "二": 2, "两": 2, "三": 3}


@article("5", "6")
def parse_items(
    rows: Iterable[tuple[int, Mapping[str, Cell]]], minimum_basis_points: int = MINIMUM_RATIO_BASIS_POINTS
) -> list[ParsedRow[ItemRow]]:
    """Check every row of an item list against what article 6 demands of it."""
    parsed: list[ParsedRow[ItemRow]] = []
    for number, cells in rows:
        row = _parse_item(RowReader(number, cells), minimum_basis_points)
        same = next((other for other in parsed if other.value.name == row.value.name), None)
        if same and row.value.name:
            row = row.with_findings(row.finding(FindingKind.DUPLICATE, "name", where="row", other_row=same.row))
        parsed.append(row)
    return parsed


def _parse_item(reader: RowReader, minimum: int) -> ParsedRow[ItemRow]:
    ratio, statutory = _ratio(reader, minimum)
    number = reader.number("number")
    return reader.finished(ItemRow(
        number=int(number) if number is not None and 0 < number < 10_000 else None,
        name=reader.text("name", FindingKind.MISSING_NAME, limit=200) or "",
        division=reader.text("division", FindingKind.MISSING_DIVISION, limit=100) or "",
        category=reader.text("category", FindingKind.MISSING_CATEGORY, limit=60) or "",
        content=reader.text("content", FindingKind.MISSING_CONTENT) or "",
        methods=_methods(reader),
        ratio_basis_points=ratio,
        ratio_is_statutory=statutory,
        frequency=_frequency(reader),
        seats=_seats(reader),
        requirement=reader.text("requirement", limit=200),
        legal_basis=reader.text("legal_basis", FindingKind.NO_BASIS),
    ))


def _methods(reader: RowReader) -> tuple[InspectionMethod, ...]:
    """The methods named, each once; one unknown word refuses the row."""
    listed = reader.listed("methods")
    known = [next((method for word, method in _METHODS.items() if name.startswith(word)), None) for name in listed]
    if not known or None in known:
        reader.note(FindingKind.UNKNOWN_METHOD, "methods")
    return tuple(dict.fromkeys(method for method in known if method))


def ratio_basis_points(written: Cell) -> tuple[int, bool] | None:
    """Read `20%（法定）`, `5%`, `0.05` or `5` as basis points and whether the law fixes it; None if it is no ratio.

    A bare number up to 1 is a fraction, as a percent cell stores it; above 1 it counts per cent.
    """
    text = half_width(as_text(written)).strip()
    read = _RATIO.fullmatch(text)
    if not read:
        return None
    number = Decimal(read[1])
    points = number * (100 if read[2] or number > 1 else 10_000)
    if points != points.to_integral_value() or not 0 < points <= 10_000:
        return None
    return int(points), "法定" in read[3]


@article("6")
def _ratio(reader: RowReader, minimum: int) -> tuple[int | None, bool]:
    """The sampling ratio; below the minimum only if the law itself fixes it, else with a warning."""
    cell = reader.raw("ratio")
    if cell is None:
        reader.note(FindingKind.NO_RATIO, "ratio")
        return None, False
    ratio = ratio_basis_points(cell)
    if ratio is None:
        reader.note(FindingKind.BAD_RATIO, "ratio")
        return None, False
    if ratio[0] < minimum and not ratio[1]:
        reader.note(FindingKind.RATIO_BELOW_MINIMUM, "ratio")
    return ratio


@article("6")
def _frequency(reader: RowReader) -> Frequency | None:
    """The yearly frequency with its operator: `>=1`, `=1`, `每年1次`, `不少于1次`."""
    written = half_width(as_text(reader.raw("frequency"))).replace(" ", "")
    if not written:
        reader.note(FindingKind.NO_FREQUENCY, "frequency")
        return None
    read = _FREQUENCY.fullmatch(written)
    if not read or int(read[2]) < 1:
        reader.note(FindingKind.BAD_FREQUENCY, "frequency")
        return None
    at_least = written.endswith("以上")
    return Frequency(">=" if at_least else _OPERATORS[read[1] or ""], int(read[2]))


def _seats(reader: RowReader) -> tuple[SeatRequirement, ...]:
    """The typed seats that a requirement such as 至少1人具备财务审计专长 asks for."""
    parts = reader.listed("requirement")
    read = [_SEAT.fullmatch(half_width(part).replace(" ", "")) for part in parts]
    if None in read:
        reader.note(FindingKind.UNKNOWN_REQUIREMENT, "requirement")
    return tuple(SeatRequirement(seat[2], _NUMERALS.get(seat[1]) or int(seat[1])) for seat in read if seat)
