"""Who may sit on a team: automatically from all inspectors, or under stated conditions. Both are draws."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fieldapp.law import article
from fieldapp.tasks.rules import MatchCondition
from fieldapp.words import Labelled, N_


class Unfit(Labelled):
    """The only three reasons that keep an inspector out of automatic matching."""

    NO_CERTIFICATE = "no_certificate", N_("执法证件在检查日期内无效")
    UNAVAILABLE = "unavailable", N_("检查日期内不能参加")
    INTERESTED = "interested", N_("已回避或申报利害关系")


@dataclass(frozen=True, slots=True)
class Candidate:
    """An inspector of the directory as frozen with the draw."""

    inspector_id: str
    division: str = ""
    region_code: str = ""
    certificate_from: date | None = None
    certificate_to: date | None = None
    absences: tuple[tuple[date, date], ...] = ()
    interests: frozenset[str] = field(default_factory=frozenset)
    qualified_for: frozenset[str] = field(default_factory=frozenset)
    specialities: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the conditions ask of an object: its type, where it is, and the division whose task it is."""

    subject_type: str = ""
    region_code: str = ""
    division: str = ""


@article("16")
def holds_certificate(candidate: Candidate, first: date, last: date) -> bool:
    """Whether the enforcement certificate is valid on every day of the visit."""
    begins, ends = candidate.certificate_from, candidate.certificate_to
    return begins is not None and ends is not None and begins <= first and last <= ends


@article("16")
def is_available(candidate: Candidate, first: date, last: date, days: int = 1) -> bool:
    """Whether the inspector is free on `days` consecutive days from `first` to `last`, both included."""
    free, day = 0, first
    while day <= last and free < days:
        away = any(begins <= day <= ends for begins, ends in candidate.absences)
        free = 0 if away else free + 1
        day += timedelta(days=1)
    return free >= days


@article("16", "17")
def unfit(candidate: Candidate, first: date, last: date, object_id: str = "", days: int = 1) -> Unfit | None:
    """Why an inspector is left out of automatic matching: certificate, availability, interest, nothing else (E7)."""
    if not holds_certificate(candidate, first, last):
        return Unfit.NO_CERTIFICATE
    if not is_available(candidate, first, last, days):
        return Unfit.UNAVAILABLE
    if object_id and object_id in candidate.interests:
        return Unfit.INTERESTED
    return None


@article("16")
def automatic_pool(candidates: Sequence[Candidate], first: date, last: date, days: int = 1) -> frozenset[str]:
    """Everyone whose certificate is valid and who is available: the pool of an automatic matching."""
    return frozenset(c.inspector_id for c in candidates if unfit(c, first, last, days=days) is None)


@article("16")
def manual_pool(
    candidates: Sequence[Candidate],
    first: date,
    last: date,
    conditions: Sequence[MatchCondition],
    inspected: Inspected,
    days: int = 1,
) -> frozenset[str]:
    """Those of the automatic pool who meet every stated condition for the object: still a draw, never free picking."""
    pool = automatic_pool(candidates, first, last, days)
    return frozenset(
        c.inspector_id
        for c in candidates
        if c.inspector_id in pool and all(meets(c, condition, inspected) for condition in conditions)
    )


@article("16")
def meets(candidate: Candidate, condition: MatchCondition, inspected: Inspected) -> bool:
    """Whether an inspector meets a condition for an object; conditions on pairs are kept by the matching itself."""
    if condition is MatchCondition.QUALIFIED:
        return inspected.subject_type in candidate.qualified_for
    if condition is MatchCondition.SAME_CITY:
        return bool(inspected.region_code) and candidate.region_code[:4] == inspected.region_code[:4]
    if condition is MatchCondition.OTHER_DIVISION:
        return candidate.division != inspected.division
    return True


@article("17")
def barred_by_interest(candidates: Sequence[Candidate]) -> Mapping[str, frozenset[str]]:
    """For each object the inspectors who have declared an interest in it or are recused from it (E7)."""
    barred: dict[str, set[str]] = {}
    for candidate in candidates:
        for object_id in candidate.interests:
            barred.setdefault(object_id, set()).add(candidate.inspector_id)
    return {object_id: frozenset(names) for object_id, names in barred.items()}
