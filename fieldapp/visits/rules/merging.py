"""进一次门、查多项事: when two visits are offered as one, and who then goes (article 15)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import HEADS, Officer, Role
from fieldapp.visits.rules.duties import may_call_off
from fieldapp.visits.rules.slot import Window
from fieldapp.visits.rules.states import Step, may_take
from fieldapp.words import Labelled, N_


class MergeDecision(Labelled):
    """What became of a proposal."""

    MERGED = "merged", N_("合并实施")
    DECLINED = "declined", N_("不合并")
    SUPERSEDED = "superseded", N_("已失效")


@dataclass(frozen=True, slots=True)
class Qualified:
    """A team member as the union of two teams sees them: in ticket order, certified or not, for what qualified."""

    inspector_id: UUID
    is_certified: bool
    subject_types: frozenset[str] | None = None
    specialities: frozenset[str] = field(default_factory=frozenset)

    def fits(self, demand: "Demand") -> bool:
        """Whether the member is certified and, where the directory says for what, qualified for the item."""
        known = self.subject_types is None or demand.category in self.subject_types
        return self.is_certified and known


@dataclass(frozen=True, slots=True)
class Demand:
    """What an item asks of the team: a certified member for its kind of object, and its specialities."""

    category: str
    specialities: tuple[str, ...] = ()


@article("15")
def windows_meet(first: Window, second: Window, tolerance_days: int) -> bool:
    """Whether two tasks fall into the same time: their windows intersect or lie at most so many days apart."""
    gap = timedelta(days=tolerance_days)
    return first.first_day <= second.last_day + gap and second.first_day <= first.last_day + gap


@article("15")
def windows_together(windows: Sequence[Window]) -> Window:
    """The time in which a merged visit may take place: what the tasks share, else from the first to the last of them."""
    first, last = max(w.first_day for w in windows), min(w.last_day for w in windows)
    if first <= last:
        return Window(first, last)
    return Window(min(w.first_day for w in windows), max(w.last_day for w in windows))


@article("15")
def united_team(lead: Sequence[Qualified], other: Sequence[Qualified], demands: Sequence[Demand]) -> list[Qualified]:
    """The lead division's whole team, and of the other's, in ticket order, only those whom an item still needs.

    An item keeps at least one certified member qualified for it, and each speciality that it asks for where somebody
    drawn has it. If nobody of either team is qualified by the directory, a certified member of the other team goes
    along. Somebody drawn for both teams counts once.
    """
    team = list(lead)
    rest = [member for member in other if all(member.inspector_id != one.inspector_id for one in lead)]
    for demand in demands:
        if not any(member.fits(demand) for member in (*team, *other)):
            _bring(team, [member for member in rest if member.is_certified])
        elif not any(member.fits(demand) for member in team):
            _bring(team, [member for member in rest if member.fits(demand)])
        for speciality in demand.specialities:
            if not any(speciality in member.specialities for member in team):
                _bring(team, [member for member in rest if speciality in member.specialities])
    return team


@dataclass(frozen=True, slots=True)
class Gap:
    """What a team lacks for its items: kinds of objects that nobody of it is qualified for, specialities nobody has."""

    categories: frozenset[str] = frozenset()
    specialities: frozenset[str] = frozenset()

    def is_filled_by(self, one: Qualified) -> bool:
        """Whether one certified person would make up for all of it."""
        fits = one.subject_types is None or self.categories <= one.subject_types
        return one.is_certified and fits and self.specialities <= one.specialities


@article("15", "18")
def gap(team: Sequence[Qualified], demands: Sequence[Demand]) -> Gap:
    """What the items of a visit ask that nobody left on its team brings."""
    return Gap(frozenset(one.category for one in demands if not any(member.fits(one) for member in team)),
               frozenset(word for one in demands for word in one.specialities
                         if not any(word in member.specialities for member in team)))


def may_propose_merge(officer: Officer, *, decision: str | None, states: Collection[str]) -> bool:
    """Whether the officer is offered to propose a merge of visits in these states."""
    is_open = decision != MergeDecision.MERGED and all(may_take(Step.MERGE, state) for state in states)
    return officer.is_any(Role.LEGAL_AFFAIRS) and is_open


def may_decline_merge(officer: Officer, *, decision: str | None) -> bool:
    """Whether the officer is offered to say no to a merge, or to take the proposal back."""
    return officer.is_any(Role.LEGAL_AFFAIRS) and decision is None


def may_answer_merge(officer: Officer, *, decision: str | None, asked: Collection[UUID]) -> bool:
    """Whether the officer's division has still to answer, and it is the officer's to do so."""
    return decision is None and officer.division_id in asked and officer.is_any(*HEADS)


@article("15")
def check_may_propose_merge(officer: Officer, *, decision: str | None, divisions: Sequence[UUID],
                            lead_division_id: UUID | None) -> None:
    """Legal affairs proposes, also again after a no or when things have changed; the lead is one of those of the visits."""
    _check_coordinates(officer)
    if decision == MergeDecision.MERGED:
        raise Conflict("visits.merge_already_decided", N_("这项合并建议已经处理"))
    if lead_division_id not in divisions:
        raise Refusal("visits.lead_division_unknown", N_("请从两个任务的处室中选择牵头处室"), field="lead_division")


@article("15")
def check_may_decline_merge(officer: Officer, *, decision: str | None, reason: str) -> None:
    """Legal affairs does not propose a merge, or takes it back, with the reason (E5)."""
    _check_coordinates(officer)
    if decision is not None:
        raise Conflict("visits.merge_already_decided", N_("这项合并建议已经处理"))
    if not reason.strip():
        raise Refusal("visits.decline_needs_a_reason", N_("不合并须写明理由"), field="reason")


@article("15")
def check_may_answer_merge(officer: Officer, *, decision: str | None, asked: Collection[UUID]) -> None:
    """Each division concerned answers once, by its head or deputy, while the proposal stands."""
    if officer.division_id is None or not officer.heads(officer.division_id):
        raise Forbidden("visits.not_a_head", N_("由有关处室主要负责同志答复"))
    if decision is not None or officer.division_id not in asked:
        raise Conflict("visits.merge_not_asked", N_("这项合并建议目前不需要贵处答复"))


@article("15")
def check_has_lead(lead_division_id: UUID | None, *, divisions: Collection[UUID]) -> None:
    """The division that all have agreed shall lead still leads one of the two visits."""
    if lead_division_id not in divisions:
        raise Conflict("visits.merge_lead_changed", N_("检查牵头处室已变更，请法规处重新提出合并"))


def _check_coordinates(officer: Officer) -> None:
    if not officer.is_any(Role.LEGAL_AFFAIRS):
        raise Forbidden("visits.not_legal_affairs_merging", N_("合并检查由法规处提出"))


def _bring(team: list[Qualified], candidates: Sequence[Qualified]) -> None:
    """Add the first candidate who is not on the team already."""
    present = {member.inspector_id for member in team}
    team.extend([member for member in candidates if member.inspector_id not in present][:1])


@article("15")
def check_may_take_out(officer: Officer, division_id: UUID, *, tasks: int, reason: str) -> None:
    """One task leaves a merged visit and the others stay: by its own division's head or legal affairs, with the reason."""
    if not may_call_off(officer, division_id):
        raise Forbidden("visits.not_the_tasks_head", N_("由该任务处室主要负责同志或者法规处办理"))
    if tasks <= 1:
        raise Conflict("visits.only_task", N_("这次检查只有一项任务，请取消检查"))
    if not reason.strip():
        raise Refusal("visits.reason_missing", N_("请写明理由"), field="out_reason")
