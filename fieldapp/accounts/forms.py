"""What people type on the pages of accounts."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request

from fieldapp.accounts.rules import LONGEST_PASSWORD
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.web.fields import Form, needed_identifier, text
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person as typed on the form, its choices checked."""

    user_name: str
    staff_number: str
    name: str
    division_id: UUID
    roles: frozenset[Role]
    telephone: str

    def facts(self) -> dict[str, Any]:
        """The fields by name, as `add_person` takes them."""
        return {name: getattr(self, name) for name in self.__slots__}


def new_person(form: Form) -> NewPerson:
    """A new person out of the form."""
    return NewPerson(text(form, "user_name", 60), text(form, "staff_number", 40), text(form, "name", 60),
                     needed_identifier(form, "division_id"), roles(form), text(form, "telephone", 30))


def roles(form: Form) -> frozenset[Role]:
    """The roles that were ticked."""
    try:
        return frozenset(map(Role, form.getlist("roles")))
    except ValueError as unknown:
        raise Refusal("accounts.unknown_role", N_("没有这个角色"), field="roles") from unknown


def passwords(form: Form) -> str:
    """The new password, typed twice alike."""
    first, second = form.get("password", ""), form.get("again", "")
    if max(len(first), len(second)) > LONGEST_PASSWORD:
        raise Refusal("accounts.password_long", N_("口令最多 %(most)s 个字符"), field="password", most=LONGEST_PASSWORD)
    if first != second:
        raise Refusal("accounts.passwords_differ", N_("两次输入的口令不一样"), field="again")
    return first


def portrait() -> bytes:
    """The bytes of the picture that came with the form."""
    file = request.files.get("portrait")
    return file.read() if file else b""
