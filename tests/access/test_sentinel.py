"""Who is drawn is known to those whose duty it is: looked for as everybody else, on every page that opens, 0 hits."""

import io
import re
import zipfile
from collections import deque
from urllib.parse import quote, urlsplit
from uuid import UUID

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from fieldapp import db
from fieldapp.demo import course
from fieldapp.draw.queries import draw_of_task
from fieldapp.draw.rules import bundle
from fieldapp.roles import Role
from fieldapp.visits.models import Visit, VisitTask
from tests.access.cells import cells
from tests.access.finding import team_of_task
from tests.access.going_on import RURAL, SPARE, task_named
from tests.access.stage import SignIn
from tests.access.users import User, everybody
from tests.databases import SOON_ON_SQLITE

pytestmark = SOON_ON_SQLITE

HREF = re.compile(r'(?:href|src|hx-get|action)="(/[^"#]*)')
MOST_PAGES = 90
SEARCHES = ("/tasks?q={}", "/visits?q={}", "/public/results?q={}", "/reviews?q={}", "/publication?q={}", "/disposals?q={}",
            "/objections?q={}", "/oversight/entries?action={}", "/people?q={}", "/inspectors?q={}")
# The directory lists every object, drawn or not: its pages are compared before and after instead.
DIRECTORY = ("/objects", "/imports", "/focus", "/inspectors", "/static/")
# The audit administrator sees that something happened to a visit, by its identifier, which opens nothing.
LEDGER = "/oversight/entries"


def test_who_is_drawn_is_on_no_page_of_those_without_the_duty(stage: Flask, sign_in: SignIn) -> None:
    readers = [(user, sign_in(user.user_name)) for user in everybody()]
    task_id = task_named(SPARE)
    before = _directory_pages(sign_in("kepu-jingban"))
    course.draw_task(task_id, RURAL)
    visits, names = _drawn_once(task_id)
    sentinels = visits | names
    assert names
    with db.transaction(write=False):
        members = team_of_task(task_id)
    paths = _of_the_draw(task_id) + [cell.path for cell in cells(stage, reading=True)]
    pages, hits = 0, []
    for user, client in readers:
        if _has_the_duty(user, members):
            continue
        for path, text in _crawl(client, paths + [search.format(quote(name)) for search in SEARCHES
                                                  for name in sorted(names)[-2:]]):
            pages += 1
            hits += [f"{user}: {path}: {name}" for name in sentinels if name in text and quote(name) not in path
                     and not (name in visits and path.startswith(LEDGER))]
    print(f"{len(sentinels)} names and numbers of drawn objects, {pages} pages")
    assert hits == []
    after = _directory_pages(sign_in("kepu-jingban"))
    assert {path for path in before if before[path] != after[path]} == set()


def test_those_who_have_the_duty_find_it(stage: Flask, sign_in: SignIn) -> None:
    course.draw_task(task_named(SPARE), RURAL)
    _visits, names = _drawn_once(task_named(SPARE, "generated"))
    found = "".join(text for _path, text in _crawl(sign_in("nongcun-jingban"), ["/visits", "/tasks"]))
    assert any(name in found for name in names)


def _of_the_draw(task_id: UUID) -> list[str]:
    """Every address at which the draw opens anything, now or later, and that of the auditors' key."""
    with db.transaction(write=False):
        draw = draw_of_task(task_id)
        assert draw is not None
        public = f"/public/draws/{draw.year}/{draw.number}"
        return [public, f"{public}/row", f"{public}/bundle.zip", f"/draws/{draw.id}/key",
                *(f"{public}/{name}" for name in bundle.FILES + bundle.LATER)]


def _drawn_once(task_id: object) -> tuple[set[str], set[str]]:
    """The visits of a task to objects to which no other visit goes; the names, codes and identifiers of these objects."""
    with db.transaction(write=False):
        others = sa.select(Visit.object_id).join(VisitTask, VisitTask.visit_id == Visit.id).where(VisitTask.task_id != task_id)
        drawn = sa.select(VisitTask).where(VisitTask.task_id == task_id, VisitTask.object_id.not_in(others))
        rows = db.session.scalars(drawn).all()
        return {str(row.visit_id) for row in rows}, {
            text for row in rows for text in (row.visit.object.name, row.visit.object.uscc, str(row.object_id))}


def _directory_pages(client: FlaskClient) -> dict[str, str]:
    """The directory's pages about objects of 实验动物单位, as another division reads them."""
    listed = client.get("/objects?category=实验动物单位").text
    paths = sorted({path for path in HREF.findall(listed) if re.fullmatch(r"/objects/[0-9a-f-]{36}(\?.*)?", path)})
    assert len(paths) > 10
    return {path: client.get(path).text for path in ["/objects?category=实验动物单位", *paths]}


def _has_the_duty(user: User, members: frozenset[object]) -> bool:
    oversees = user.holds(Role.LEGAL_AFFAIRS, Role.DEPARTMENT_HEAD)
    return oversees or user.id in members or (user.user_name or "").startswith(RURAL)


def _crawl(client: FlaskClient, paths: list[str]) -> list[tuple[str, str]]:
    """What opens at the addresses and at those to which they lead."""
    waiting, known, found = deque(dict.fromkeys(paths)), set(paths), []
    while waiting and len(found) < MOST_PAGES:
        path = waiting.popleft()
        if path.startswith(DIRECTORY):
            continue
        client.environ_base["REMOTE_ADDR"] = f"10.3.{len(known) // 250}.{len(known) % 250}"
        answer = client.get(path)
        text = _text_of(answer)
        found.append((path, text))
        for link in [*HREF.findall(text), urlsplit(answer.headers.get("Location", "")).path]:
            target = link.replace("&amp;", "&")
            if target and target not in known:
                known.add(target)
                waiting.append(target)
    return found


def _text_of(answer: TestResponse) -> str:
    if not answer.data.startswith(b"PK"):
        return answer.data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as sheet:
        return "".join(sheet.read(name).decode(errors="replace") for name in sheet.namelist())
