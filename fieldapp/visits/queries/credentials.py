"""The secret addresses of 人员核验."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry.models import Inspector
from fieldapp.visits import rules
from fieldapp.visits.models import CredentialCheck, TeamMember, Visit
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Credential:
    """An inspector, the certificate and the visit, as a second browser is told of them."""

    visit: Visit
    inspector: Inspector
    verdict: rules.Verdict
    has_portrait: bool


def credential_by_secret(secret: str, today: date) -> Credential:
    """What stands behind a secret address on a day."""
    check = db.session.scalar(sa.select(CredentialCheck).where(CredentialCheck.secret == secret))
    if check is None:
        raise NotFound("visits.unknown_credential", N_("没有这个核验码，请不要凭它放行"))
    visit, inspector = db.session.get_one(Visit, check.visit_id), db.session.get_one(Inspector, check.inspector_id)
    left = inspector.left_on is not None and inspector.left_on <= today
    facts = rules.CredentialFacts(
        visit_state=visit.state, has_left=left or not _is_on_team(visit, inspector.id),
        certificate_number=inspector.certificate_number, certificate_until=inspector.certificate_until,
        slot_day=clock.local(visit.slot_start).date() if visit.slot_start else None)
    verdict = rules.verdict(facts, today)
    shown = verdict.shows_person and inspector.person is not None and inspector.person.portrait_type is not None
    return Credential(visit, inspector, verdict, shown)


def credentials_of(visit_id: UUID) -> dict[UUID, CredentialCheck]:
    """The secret addresses of a visit's inspectors, by inspector."""
    of_visit = sa.select(CredentialCheck).where(CredentialCheck.visit_id == visit_id)
    return {check.inspector_id: check for check in db.scalars(of_visit)}


def _is_on_team(visit: Visit, inspector_id: UUID) -> bool:
    return any(member.inspector_id == inspector_id and member.left_at is None for member in visit.members)


def drawn_member(visit: Visit, inspector_id: UUID) -> TeamMember:
    """The seat of somebody drawn for this visit, whether or not they are still on the team."""
    member = member_of(visit, inspector_id)
    if member is None:
        raise Refusal("visits.not_drawn", N_("只有本次检查抽中的人员可以退出或者恢复；递补人员须另行抽取"))
    return member


def member_of(visit: Visit, inspector_id: UUID) -> TeamMember | None:
    """An inspector's seat on a team, also after leaving it."""
    return next((member for member in visit.members if member.inspector_id == inspector_id), None)
