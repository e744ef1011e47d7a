"""What the public sees: enterprises by name, natural persons masked, results for as long as they may stand."""

from collections.abc import Sequence
from datetime import date

from fieldapp.fieldwork.rules import Refused, Signature
from fieldapp.law import article
from fieldapp.publication.rules.states import ResultState
from fieldapp.words import Labelled, N_

YEARS_FOR_ENTERPRISES = 5
YEARS_FOR_PERSONS = 2
SHOWN = (ResultState.PUBLISHED, ResultState.SUPERSEDED)


class Confirmation(Labelled):
    """What the entity did with the record that was handed to it; no person by name, no words of theirs."""

    SIGNED = "signed", N_("被检查单位已在检查记录上签字确认")
    SEALED = "sealed", N_("被检查单位已在检查记录上盖章确认")
    REFUSED = "refused", N_("被检查单位拒绝在检查记录上签字或盖章，执法检查人员已在记录中说明情况")
    UNABLE = "unable", N_("被检查单位未能在检查记录上签字或盖章，执法检查人员已在记录中说明情况")
    SILENT = "silent", N_("被检查单位在期限内没有答复检查记录，执法检查人员已在记录中说明情况")


@article("24", "25")
def confirmation(signed: Signature | None, refusals: Sequence[Refused]) -> Confirmation | None:
    """Whether the entity signed, sealed or refused the record; None where nobody was met."""
    if signed is not None:
        return Confirmation.SEALED if signed.seal else Confirmation.SIGNED
    if not refusals:
        return None
    return Confirmation(refusals[-1].cause)


@article("25")
def public_name(name: str, *, is_natural_person: bool) -> str:
    """The object's name as published: an enterprise's whole, a natural person's masked."""
    return mask(name) if is_natural_person else name


def mask(name: str) -> str:
    """The family name and one star: 张三 becomes 张*."""
    return f"{name[:1]}*" if name else ""


@article("25")
def public_since(today: date, *, is_natural_person: bool) -> date:
    """The first day whose publications still stand: five years for enterprises, two for natural persons."""
    years = YEARS_FOR_PERSONS if is_natural_person else YEARS_FOR_ENTERPRISES
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=today.year - years, day=28 if leap_day else today.day)


@article("25")
def is_shown(state: str, published: date | None, today: date, *, is_natural_person: bool) -> bool:
    """Whether the public may see a version of a result: once published, as long as publications of its kind stand."""
    if state not in SHOWN or published is None:
        return False
    return published >= public_since(today, is_natural_person=is_natural_person)
