"""People, divisions, sessions, links, and what waits."""

from collections.abc import Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from fieldapp import clock, db
from fieldapp.accounts.models import Division, OneTimeLink, Person, PersonRole, SignIn, Waiting
from fieldapp.accounts.rules import secret_hash, sign_in_name
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer, Role
from fieldapp.words import N_


def person(person_id: UUID) -> Person:
    """One person."""
    found = db.session.get(Person, person_id)
    if found is None:
        raise NotFound("accounts.no_person", N_("没有这个人"))
    return found


def people(search: str = "") -> list[Person]:
    """Everybody, or those whose name, user name or staff number holds the words; by division and name; roles at hand."""
    statement = sa.select(Person).join(Person.division).order_by(Division.name, Person.name, Person.id)
    statement = statement.options(selectinload(Person.role_rows))
    if search:
        wanted = Person.name.contains(search, autoescape=True)
        wanted |= Person.user_name.contains(search.lower(), autoescape=True)
        wanted |= Person.staff_number.contains(search, autoescape=True)
        statement = statement.where(wanted)
    return db.scalars(statement)


def people_of(division_id: UUID, *roles: Role) -> list[Person]:
    """Who works in a division and holds one of the roles (any, if none is named), by name."""
    statement = sa.select(Person).where(Person.division_id == division_id, _works()).order_by(Person.name, Person.id)
    if roles:
        holders = sa.select(PersonRole.person_id).where(PersonRole.role.in_(roles))
        statement = statement.where(Person.id.in_(holders))
    return db.scalars(statement)


def person_named(text: str) -> Person | None:
    """Who signs in under this user name or staff number and still works here; the user name goes first."""
    name = sign_in_name(text)
    wanted = (Person.user_name == name) | (sa.func.lower(Person.staff_number) == name)
    found = db.scalars(sa.select(Person).where(wanted, _works()).order_by(Person.user_name != name).limit(1))
    return found[0] if found else None


def names_taken(user_name: str, staff_number: str) -> str | None:
    """Which of the two, `user_name` or `staff_number`, somebody signs in with already."""
    for field, text in (("user_name", user_name), ("staff_number", staff_number.lower())):
        wanted = (Person.user_name == text) | (sa.func.lower(Person.staff_number) == text)
        if db.session.scalar(sa.select(sa.exists().where(wanted))):
            return field
    return None


def portrait(person_id: UUID) -> bytes:
    """A person's picture, as JPEG."""
    content = db.session.scalar(sa.select(Person.portrait).where(Person.id == person_id))
    if content is None:
        raise NotFound("accounts.no_portrait", N_("没有照片"))
    return content


def divisions() -> list[Division]:
    """Every division, by name."""
    return db.scalars(sa.select(Division).order_by(Division.name))


def division(division_id: UUID) -> Division:
    """One division."""
    found = db.session.get(Division, division_id)
    if found is None:
        raise NotFound("accounts.no_division", N_("没有这个处室"))
    return found


def division_named(name: str) -> Division | None:
    """The division of that name."""
    return db.session.scalar(sa.select(Division).where(Division.name == name))


def session_with(secret: str) -> SignIn | None:
    """The running session of this secret."""
    running = (SignIn.secret_hash == secret_hash(secret), SignIn.ended_at.is_(None), SignIn.until > clock.now())
    return db.session.scalar(sa.select(SignIn).join(SignIn.person).where(*running, _works()))


def sessions_of(person_id: UUID) -> list[SignIn]:
    """A person's running sessions, the latest first."""
    running = (SignIn.person_id == person_id, SignIn.ended_at.is_(None), SignIn.until > clock.now())
    return db.scalars(sa.select(SignIn).where(*running).order_by(SignIn.at.desc()))


def link_with(secret: str, *, to_use: bool = False) -> OneTimeLink:
    """The one-time link of this secret while it can be used; `to_use` keeps others from using it meanwhile."""
    usable = (OneTimeLink.secret_hash == secret_hash(secret), OneTimeLink.used_at.is_(None),
              OneTimeLink.until > clock.now())
    statement = sa.select(OneTimeLink).join(OneTimeLink.person).where(*usable, _works())
    found = db.session.scalar(db.held(statement, OneTimeLink) if to_use else statement)
    if found is None:
        raise NotFound("accounts.link_spent", N_("链接已经用过、已过期或不完整。请向安全管理员要一个新的"))
    return found


def links_of(person_id: UUID) -> list[OneTimeLink]:
    """A person's links that could still be used."""
    usable = (OneTimeLink.person_id == person_id, OneTimeLink.used_at.is_(None), OneTimeLink.until > clock.now())
    return db.scalars(sa.select(OneTimeLink).where(*usable))


def waiting_for(officer: Officer) -> list[Waiting]:
    """What waits for this officer, the nearest deadline first."""
    statement = sa.select(Waiting).where(Waiting.answered_at.is_(None), _asks(officer))
    rows = db.scalars(statement.order_by(Waiting.due_on.is_(None), Waiting.due_on, Waiting.asked_at, Waiting.id))
    return [row for row in rows if _may_answer(row.not_person_ids, officer)]


def waiting_count(officer: Officer) -> int:
    """How many things wait for this officer."""
    statement = sa.select(Waiting.not_person_ids).where(Waiting.answered_at.is_(None), _asks(officer))
    return sum(_may_answer(excluded, officer) for excluded in db.scalars(statement))


def open_rows(kind: str, thing_id: UUID) -> list[Waiting]:
    """The unanswered rows of one kind about one thing."""
    return db.scalars(sa.select(Waiting).where(
        Waiting.kind == kind, Waiting.thing_id == thing_id, Waiting.answered_at.is_(None)))


def _asks(officer: Officer) -> sa.ColumnElement[bool]:
    roles = set(officer.roles)
    if Role.DEPUTY_HEAD in roles:
        roles.add(Role.DIVISION_HEAD)
    by_role = sa.and_(Waiting.person_id.is_(None), Waiting.role.in_(sorted(roles)),
                      sa.or_(Waiting.division_id.is_(None), Waiting.division_id == officer.division_id))
    return sa.or_(Waiting.person_id == officer.person_id, by_role)


def _may_answer(excluded: Sequence[str], officer: Officer) -> bool:
    return str(officer.person_id) not in excluded


def _works() -> sa.ColumnElement[bool]:
    return sa.or_(Person.left_on.is_(None), Person.left_on > clock.today())
