"""The people of the demonstration: one of each role, and everybody of the inspector directory. All fictitious."""

from dataclasses import dataclass

from sqlalchemy import select

from fieldapp import db
from fieldapp.accounts import actions, passwords, queries
from fieldapp.accounts.actions.portraits import Portrait
from fieldapp.accounts.models import Division, Person
from fieldapp.demo.portraits import draw_portrait
from fieldapp.registry.models import Inspector
from fieldapp.roles import Officer, Role

PASSWORD = "fieldapp-shili-2026"  # noqa: S105 - printed at every start of the demonstration
TELEPHONE = "0531-00000000（示例）"
SUPERVISION = ("高新技术处", "农村科技处", "成果转化处", "外国专家处", "基础研究处", "科普处")
LEGAL_AFFAIRS = "法规处"
OFFICE = "办公室"
PINYIN = {"高新技术处": "gaoxin", "农村科技处": "nongcun", "成果转化处": "chengguo", "外国专家处": "waizhuan",
          "基础研究处": "jichu", "科普处": "kepu"}
SURNAMES = dict(zip(SUPERVISION, "卫蒋沈韩杨朱", strict=True))


@dataclass(frozen=True, slots=True)
class Part:
    """A person of the demonstration: user name, name, division, roles."""

    user_name: str
    name: str
    division: str
    roles: tuple[Role, ...]


ADMINISTRATION = (
    Part("fagui", "周法规", LEGAL_AFFAIRS, (Role.LEGAL_AFFAIRS,)),
    Part("tingzhang", "吴厅长", OFFICE, (Role.DEPARTMENT_HEAD,)),
    Part("xitong", "郑系统", OFFICE, (Role.SYSTEM_ADMIN,)),
    Part("shenji", "王审计", OFFICE, (Role.AUDIT_ADMIN,)),
)


def parts() -> list[Part]:
    """Everybody who is not in the inspector directory."""
    found = list(ADMINISTRATION)
    for division in SUPERVISION:
        short, surname = PINYIN[division], SURNAMES[division]
        found += [
            Part(f"{short}-jingban", f"{surname}经办", division, (Role.DIVISION_OFFICER,)),
            Part(f"{short}-chuzhang", f"{surname}处长", division, (Role.DIVISION_HEAD,)),
            Part(f"{short}-fuchu", f"{surname}副处", division, (Role.DEPUTY_HEAD,)),
        ]
    return found


def load_people() -> None:
    """Divisions and accounts, entered by the security administrator."""
    secret = actions.add_first_administrator("冯安全")
    actions.use_link(secret, PASSWORD)
    security = officer("security")
    for name in (LEGAL_AFFAIRS, OFFICE, *SUPERVISION):
        actions.add_division(name, is_legal_affairs=name == LEGAL_AFFAIRS, by=security)
    for number, part in enumerate(parts(), start=1):
        _add(part, f"A{number:03}", security)


def load_inspectors() -> None:
    """An account with a drawn portrait for everybody of the inspector directory, by staff number."""
    security = officer("security")
    for inspector in db.scalars(select(Inspector).order_by(Inspector.staff_number)):
        part = Part(inspector.staff_number.lower(), inspector.name, inspector.division.name, (Role.INSPECTOR,))
        person = _add(part, inspector.staff_number, security)
        actions.set_portrait(person.id, Portrait(draw_portrait(person.name)), by=security)
        inspector.person_id = person.id


def officer(user_name: str) -> Officer:
    """Somebody of the demonstration as whoever acts."""
    return db.session.execute(select(Person).where(Person.user_name == user_name)).scalar_one().officer


def accounts() -> list[tuple[str, str, str, str]]:
    """The table of accounts by role: role, user name, name, division; without the inspectors."""
    people = [person for person in queries.people() if Role.INSPECTOR not in person.roles]
    order = list(Role)
    people.sort(key=lambda person: (min(order.index(Role(role)) for role in person.roles), person.user_name))
    return [("、".join(in_words(Role(role)) for role in person.roles), person.user_name, person.name, person.division.name)
            for person in people]


def in_words(role: Role) -> str:
    """A role in both languages, for a terminal."""
    return f"{role.label} {role.value.replace('_', ' ')}"


def _add(part: Part, staff_number: str, by: Officer) -> Person:
    division = db.session.execute(select(Division).where(Division.name == part.division)).scalar_one()
    person = actions.add_person(user_name=part.user_name, staff_number=staff_number, name=part.name,
                                division_id=division.id, roles=part.roles, by=by,
                                telephone=TELEPHONE if Role.DIVISION_OFFICER in part.roles else "")
    person.password_hash = _hash()
    return person


def _hash() -> str:
    """One hash for all: the password is printed anyway, and eighty of them would cost five seconds."""
    if not _hashes:
        _hashes.append(passwords.hashed(PASSWORD))
    return _hashes[0]


_hashes: list[str] = []
