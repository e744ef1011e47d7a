"""The object directory, row by row: one enterprise, institution or laboratory that may be inspected."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fieldapp.law import article
from fieldapp.registry.rules.findings import FindingKind
from fieldapp.registry.rules.normalise import Cell
from fieldapp.registry.rules.position import is_inside
from fieldapp.registry.rules.rows import ParsedRow, RowReader
from fieldapp.roles import Officer, Role
from fieldapp.words import Labelled, N_


class EnterpriseSize(Labelled):
    """How large an object is, for draws directed by size."""

    LARGE = "large", N_("大型")
    MEDIUM = "medium", N_("中型")
    SMALL = "small", N_("小型")
    MICRO = "micro", N_("微型")


@dataclass(frozen=True, slots=True)
class Region:
    """One county or district by its code, with the city it belongs to."""

    code: str
    name: str
    city_code: str
    city: str


@dataclass(frozen=True, slots=True)
class ObjectRow:
    """One proposed inspection object; `focus_proposal` is only proposed, legal affairs decides on it."""

    name: str
    uscc: str
    category: str
    size: EnterpriseSize | None = None
    city: str | None = None
    county: str | None = None
    region_code: str | None = None
    address: str | None = None
    legal_representative: str | None = None
    telephone: str | None = None
    credit_grade: str | None = None
    focus_proposal: str | None = None
    latitude: float | None = None
    longitude: float | None = None


CREDIT_GRADES = frozenset("ABCD")
_SIZES = {size.label[0]: size for size in EnterpriseSize}
_MOBILE = re.compile(r"(?:\+?86-?)?1[3-9]\d{9}")
_LANDLINE = re.compile(r"\(?0\d{2,3}\)?-?\d{7,8}(?:[-转]\d{1,6})?|[48]00-?\d{3}-?\d{4}|1[02]\d{3,4}")
_SHORTEST_TELEPHONE = 10


@article("8", "9")
def parse_objects(
    rows: Iterable[tuple[int, Mapping[str, Cell]]], regions: Mapping[str, Region] | None = None
) -> list[ParsedRow[ObjectRow]]:
    """Check every row of an object directory; `regions` are the known regions by code, if they are to be checked."""
    return [_parse_object(RowReader(number, cells), regions) for number, cells in rows]


def _parse_object(reader: RowReader, regions: Mapping[str, Region] | None) -> ParsedRow[ObjectRow]:
    row = ObjectRow(
        name=_name(reader),
        uscc=reader.credit_code(),
        category=reader.text("category", FindingKind.MISSING_CATEGORY, limit=60) or "",
        size=_size(reader),
        city=reader.text("city", limit=20),
        county=reader.text("county", limit=40),
        region_code=_region_code(reader),
        address=reader.text("address", FindingKind.NO_ADDRESS, limit=200),
        legal_representative=reader.text("legal_representative", limit=60),
        telephone=_telephone(reader),
        credit_grade=_credit_grade(reader),
        focus_proposal=reader.text("focus", limit=200),
        **_position(reader),
    )
    if regions is not None:
        _check_region(reader, row, regions)
    return reader.finished(row)


def _name(reader: RowReader) -> str:
    """The unit's name; a number alone is no name."""
    name = reader.text("name", FindingKind.MISSING_NAME, limit=120) or ""
    if name and not any(character.isalpha() for character in name):
        reader.note(FindingKind.MISSING_NAME, "name")
    return name


def _region_code(reader: RowReader) -> str | None:
    """The region's six digits; anything else is a warning and left out."""
    code = reader.code("region_code", FindingKind.NO_REGION)
    if code is None or re.fullmatch(r"[1-9][0-9]{5}", code):
        return code
    reader.note(FindingKind.REGION_UNKNOWN, "region_code")
    return None


def _size(reader: RowReader) -> EnterpriseSize | None:
    """Large, medium, small or micro, by the first character (大型, 大, 大型企业)."""
    written = reader.text("size")
    size = _SIZES.get(written[0]) if written else None
    if size is None:
        reader.note(FindingKind.UNKNOWN_SIZE, "size")
    return size


def telephone_fault(telephone: str) -> FindingKind | None:
    """Say whether a telephone number has too few digits or an unusual form; both are only warnings."""
    if _MOBILE.fullmatch(telephone) or _LANDLINE.fullmatch(telephone):
        return None
    short = sum(character.isdigit() for character in telephone) < _SHORTEST_TELEPHONE
    mobile_short = re.fullmatch(r"1[3-9]\d{8}", telephone)
    return FindingKind.SHORT_TELEPHONE if short or mobile_short else FindingKind.ODD_TELEPHONE


def _telephone(reader: RowReader) -> str | None:
    """The telephone number, several of them kept as they are written."""
    telephone = reader.code("telephone", FindingKind.NO_TELEPHONE, limit=30)
    faults = [telephone_fault(one) for one in re.split(r"[、,;/]", telephone) if one] if telephone else []
    fault = next((fault for fault in faults if fault), None)
    if fault:
        reader.note(fault, "telephone")
    return telephone


def _credit_grade(reader: RowReader) -> str | None:
    """The credit-risk grade A to D, also written `A级` or `A类`."""
    written = reader.code("credit_grade", FindingKind.NO_CREDIT_GRADE)
    grade = written.rstrip("级类") if written else None
    if grade is not None and grade not in CREDIT_GRADES:
        reader.note(FindingKind.UNKNOWN_CREDIT_GRADE, "credit_grade")
        return None
    return grade


def _position(reader: RowReader) -> dict[str, float | None]:
    """Latitude and longitude in degrees; both or none, and a warning outside Shandong."""
    latitude, longitude = reader.number("latitude"), reader.number("longitude")
    if latitude is None or longitude is None:
        return {"latitude": None, "longitude": None}
    if not is_inside(latitude, longitude):
        reader.note(FindingKind.ODD_POSITION, "latitude")
        return {"latitude": None, "longitude": None}
    return {"latitude": float(latitude), "longitude": float(longitude)}


def _check_region(reader: RowReader, row: ObjectRow, regions: Mapping[str, Region]) -> None:
    """Warn when the region code is unknown, or belongs to another city or county than the row names."""
    if row.region_code is None:
        return
    region = regions.get(row.region_code)
    if region is None:
        reader.note(FindingKind.REGION_UNKNOWN, "region_code")
    elif (row.city or region.city) != region.city or (row.county or region.name) != region.name:
        reader.note(FindingKind.REGION_MISMATCH, "region_code")


def may_read_contact(officer: Officer, division_ids: Collection[UUID]) -> bool:
    """Whether the officer reads a natural person's name and telephone: the divisions that list the object, and legal affairs."""
    return officer.division_id in division_ids or officer.is_any(Role.LEGAL_AFFAIRS)
