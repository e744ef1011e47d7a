"""People, their roles and passwords."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db
from fieldapp.accounts import passwords, queries, rules
from fieldapp.accounts.actions.sessions import end_all_sessions
from fieldapp.accounts.models import Division, Person, PersonRole
from fieldapp.ledger import actions as ledger
from fieldapp.roles import Officer, Role


def add_person(*, user_name: str, staff_number: str, name: str, division_id: UUID, roles: Iterable[Role],
               telephone: str = "", by: Officer) -> Person:
    """Enter somebody who can sign in once a one-time link has been used."""
    division = queries.division(division_id)
    person = new_person(user_name, staff_number, name, division, roles)
    person.telephone = telephone
    ledger.record(by, "accounts.person_added", person, facts=described(person))
    return person


def change_roles(person_id: UUID, roles: Iterable[Role], *, by: Officer) -> Person:
    """Give a person these roles and no others; nobody changes their own."""
    wanted = frozenset(roles)
    rules.check_may_change_access(of_oneself=person_id == by.person_id)
    rules.check_roles(wanted)
    person = queries.person(person_id)
    before = person.roles
    person.role_rows = [row for row in person.role_rows if row.role in wanted]
    person.role_rows += [PersonRole(role=role.value) for role in sorted(wanted - before)]
    ledger.record(by, "accounts.roles_changed", person, facts={"before": sorted(before), "after": sorted(wanted)})
    return person


def record_departure(person_id: UUID, last_day: date, *, by: Officer) -> Person:
    """From this day on the person cannot sign in; what they did stays under their name."""
    rules.check_may_change_access(of_oneself=person_id == by.person_id)
    person = queries.person(person_id)
    person.left_on = last_day
    ledger.record(by, "accounts.departure_recorded", person, facts={"left_on": last_day.isoformat()})
    return end_all_sessions(person_id, by=by) if last_day <= clock.today() else person


def set_password(person_id: UUID, password: str, *, by: Officer) -> Person:
    """Give a person a new password and end every session."""
    person = queries.person(person_id)
    rules.check_password(password, about=(person.user_name, person.staff_number, person.name))
    person.password_hash = passwords.hashed(password)
    ledger.record(by, "accounts.password_set", person)
    return _without_sessions(person, by)


def change_password(person_id: UUID, old: str, new: str, *, by: Officer, session_id: UUID | None) -> Person:
    """Change one's own password, knowing the old one; other sessions end, this one goes on."""
    person = queries.person(person_id)
    rules.check_old_password(fits=passwords.matches(person.password_hash, old))
    rules.check_password(new, about=(person.user_name, person.staff_number, person.name))
    person.password_hash = passwords.hashed(new)
    ledger.record(by, "accounts.password_changed", person)
    return _without_sessions(person, by, but=session_id)


def new_person(user_name: str, staff_number: str, name: str, division: Division, roles: Iterable[Role]) -> Person:
    """A new row for a person whose names nobody else signs in with."""
    held = frozenset(roles)
    rules.check_roles(held)
    user_name, staff_number = rules.checked_user_name(user_name), rules.checked_staff_number(staff_number)
    rules.check_names_are_free(queries.names_taken(user_name, staff_number))
    person = Person(user_name=user_name, staff_number=staff_number, name=rules.checked_name(name), division=division,
                    role_rows=[PersonRole(role=role.value) for role in sorted(held)])
    try:
        with db.session.begin_nested():
            db.session.add(person)
    except IntegrityError as error:
        raise rules.name_taken("user_name") from error
    return person


def described(person: Person) -> dict[str, object]:
    """A person as the ledger's facts hold one."""
    return {"name": person.name, "user_name": person.user_name, "division": person.division.name,
            "roles": sorted(person.roles)}


def _without_sessions(person: Person, by: Officer, *, but: UUID | None = None) -> Person:
    for row in queries.sessions_of(person.id):
        if row.id != but:
            row.ended_at = clock.now()
    return person
