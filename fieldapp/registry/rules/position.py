"""Where an object is: degrees as phones give them (WGS-84), inside Shandong, kept as people wrote them."""

from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import N_

LATITUDES, LONGITUDES = (Decimal("34.2"), Decimal("38.6")), (Decimal("114.7"), Decimal("122.9"))
DIGITS = Decimal("0.000001")

Position = tuple[str, str]


def is_inside(latitude: Decimal, longitude: Decimal) -> bool:
    """Whether a position lies in the rectangle around Shandong."""
    return LATITUDES[0] <= latitude <= LATITUDES[1] and LONGITUDES[0] <= longitude <= LONGITUDES[1]


@article("8")
def position(latitude: str, longitude: str) -> Position | None:
    """A typed position, to six digits (a tenth of a metre); None where both are left empty."""
    if not latitude.strip() and not longitude.strip():
        return None
    try:
        north, east = Decimal(latitude.strip()), Decimal(longitude.strip())
    except InvalidOperation:
        raise _outside() from None
    if not (north.is_finite() and east.is_finite() and is_inside(north, east)):
        raise _outside()
    return str(north.quantize(DIGITS)), str(east.quantize(DIGITS))


@article("8")
def check_may_place(officer: Officer, division_ids: Collection[UUID]) -> None:
    """An object is placed by a division that supervises it, or by legal affairs."""
    own = officer.is_any(Role.DIVISION_OFFICER) and officer.division_id in division_ids
    if not (own or officer.is_any(Role.LEGAL_AFFAIRS)):
        raise Forbidden("registry.not_your_object", N_("该对象的位置由其监管处室或者法规处填写"))


def _outside() -> Refusal:
    return Refusal("registry.position_outside", N_("请填写山东省内的纬度和经度，例如 36.651200 和 117.120100"), field="latitude")
