"""The cells of the matrix, generated from the URL map: every route and method with a thing of each division; asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.accounts.models import Division
from fieldapp.web.access import Access, access_of
from tests.access.finding import Thing
from tests.access.things import NEEDS, ONLY_ABOUT, QUERIES, SIDES, Sort, sort_of
from tests.access.users import User

READING = {"GET", "HEAD", "OPTIONS"}
PROGRAM = {"Accept": "application/json"}
# What a form could say, so that a refusal comes from the guard and not from an empty field.
PLAUSIBLE = {
    "decision": "agree", "opinion": "同意。", "reason": "测试", "name": "测试", "text": "测试", "answer": "测试",
    "outcome": "测试", "examination": "测试", "path": "", "wrong_text": "九月", "right_text": "十月", "choice": "merge",
    "object_name": "测试", "first_day": "2030-01-02", "last_day": "2030-01-03", "confirmation_source": "测试",
    "line": "", "measure": "own_case", "since": "", "year": "2031", "nonce": "00" * 32, "value": "3 5 2",
    "commitment": "00" * 32, "day": "2030-01-02", "agreed_with": "测试", "contact": "测试", "start": "09:00", "end": "10:00",
    "methods_text": "测试", "standard_text": "测试", "workflow_text": "测试", "back_reason": "测试",
}


@dataclass(frozen=True)
class Cell:
    """A method of a route with the things of one division in its address."""

    endpoint: str
    method: str
    path: str
    side: str
    access: Access
    things: tuple[tuple[Sort, Thing], ...]
    division_ids: dict[str, UUID]

    def admits(self, user: User) -> bool:
        """Whether the route lets the user in."""
        return self.access.admits(user.officer)

    def sees(self, user: User) -> bool:
        """Whether the user may learn of everything that the address names."""
        return all(sort.sees(user, self.side, thing, self.division_ids) for sort, thing in self.things)

    def __str__(self) -> str:
        return f"{self.method} {self.endpoint} [{self.side}] {self.path}"


def forgotten(app: Flask) -> list[str]:
    """The parameters of routes that the table does not know."""
    return [f"{rule.endpoint}:{name}" for rule in app.url_map.iter_rules() for name in sorted(rule.arguments)
            if sort_of(rule.endpoint, name) is None]


def cells(app: Flask, *, reading: bool) -> list[Cell]:
    """All cells of reading methods, or all of the others; a route without things has one cell."""
    with db.transaction(write=False):
        ids = {division.name: division.id for division in db.session.scalars(sa.select(Division))}
        found = [cell for rule in app.url_map.iter_rules() for cell in _of_rule(app, rule, ids)]
    unique = {(cell.method, cell.path): cell for cell in found if (cell.method in READING) is reading}
    return [unique[key] for key in sorted(unique, key=lambda key: (key[1], key[0]))]


def ask(client: FlaskClient, cell: Cell, *, program: bool = False) -> TestResponse:
    """The cell's request, as a page's form or as a program sends it."""
    headers = PROGRAM if program else {}
    if cell.method == "GET":
        return client.get(cell.path, headers=headers)
    return client.open(cell.path, method=cell.method, data=PLAUSIBLE, headers=headers)


def error_of(answer: TestResponse) -> str:
    """The code with which a program is refused."""
    said = answer.get_json(silent=True)
    return str(said.get("error", "")) if isinstance(said, dict) else ""


def leads_to_sign_in(answer: TestResponse) -> bool:
    """Whether the answer sends the reader to the sign-in."""
    return answer.status_code == 303 and answer.headers["Location"].startswith("/sign-in")


def _of_rule(app: Flask, rule: Rule, ids: dict[str, UUID]) -> Iterator[Cell]:
    access = access_of(app.view_functions[rule.endpoint])
    assert access is not None
    for side in SIDES:
        named = {name: (sort, sort.find(side)) for name in sorted(rule.arguments)
                 if (sort := sort_of(rule.endpoint, name)) is not None}
        path = _path(app, rule, {name: thing.value for name, (_sort, thing) in named.items()})
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if rule.endpoint not in ONLY_ABOUT:
                yield Cell(rule.endpoint, method, path, side, access, tuple(named.values()), ids)
            if method == "GET" and rule.endpoint in QUERIES:
                name, sort = QUERIES[rule.endpoint]
                thing = sort.find(side)
                asked = f"{path}?{urlencode({name: thing.value})}"
                yield Cell(rule.endpoint, method, asked, side, access, (*named.values(), (sort, thing)), ids)


def _path(app: Flask, rule: Rule, values: dict[str, Any]) -> str:
    """The rule's own address: of two rules of one endpoint each has its own."""
    built = rule.build({**(rule.defaults or {}), **values}, append_unknown=False)
    assert built is not None
    return f"{built[1]}?{NEEDS[rule.endpoint]}" if rule.endpoint in NEEDS else built[1]
