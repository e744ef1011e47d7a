"""One-time links: the first password, or a new one after an administrator's reset."""

from uuid import UUID

from fieldapp import clock, db, ids
from fieldapp.accounts import queries, rules
from fieldapp.accounts.actions.people import set_password
from fieldapp.accounts.models import OneTimeLink, Person
from fieldapp.ledger import actions as ledger
from fieldapp.roles import Officer


def issue_link(person_id: UUID, *, by: Officer) -> str:
    """A link with which the person sets a password, once, within 72 hours; its secret, shown to nobody again."""
    rules.check_may_change_access(of_oneself=person_id == by.person_id)
    return write_link(queries.person(person_id), by=by)


def write_link(person: Person, *, by: Officer) -> str:
    """Issue the link; the person's earlier links stop working."""
    now, secret = clock.now(), ids.secret()
    for earlier in queries.links_of(person.id):
        earlier.until = now
    row = OneTimeLink(secret_hash=rules.secret_hash(secret), person_id=person.id, issued_by=by.person_id,
                      issued_at=now, until=now + rules.LINK)
    db.session.add(row)
    ledger.record(by, "accounts.link_issued", row, case=person.id)
    return secret


def use_link(secret: str, password: str) -> Person:
    """Set the password with a link that is spent by it; every earlier session ends."""
    link = queries.link_with(secret, to_use=True)
    officer = link.person.officer
    person = set_password(link.person_id, password, by=officer)
    link.used_at = clock.now()
    ledger.record(officer, "accounts.link_used", link, case=person.id)
    return person
