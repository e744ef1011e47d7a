"""The way into an empty installation."""

from fieldapp import clock, db
from fieldapp.accounts import queries
from fieldapp.accounts.actions.links import write_link
from fieldapp.accounts.actions.people import described, new_person
from fieldapp.accounts.models import Division
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import Conflict
from fieldapp.roles import Role
from fieldapp.words import N_

USER_NAME = "security"
DIVISION = "系统管理"


def add_first_administrator(name: str) -> str:
    """The first security administrator of an empty installation; the secret of the one-time link."""
    if queries.people():
        raise Conflict("accounts.not_empty", N_("已经有人员，请由安全管理员添加"))
    division = Division(name=DIVISION, valid_from=clock.today())
    db.session.add(division)
    db.session.flush()
    person = new_person(USER_NAME, USER_NAME, name, division, [Role.SECURITY_ADMIN])
    ledger.record(person.officer, "accounts.person_added", person, facts=described(person))
    return write_link(person, by=person.officer)
