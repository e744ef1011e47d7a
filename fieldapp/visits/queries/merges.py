"""Overlapping visits and the proposals to merge them; whose result may stand for a visit."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.policy import queries as policy
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer, Role
from fieldapp.visits import rules
from fieldapp.visits.models import MergeConsent, MergeProposal, MutualRecognition, Visit
from fieldapp.visits.queries.lists import visits_of_object
from fieldapp.visits.queries.one import day_of, window
from fieldapp.words import N_


def find_overlaps(visit: Visit, tolerance_days: int) -> list[Visit]:
    """Other visits to the same object, not begun either, whose tasks fall into the same time (E5)."""
    others = sa.select(Visit).where(Visit.object_id == visit.object_id, Visit.id != visit.id,
                                    Visit.state.in_(rules.BEFORE_START))
    mine = window(visit)
    return [other for other in db.scalars(others.order_by(Visit.id))
            if rules.windows_meet(mine, window(other), tolerance_days)]


def scope_of(visit: Visit) -> rules.Scope:
    """What a visit checks and when, as the rule of recognition sees it."""
    return rules.Scope(frozenset(part.task.item_id for part in visit.visit_tasks), window(visit))


def recognisable(visit: Visit) -> list[Visit]:
    """The visits whose results may be recognised instead of this one, begun or ended, by the rule set that it follows (E6)."""
    not_made, tolerance_days = scope_of(visit), policy.rule_set_on(day_of(visit)).merge_window_days
    return [one for one in visits_of_object(visit) if rules.may_stand_for(scope_of(one), not_made, tolerance_days)]


def proposal(proposal_id: UUID) -> MergeProposal:
    """One merge proposal."""
    found = db.session.get(MergeProposal, proposal_id)
    if found is None:
        raise NotFound("visits.unknown_proposal", N_("没有这项合并建议"))
    return found


def proposal_held(proposal_id: UUID) -> MergeProposal:
    """One merge proposal, held against a second decision at the same moment."""
    found = db.session.scalar(db.held(sa.select(MergeProposal).where(MergeProposal.id == proposal_id), MergeProposal))
    return found or proposal(proposal_id)


def proposal_for(officer: Officer, proposal_id: UUID) -> MergeProposal:
    """One merge proposal, for legal affairs and the heads of the divisions concerned; to others it does not exist."""
    found = proposal(proposal_id)
    if not sees_proposal(officer, found):
        raise NotFound("visits.unknown_proposal", N_("没有这项合并建议"))
    return found


def sees_proposal(officer: Officer, proposed: MergeProposal) -> bool:
    """Whether the officer is of legal affairs, or heads a division concerned."""
    return officer.is_any(Role.LEGAL_AFFAIRS) or any(officer.heads(division_id) for division_id in concerned(proposed))


def concerned(proposed: MergeProposal) -> dict[UUID, str]:
    """The divisions whose consent a merge needs, with their names: those that lead, and those of every task."""
    sides = (proposed.first_visit, proposed.second_visit)
    divisions = [side.lead_division for side in sides] + [part.task.division for side in sides for part in side.visit_tasks]
    return {one.id: one.name for one in divisions}


def consents_of(proposal_id: UUID) -> list[MergeConsent]:
    """What the divisions answered, the latest first, from every round."""
    given = sa.select(MergeConsent).where(MergeConsent.proposal_id == proposal_id)
    return db.scalars(given.order_by(MergeConsent.id.desc()))


def asked_of(proposed: MergeProposal) -> set[UUID]:
    """The divisions that have still to answer in this round; none before it is proposed."""
    if proposed.round == 0:
        return set()
    given = {one.division_id for one in consents_of(proposed.id) if one.round == proposed.round}
    return set(concerned(proposed)) - given


def undecided_of(visit_id: UUID) -> Sequence[MergeProposal]:
    """The proposals about a visit that are not settled: not proposed yet, or not answered by every division."""
    return db.scalars(sa.select(MergeProposal).where(_about(visit_id), MergeProposal.decision.is_(None)))


def pair(first: UUID, second: UUID) -> MergeProposal | None:
    """The proposal about two visits, whichever comes first, decided or not."""
    return db.session.scalar(sa.select(MergeProposal).where(_about(first), _about(second)))


def proposals(limit: int = 100) -> list[MergeProposal]:
    """All proposals, the undecided first, then the newest."""
    newest = sa.select(MergeProposal).order_by(MergeProposal.decided_at.is_not(None), MergeProposal.found_at.desc())
    return db.scalars(newest.limit(limit))


def recognitions_of(visit_id: UUID) -> list[MutualRecognition]:
    """Whose result stands for this visit, or for which visits its result stands."""
    sides = MutualRecognition.visit_id == visit_id, MutualRecognition.recognised_visit_id == visit_id
    return db.scalars(sa.select(MutualRecognition).where(sa.or_(*sides)).order_by(MutualRecognition.id))


def _about(visit_id: UUID) -> sa.ColumnElement[bool]:
    return sa.or_(MergeProposal.first_visit_id == visit_id, MergeProposal.second_visit_id == visit_id)
