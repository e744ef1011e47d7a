"""Every kind of user there is: strangers, each role, officers and heads of three divisions, inspectors with and without."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Person
from fieldapp.demo.today import two_inspectors
from fieldapp.registry.models import Inspector
from fieldapp.roles import Officer, Role
from fieldapp.visits.models import TeamMember

NAMED = ("fagui", "tingzhang", "xitong", "security", "shenji",
         "nongcun-jingban", "nongcun-chuzhang", "nongcun-fuchu",
         "gaoxin-jingban", "gaoxin-chuzhang", "gaoxin-fuchu", "kepu-jingban", "kepu-chuzhang")


@dataclass(frozen=True)
class User:
    """A user name and who signs in under it; neither for a stranger."""

    user_name: str | None
    officer: Officer | None

    @property
    def id(self) -> UUID | None:
        """The person."""
        return self.officer.person_id if self.officer else None

    def holds(self, *roles: Role) -> bool:
        """Whether the user has one of the roles."""
        return self.officer is not None and self.officer.is_any(*roles)

    def __str__(self) -> str:
        return self.user_name or "stranger"


STRANGER = User(None, None)


def everybody() -> list[User]:
    """One user of each kind, the stranger first; inspectors of today's team, of the other division's, of none."""
    with db.transaction(write=False):
        names = [*NAMED, *(one.staff_number.lower() for one in two_inspectors()), _inspector_of("高新技术处"), _idle()]
        return [STRANGER, *(user_named(name) for name in dict.fromkeys(names))]


def user_named(user_name: str) -> User:
    """Somebody of the demonstration."""
    return User(user_name, db.session.scalars(sa.select(Person).where(Person.user_name == user_name)).one().officer)


def _inspector_of(division: str) -> str:
    """An inspector of a division who sits on a team."""
    seated = sa.select(TeamMember.inspector_id).where(TeamMember.left_at.is_(None))
    found = sa.select(Inspector).where(Inspector.id.in_(seated), Inspector.division.has(name=division))
    return db.session.scalars(found.order_by(Inspector.staff_number).limit(1)).one().staff_number.lower()


def _idle() -> str:
    """An inspector of 农村科技处, or else of another division, who has never sat on a team."""
    seated = sa.select(TeamMember.inspector_id)
    free = db.session.scalars(sa.select(Inspector).where(Inspector.id.not_in(seated)).order_by(Inspector.staff_number)).all()
    own = [one for one in free if one.division.name == "农村科技处"]
    return (own or free)[0].staff_number.lower()
