"""Which pages there are and who opens them: every HTML page of the URL map, each with whoever sees most of it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Page

from fieldapp import db
from fieldapp.tasks.models import Task
from fieldapp.visits.models import Visit
from tests.access.cells import cells
from tests.access.going_on import SPARE, task_named
from tests.access.stage import browser_for
from tests.access.users import STRANGER, User, everybody
from tests.demonstration import person_named
from tests.product import session_of

# Of several who may, those who have most to do.
BUSY = ("stranger", "nongcun-chuzhang", "nongcun-jingban", "gaoxin-jingban", "fagui")


@dataclass(frozen=True)
class Address:
    """A page and who opens it."""

    endpoint: str
    path: str
    user: User


def clients(app: Flask) -> dict[User, FlaskClient]:
    """A browser for each kind of user."""
    found = {user: browser_for(app, user.user_name) for user in everybody()}
    for number, client in enumerate(found.values()):
        client.environ_base["REMOTE_ADDR"] = f"10.9.0.{number}"
    return found


def addresses(app: Flask) -> list[Address]:
    """Each page once, by its best reader; downloads, scripts and pictures are no pages."""
    readers, found, seen = clients(app), [], set()
    for cell in cells(app, reading=True):
        able = [user for user in readers if cell.admits(user) and cell.sees(user)]
        users = sorted(able, key=lambda user: BUSY.index(str(user)) if str(user) in BUSY else -1, reverse=True)
        for user in users[:1]:
            answer = readers[user].get(cell.path)
            if answer.status_code == 200 and answer.mimetype == "text/html" and cell.endpoint not in seen:
                seen.add(cell.endpoint)
                found.append(Address(cell.endpoint, cell.path, user))
    return found + _states(readers)


def _states(readers: dict[User, FlaskClient]) -> list[Address]:
    """Pages whose looks hang on the state of the thing, each state once, and the two forms that need a state."""
    named = {str(user): user for user in readers}
    desk, head = named["nongcun-jingban"], named["nongcun-chuzhang"]
    with db.transaction(write=False):
        own = desk.officer.division_id if desk.officer else None
        visits = db.session.execute(sa.select(Visit.state, sa.func.min(Visit.id)).where(
            Visit.lead_division_id == own).group_by(Visit.state)).all()
        tasks = db.session.execute(sa.select(Task.state, sa.func.min(Task.id)).where(
            Task.division_id == own).group_by(Task.state)).all()
    found = [Address("visits.show_visit", f"/visits/{visit_id}", head) for _state, visit_id in sorted(visits)]
    found += [Address("tasks.show_task", f"/tasks/{task_id}", desk) for _state, task_id in sorted(tasks)]
    return [*found, Address("draw.prepare_draw", f"/tasks/{task_named(SPARE)}/draw", desk),
            Address("web.failed", "/no-such-page", desk), Address("web.failed", "/no-such-page", STRANGER)]


def enter(page: Page, url: str, user: User, **choices: str) -> None:
    """Let the page's browser be the user's, with the reader's choices."""
    host = urlsplit(url).hostname
    page.goto("about:blank")
    page.context.clear_cookies()
    wanted = dict(choices)
    if user.user_name is not None:
        wanted["fieldapp_session"] = session_of(person_named(user.user_name))
    page.context.add_cookies([{"name": name, "value": value, "domain": host or "", "path": "/"}
                              for name, value in wanted.items()])


def by_user(found: list[Address], act: Callable[[User, list[Address]], None]) -> None:
    """Do something once for each user with all of their pages."""
    for user in dict.fromkeys(address.user for address in found):
        act(user, [address for address in found if address.user == user])
