"""Every GET route, every kind of user, a thing of the own and of the other division: 0 deviations."""

from collections import Counter

from flask import Flask
from flask.testing import FlaskClient
from jinja2 import StrictUndefined

from tests.access.cells import Cell, ask, cells, error_of, forgotten, leads_to_sign_in
from tests.access.stage import SignIn
from tests.access.users import STRANGER, User, everybody
from tests.databases import SOON_ON_SQLITE

pytestmark = SOON_ON_SQLITE


def test_every_parameter_of_every_route_stands_in_the_table(stage: Flask) -> None:
    assert forgotten(stage) == []


def test_a_page_opens_for_those_whose_duty_it_is_and_exists_for_nobody_else(stage: Flask, sign_in: SignIn) -> None:
    stage.jinja_env.undefined = StrictUndefined  # a page that opens is whole, whoever reads it
    found, users = cells(stage, reading=True), everybody()
    seen: Counter[str] = Counter()
    deviations = []
    for user in users:
        client = sign_in(user.user_name)
        for number, cell in enumerate(found):
            client.environ_base["REMOTE_ADDR"] = f"10.0.{number // 250}.{number % 250}"
            wanted, got = expected(user, cell), outcome(client, user, cell)
            seen[wanted] += 1
            if got != wanted:
                deviations.append(f"{user}: {cell}: {got} instead of {wanted}")
    print(f"{len(found)} addresses × {len(users)} users = {sum(seen.values())} cells: {dict(seen)}")
    assert deviations == []


def expected(user: User, cell: Cell) -> str:
    if not cell.admits(user):
        return "sign in" if user is STRANGER else "403"
    return "opens" if cell.sees(user) else "404"


def outcome(client: FlaskClient, user: User, cell: Cell) -> str:
    """What happened, in the words of `expected`; a refused program gets its JSON in the same words."""
    answer = ask(client, cell)
    if leads_to_sign_in(answer):
        refused = ask(client, cell, program=True)
        return "sign in" if (refused.status_code, error_of(refused)) == (401, "http.401") else "no JSON 401"
    if answer.status_code == 403 and not cell.admits(user):
        refused = ask(client, cell, program=True)
        return "403" if error_of(refused) == "http.403" else "no JSON 403"
    return "opens" if answer.status_code in {200, 303} else str(answer.status_code)
