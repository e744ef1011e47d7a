"""人员核验: what stands behind a secret address, and behind a code that a phone shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.accounts.models import Person
from fieldapp.refusals import NotFound, Refusal
from fieldapp.registry.models import Inspector
from fieldapp.visits import keys, rules
from fieldapp.visits.models import CredentialCheck, CredentialDoubt, CredentialKey, TeamMember, Visit
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Credential:
    """An inspector, the certificate and the visit, as a second browser is told of them; `holder` is whose phone showed the
    code, `shown_at` when its turn began."""

    visit: Visit
    inspector: Inspector
    verdict: rules.Verdict
    has_portrait: bool
    check_id: UUID
    holder: Person | None = None
    shown_at: datetime | None = None

    @property
    def names_object(self) -> bool:
        """Whether the inspected is named: to whoever stands in it, only on the day or while the visit is under way."""
        return self.verdict.shows_person and self.verdict is not rules.Verdict.OTHER_DAY


def credential_by_secret(secret: str, today: date) -> Credential:
    """What stands behind a secret address on a day."""
    check = db.session.scalar(sa.select(CredentialCheck).where(CredentialCheck.secret == secret))
    if check is None:
        raise NotFound("visits.unknown_credential", N_("没有这个核验码，请不要凭它放行"))
    return _credential(check, today)


def credential_by_check(check_id: UUID, today: date) -> Credential:
    """What stands behind a check that a verified code named."""
    return _credential(db.session.get_one(CredentialCheck, check_id), today)


def credential_by_code(text: str, now: datetime) -> Credential:
    """What stands behind a code that was shown at this moment; refused if it is old, forged, of a stopped or a foreign phone."""
    shown = rules.read_code(text)
    key, check = _genuine(shown)
    rules.check_is_fresh(shown.turn, now)
    visit = db.session.get_one(Visit, check.visit_id)
    on_team = [one.inspector.person_id for one in visit.members if one.left_at is None]
    rules.check_shown_by(is_revoked=key.revoked_at is not None, is_on_team=key.person_id in on_team)
    return _credential(check, clock.local(now).date(), key.person, rules.began(shown.turn))


def check_of_code(text: str) -> CredentialCheck | None:
    """Whom and which visit a genuine code named, however old; nothing where it is none of ours."""
    try:
        return _genuine(rules.read_code(text))[1]
    except Refusal:
        return None


def key_named(key_id: str) -> CredentialKey | None:
    """A registered key, held against another connection of the same phone."""
    return db.session.scalar(sa.select(CredentialKey).where(CredentialKey.key_id == key_id).with_for_update())


def keys_of_device(device: str) -> Sequence[CredentialKey]:
    """The keys of a phone that are not stopped."""
    return db.scalars(sa.select(CredentialKey).where(CredentialKey.device == device, CredentialKey.revoked_at.is_(None)))


def doubt(doubt_id: UUID, *, for_change: bool = False) -> CredentialDoubt:
    """One doubt; `for_change` holds it against another who writes down what was found."""
    found = db.session.get(CredentialDoubt, doubt_id, with_for_update=for_change)
    if found is None:
        raise NotFound("visits.no_doubt", N_("没有这条核验疑问"))
    return found


def told_of_doubt(of: CredentialDoubt) -> dict[str, str]:
    """Whom a doubt is about, in words: inspector, object, who found out; empty where that is not known."""
    inspector = db.session.get(Inspector, of.inspector_id) if of.inspector_id else None
    visit = db.session.get(Visit, of.visit_id) if of.visit_id else None
    found_by = db.session.get(Person, of.found_by_id) if of.found_by_id else None
    return {"inspector": inspector.name if inspector else "", "object": visit.object.name if visit else "",
            "found_by": found_by.name if found_by else ""}


def credentials_of(visit_id: UUID) -> dict[UUID, CredentialCheck]:
    """What a visit's inspectors are verified by, by inspector."""
    of_visit = sa.select(CredentialCheck).where(CredentialCheck.visit_id == visit_id)
    return {check.inspector_id: check for check in db.scalars(of_visit)}


def drawn_member(visit: Visit, inspector_id: UUID) -> TeamMember:
    """The seat of somebody drawn for this visit, whether or not they are still on the team."""
    return rules.check_was_drawn(member_of(visit, inspector_id))


def member_of(visit: Visit, inspector_id: UUID) -> TeamMember | None:
    """An inspector's seat on a team, also after leaving it."""
    return next((member for member in visit.members if member.inspector_id == inspector_id), None)


def _genuine(shown: rules.Shown) -> tuple[CredentialKey, CredentialCheck]:
    """The registered key that signed a code, and the check that it names."""
    key = db.session.scalar(sa.select(CredentialKey).where(CredentialKey.key_id == shown.key_id))
    is_signed = key is not None and keys.is_signed(key.public_key, shown.message, shown.signature)
    return (rules.check_is_genuine(key if is_signed else None),
            rules.check_names_a_visit(db.session.get(CredentialCheck, shown.check_id)))


def _credential(check: CredentialCheck, today: date, holder: Person | None = None,
                shown_at: datetime | None = None) -> Credential:
    visit, inspector = db.session.get_one(Visit, check.visit_id), db.session.get_one(Inspector, check.inspector_id)
    facts = rules.CredentialFacts(
        visit_state=visit.state, has_left=inspector.has_left_by(today) or not _is_on_team(visit, inspector.id),
        certificate_number=inspector.certificate_number, certificate_until=inspector.certificate_until,
        slot_day=clock.local(visit.slot_start).date() if visit.slot_start else None)
    verdict = rules.verdict(facts, today)
    shown = verdict.shows_person and inspector.person is not None and inspector.person.portrait_type is not None
    return Credential(visit, inspector, verdict, shown, check.id, holder, shown_at)


def _is_on_team(visit: Visit, inspector_id: UUID) -> bool:
    return any(member.inspector_id == inspector_id and member.left_at is None for member in visit.members)
