"""Every unsafe method of every route, every kind of user: who may not, changes nothing; 0 deviations."""

from collections import Counter

import pytest
from flask import Flask

from fieldapp import db
from tests.access.cells import Cell, ask, cells, error_of, leads_to_sign_in
from tests.access.stage import SignIn
from tests.access.users import STRANGER, User, everybody
from tests.access.writes import row_counts, watched
from tests.databases import SOON_ON_SQLITE

pytestmark = SOON_ON_SQLITE

TURNED_AWAY = {403, 404, 409, 422}


def test_what_is_not_their_duty_changes_nothing(stage: Flask, sign_in: SignIn) -> None:
    found, users = cells(stage, reading=False), everybody()
    clients = [(user, sign_in(user.user_name)) for user in users]
    before, seen, deviations = row_counts(), Counter[str](), []
    with watched() as writes:
        for user, client in clients:
            for number, cell in enumerate(cell for cell in found if not cell.admits(user) or not cell.sees(user)):
                client.environ_base["REMOTE_ADDR"] = f"10.0.{number // 250}.{number % 250}"
                page, program = ask(client, cell), ask(client, cell, program=True)
                said = _outcome(user, cell, page.status_code, program.status_code, error_of(program),
                                to_sign_in=leads_to_sign_in(page))
                written = writes.take()
                seen[said] += 1
                if not said.startswith("refused") or written:
                    deviations.append(f"{user}: {cell}: {said} {page.status_code} {program.status_code} {written}")
    print(f"{len(found)} addresses × {len(users)} users, {sum(seen.values())} cells refused: {dict(seen)}")
    assert deviations == []
    assert row_counts() == before


def test_whose_duty_it_is_is_let_in(stage: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked without effect: nothing is ever committed, so that every cell finds the same demonstration."""
    found, users = cells(stage, reading=False), everybody()
    clients = [(user, sign_in(user.user_name)) for user in users]
    before, seen, deviations = row_counts(), Counter[int](), []
    monkeypatch.setattr(db.session, "commit", db.session.rollback)
    for user, client in clients:
        for cell in (cell for cell in found if cell.admits(user) and cell.sees(user)):
            cookie = client.get_cookie("fieldapp_session")
            answer = ask(client, cell, program=True)
            if cookie is not None:  # signing out took it away
                client.set_cookie("fieldapp_session", cookie.value)
            seen[answer.status_code] += 1
            if answer.status_code in {401, 405} or answer.status_code >= 500 or error_of(answer) == "http.403":
                deviations.append(f"{user}: {cell}: {answer.status_code} {error_of(answer)}")
    print(f"{sum(seen.values())} cells let in: {dict(seen)}")
    assert deviations == []
    assert row_counts() == before


def _outcome(user: User, cell: Cell, page: int, program: int, error: str, *, to_sign_in: bool) -> str:
    if cell.admits(user):
        return "refused as unknown" if page in TURNED_AWAY and program in TURNED_AWAY else "not refused"
    if user is STRANGER:
        return "refused to strangers" if to_sign_in and (program, error) == (401, "http.401") else "not sent to sign in"
    return "refused by role" if page == 403 and (program, error) == (403, "http.403") else "not refused by role"
