"""Sign in, sign out, end sessions."""

from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.accounts import passwords, queries, rules, second_factor
from fieldapp.accounts.models import Person, SignIn
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import NotFound, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.words import N_


def identify(user_name: str, password: str) -> UUID | None:
    """Whose name and password these are, None if nobody's; in a short transaction of its own, for hashing takes long."""
    with db.transaction(write=False):
        found = queries.person_named(user_name)
        person_id, stored = (found.id, found.password_hash) if found else (None, None)
    return person_id if passwords.matches(stored, password) else None


def sign_in(person_id: UUID | None, *, address: str, device: str, answer: str = "") -> str:
    """Open a session for whom `identify` has found, asking for the second factor where there is one; its secret."""
    if person_id is None:
        raise Refusal("accounts.wrong_password", N_("用户名、工号或口令不对"), field="password")
    factor = second_factor.registered()
    if factor is None or not factor.is_required(person_id):
        return open_session(person_id, address=address, device=device)
    if not factor.accepts(person_id, answer):
        raise Refusal("accounts.second_factor", N_("动态验证码不对，或者已经用过"), field="answer")
    return open_session(person_id, address=address, device=device, proved_by=factor.name)


def open_session(person_id: UUID, *, address: str, device: str, proved_by: str | None = None) -> str:
    """A new session for twelve hours under a new secret, which only the person's browser keeps."""
    person, secret, now = queries.person(person_id), ids.secret(), clock.now()
    row = SignIn(secret_hash=rules.secret_hash(secret), person_id=person_id, at=now, until=now + rules.SESSION,
                 address=address[:60], device=device[:200], second_factor=proved_by)
    db.session.add(row)
    ledger.record(person.officer, "accounts.signed_in", row, case=person_id)
    return secret


def sign_out(session_id: UUID, *, by: Officer) -> SignIn:
    """End the session in use."""
    return _ended(_own_session(session_id, by), by, "accounts.signed_out")


def end_session(session_id: UUID, *, by: Officer) -> SignIn:
    """End one of the officer's own sessions, or as security administrator anybody's."""
    return _ended(_own_session(session_id, by), by, "accounts.session_ended")


def end_all_sessions(person_id: UUID, *, by: Officer, but: UUID | None = None) -> Person:
    """End every session of a person, but for one that goes on."""
    person = queries.person(person_id)
    _check_may_end(person_id, by)
    rows = [row for row in queries.sessions_of(person_id) if row.id != but]
    for row in rows:
        row.ended_at = clock.now()
    ledger.record(by, "accounts.sessions_ended", person, facts={"count": len(rows)})
    return person


def _own_session(session_id: UUID, by: Officer) -> SignIn:
    row = db.session.get(SignIn, session_id)
    if row is None:
        raise NotFound("accounts.no_session", N_("没有这个登录"))
    _check_may_end(row.person_id, by)
    return row


def _check_may_end(person_id: UUID, by: Officer) -> None:
    if person_id != by.person_id and not by.is_any(Role.SECURITY_ADMIN):
        raise NotFound("accounts.no_session", N_("没有这个登录"))


def _ended(row: SignIn, by: Officer, what: str) -> SignIn:
    row.ended_at = row.ended_at or clock.now()
    ledger.record(by, what, row, case=row.person_id)
    return row
