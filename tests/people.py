"""The cast of the tests: people with different access, and the inspectors among them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.models import Division, Person, PersonRole
from fieldapp.registry.models import Inspector
from fieldapp.roles import Officer, Role

RURAL, HIGH_TECH, LEGAL, OFFICE = "农村科技处", "高新技术处", "法规处", "办公室"


@dataclass(frozen=True)
class Player:
    """A person of the cast, as plain values that outlive any transaction."""

    id: UUID
    name: str
    user_name: str
    officer: Officer
    inspector_id: UUID | None = None


@dataclass
class Cast:
    """Everybody, by the part they play."""

    division: UUID
    other_division: UUID
    legal_division: UUID
    players: dict[str, Player] = field(default_factory=dict)

    def __getattr__(self, part: str) -> Player:
        try:
            return self.players[part]
        except KeyError:
            raise AttributeError(part) from None


PARTS: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    "legal": ("周法一", LEGAL, (Role.LEGAL_AFFAIRS,)),
    "officer": ("吴经办", RURAL, (Role.DIVISION_OFFICER,)),
    "second_officer": ("蒋经办", RURAL, (Role.DIVISION_OFFICER,)),
    "head": ("郑处长", RURAL, (Role.DIVISION_HEAD,)),
    "deputy": ("王副处", RURAL, (Role.DEPUTY_HEAD,)),
    "other_officer": ("冯经办", HIGH_TECH, (Role.DIVISION_OFFICER,)),
    "other_head": ("陈处长", HIGH_TECH, (Role.DIVISION_HEAD,)),
    "department_head": ("褚厅长", OFFICE, (Role.DEPARTMENT_HEAD,)),
    "inspector_a": ("赵检一", RURAL, (Role.INSPECTOR,)),
    "inspector_b": ("钱检二", RURAL, (Role.INSPECTOR, Role.DIVISION_OFFICER)),
    "inspector_c": ("孙检三", HIGH_TECH, (Role.INSPECTOR,)),
    "inspector_d": ("李检四", HIGH_TECH, (Role.INSPECTOR,)),
    "system_admin": ("卫系统", OFFICE, (Role.SYSTEM_ADMIN,)),
    "security_admin": ("沈安全", OFFICE, (Role.SECURITY_ADMIN,)),
    "audit_admin": ("韩审计", OFFICE, (Role.AUDIT_ADMIN,)),
}


def assemble() -> Cast:
    """Write the cast into the database of the open transaction."""
    divisions = {name: Division(name=name, is_legal_affairs=name == LEGAL) for name in (RURAL, HIGH_TECH, LEGAL, OFFICE)}
    db.session.add_all(divisions.values())
    db.session.flush()
    cast = Cast(divisions[RURAL].id, divisions[HIGH_TECH].id, divisions[LEGAL].id)
    for number, (part, (name, division, roles)) in enumerate(PARTS.items(), start=1):
        cast.players[part] = _player(number, part, name, divisions[division], roles)
    return cast


def _player(number: int, part: str, name: str, division: Division, roles: tuple[Role, ...]) -> Player:
    person = Person(staff_number=f"T{number:03}", user_name=part, name=name, division_id=division.id,
                    role_rows=[PersonRole(role=role) for role in roles])
    db.session.add(person)
    db.session.flush()
    inspector = _inspector(number, person) if Role.INSPECTOR in roles else None
    officer = Officer(person.id, name, division.id, frozenset(roles))
    return Player(person.id, name, part, officer, inspector.id if inspector else None)


def _inspector(number: int, person: Person) -> Inspector:
    facts: dict[str, Any] = {"specialities": ["实验动物"], "subject_types": None, "city": "济南市"}
    inspector = Inspector(staff_number=person.staff_number, name=person.name, division_id=person.division_id,
                          person_id=person.id, kind="officer", certificate_number=f"3700000{number:05}",
                          certificate_issuer="山东省人民政府", certificate_until=date(2030, 12, 31),
                          added_at=clock.now(), **facts)
    db.session.add(inspector)
    db.session.flush()
    return inspector


def waits_for(player: Player) -> list[str]:
    """The kinds of what waits for somebody."""
    with db.transaction(write=False):
        return [row.kind for row in accounts.waiting_for(player.officer)]
