"""Who there is: the roles of the regulation and the three administrators."""

from dataclasses import dataclass
from uuid import UUID

from fieldapp.words import Labelled, N_


class Role(Labelled):
    """What a person may be. One person can hold several, but for the three administrators."""

    LEGAL_AFFAIRS = "legal_affairs", N_("法规处")
    DIVISION_OFFICER = "division_officer", N_("监管处室经办人")
    DIVISION_HEAD = "division_head", N_("处室主要负责同志")
    DEPUTY_HEAD = "deputy_head", N_("处室负责人（AB 角）")
    DEPARTMENT_HEAD = "department_head", N_("厅负责人")
    INSPECTOR = "inspector", N_("执法检查人员")
    SYSTEM_ADMIN = "system_admin", N_("系统管理员")
    SECURITY_ADMIN = "security_admin", N_("安全管理员")
    AUDIT_ADMIN = "audit_admin", N_("审计管理员")


ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})
HEADS = frozenset({Role.DIVISION_HEAD, Role.DEPUTY_HEAD})
OF_DIVISION = HEADS | {Role.DIVISION_OFFICER}
# Who sees the work of all divisions.
OVERSEERS = frozenset({Role.LEGAL_AFFAIRS, Role.DEPARTMENT_HEAD})


@dataclass(frozen=True, slots=True)
class Officer:
    """Who acts: a signed-in person with division and roles, as actions and the ledger see them."""

    person_id: UUID
    name: str
    division_id: UUID
    roles: frozenset[Role]

    def is_any(self, *roles: Role) -> bool:
        """Whether the officer holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)

    def heads(self, division_id: UUID) -> bool:
        """Whether the officer is head or deputy head of that division."""
        return self.division_id == division_id and not self.roles.isdisjoint(HEADS)


@dataclass(frozen=True, slots=True)
class Outsider:
    """Who acts without being one of ours: a party outside by the name given, or the product itself in a job."""

    name: str
    person_id: UUID | None = None


PRODUCT = Outsider(N_("系统"))
