"""Overlapping visits and the proposals to merge them."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.refusals import NotFound
from fieldapp.visits import rules
from fieldapp.visits.models import MergeProposal, MutualRecognition, Visit
from fieldapp.visits.queries.one import window
from fieldapp.words import N_


def find_overlaps(visit: Visit, tolerance_days: int) -> list[Visit]:
    """Other visits to the same object, not begun either, whose tasks fall into the same time (E5)."""
    others = sa.select(Visit).where(Visit.object_id == visit.object_id, Visit.id != visit.id,
                                    Visit.state.in_(rules.BEFORE_START))
    mine = window(visit)
    return [other for other in db.scalars(others.order_by(Visit.id))
            if rules.windows_meet(mine, window(other), tolerance_days)]


def proposal(proposal_id: UUID) -> MergeProposal:
    """One merge proposal."""
    found = db.session.get(MergeProposal, proposal_id)
    if found is None:
        raise NotFound("visits.unknown_proposal", N_("没有这项合并建议"))
    return found


def proposal_held(proposal_id: UUID) -> MergeProposal:
    """One merge proposal, held against a second decision at the same moment."""
    held = sa.select(MergeProposal).where(MergeProposal.id == proposal_id).with_for_update(of=MergeProposal)
    found = db.session.scalar(held.execution_options(populate_existing=True))
    return found or proposal(proposal_id)


def undecided_of(visit_id: UUID) -> Sequence[MergeProposal]:
    """The proposals about a visit that legal affairs has not decided."""
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
