"""The demonstration loads on any day, keeps its data at a later start, and has visits due today at every start."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from os import environ
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from fieldapp import clock, db, demo
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.models import Person
from fieldapp.app import create_app
from fieldapp.cli.serving import load_demo, upgrade_database
from fieldapp.config import Config
from fieldapp.demo.cases import guide
from fieldapp.demo.course import ANSWERED
from fieldapp.demo.stage import moment
from fieldapp.demo.today import two_inspectors
from fieldapp.documents.models import Document
from fieldapp.fieldwork.models import RecordCopy
from fieldapp.planning import queries as plans
from fieldapp.publication.models import InspectionResult
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from tests.databases import ON_SQLITE, Databases
from tests.demonstration import settings_for

GROUND = date(2025, 12, 15)
# Three weeks that hold new year, the day after spring festival, the first working day of a year that no notice covers.
DAYS = [*(pytest.param(day, marks=pytest.mark.full) for day in (date(2026, 1, 20), date(2026, 2, 24))), date(2027, 1, 4)]
NEW_YEAR = [date(2026, 12, 25) + timedelta(days=number) for number in range(60)]


def _due() -> list[date]:
    """The days of the approved visits, each within the time of its task."""
    with db.transaction(write=False):
        found = db.scalars(select(Visit).where(Visit.state == "approved").order_by(Visit.slot_start))
        for visit in found:
            window = visits.window(visit)
            assert window.first_day <= visits.day_of(visit) <= window.last_day
            assert window.first_day.year == window.last_day.year
        return [visits.day_of(visit) for visit in found]


def _ready() -> list[int]:
    """The years of the tasks that can be drawn."""
    with db.transaction(write=False):
        found = db.scalars(select(Task).where(Task.state == "approved", Task.last_day >= clock.today()))
        return [task.first_day.year for task in found]


def _stand(day: date) -> None:
    clock.set_source(lambda: moment(day, 7))


def _is_whole() -> bool:
    with db.transaction(write=False):
        states = db.session.execute(select(Visit.state, func.count()).group_by(Visit.state))
        counts = {state: count for state, count in states}
        published = select(func.count()).select_from(InspectionResult).where(InspectionResult.published_at.is_not(None))
        return db.session.scalar(published) == 2 and counts == {
            "approved": 3, "returned": 1, "closed": 4, "in_progress": 1, "paused": 2, "proposed": 2, "slot_agreed": 1}


@pytest.fixture(scope="module")
def ground(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demonstration rests on, without its course."""
    url, media = databases.empty(), tmp_path_factory.mktemp("media")
    _stand(GROUND)
    upgrade_database(url)
    create_app(settings_for(url, media))
    demo.load_ground()
    db.session.remove()
    db.session.get_bind().dispose()  # type: ignore[union-attr]
    return url, media


def _loads_on(day: date, ground: tuple[str, Path], databases: Databases) -> None:
    url = databases.copy_of(ground[0])
    _stand(day)
    create_app(settings_for(url, ground[1]))
    assert demo.is_half_loaded()
    demo.load_course()
    assert not demo.is_half_loaded()
    assert (_is_whole(), _due(), _ready()) == (True, [day] * 3, [day.year]), day
    db.session.remove()
    db.session.get_bind().dispose()  # type: ignore[union-attr]
    databases.drop(url)


@ON_SQLITE
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_it_loads_on_any_day_of_a_year(day: date, ground: tuple[str, Path], databases: Databases) -> None:
    _loads_on(day, ground, databases)


@pytest.mark.full
@ON_SQLITE
def test_it_loads_on_every_day_around_new_year(ground: tuple[str, Path], databases: Databases) -> None:
    for day in NEW_YEAR:
        _loads_on(day, ground, databases)


@ON_SQLITE
def test_a_first_start_that_broke_off_starts_from_nothing(
    ground: tuple[str, Path], databases: Databases, tmp_path: Path,
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = settings_for(databases.copy_of(ground[0]), tmp_path)
    create_app(settings)
    left = tmp_path / "originals" / "left"
    left.touch()
    monkeypatch.setattr(demo, "load", lambda: None)
    load_demo(settings)
    with db.transaction(write=False):
        assert not accounts.people()
    assert not left.exists()
    assert "made anew" in capsys.readouterr().out


def test_a_finished_demonstration_is_not_started_over(demonstration: Config, capsys: pytest.CaptureFixture[str]) -> None:
    load_demo(demonstration)
    assert (_is_whole(), capsys.readouterr().out) == (True, "")


@pytest.mark.full
def test_a_first_start_that_is_killed_is_made_anew_by_the_next(databases: Databases, tmp_path: Path) -> None:
    url = databases.empty()
    command = [Path(sys.executable).with_name("fieldapp"), "demo"]
    settings = environ | {"DATABASE_URL": url, "MEDIA_DIR": str(tmp_path / "media"), "DATA_DIR": str(tmp_path), "PORT": "0"}
    for seconds in (2, 5, 7):
        with subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as killed:
            with suppress(subprocess.TimeoutExpired):
                killed.wait(seconds)
            killed.kill()
    load_demo(settings_for(url, tmp_path / "media"))
    assert (_is_whole(), len(_due())) == (True, 3)


def test_it_holds_what_it_promises(demo_app: Flask, as_user: Callable[[str], FlaskClient]) -> None:
    assert _is_whole()
    with db.transaction(write=False):
        names = [one.staff_number.lower() for one in two_inspectors()]
    assert len(_ready()) == 1
    for name in names:
        page = as_user(name).get("/field/").text
        assert page.count("/field/k/") + page.count("visit_ids") >= 3


def test_a_published_result_has_the_entitys_copy(demo_app: Flask) -> None:
    with db.transaction(write=False):
        results = db.session.scalars(select(InspectionResult).where(InspectionResult.published_at.is_not(None))).all()
        copies = [db.session.scalars(select(RecordCopy).where(RecordCopy.visit_id == result.visit_task.visit_id)).one()
                  for result in results]
        addresses = [f"/copies/{copy.secret}" for copy in copies]
    for address in addresses:
        copy = demo_app.test_client().get(address)
        assert (copy.status_code, copy.text.count("证件已于"), "/credentials/" in copy.text) == (200, 2, False)
        assert demo_app.test_client().get(f"{address}/objection").status_code == 200


@pytest.mark.article("28")
def test_one_entity_has_rated_its_visit_and_another_has_its_answer_which_no_copy_shows(
        demo_app: Flask, as_user: Callable[[str], FlaskClient]) -> None:
    legal = as_user("fagui")
    page = legal.get("/oversight/ratings").text
    assert ("还没有评价" in page, "没有投诉" in page, "已答复" in page) == (False, False, True)
    complaint = page.partition('href="/oversight/complaints/')[2].partition('"')[0]
    assert ANSWERED in legal.get(f"/oversight/complaints/{complaint}").text
    with db.transaction(write=False):
        secrets = [one.secret for one in db.scalars(select(RecordCopy))]
    said = "".join(demo_app.test_client().get(f"/copies/{one}/rating").text for one in secrets)
    assert (said.count("已评价"), said.count(ANSWERED)) == (0, 0)


def test_what_seldom_happens_is_found_under_the_printed_accounts(demo_app: Flask, as_user: Callable[[str], FlaskClient]) -> None:
    with db.transaction(write=False):
        [about] = [path for _words, path in guide.links() if path.endswith("/inquiry")]
        kinds = set(db.session.scalars(select(Document.kind).where(Document.issued_at.is_not(None))))
        leaders = [guide.account_of(one)[0] for one in guide.leaders()]
        assert all(guide.sight_of(name) for name in leaders)
    assert {"supplement", "substitute", "recusal", "order", "transfer", "objection_decision", "interview"} <= kinds
    assert (len(leaders) > 2, "答复" in demo_app.test_client().get(about).text) == (True, True)
    for name, kinds_waiting in (("jichu", ("合并", "组长")), ("waizhuan", ("合并", "工作方案"))):
        page = as_user(f"{name}-chuzhang").get("/waiting").text
        assert [word for word in kinds_waiting if word not in page] == []
    printed = demo.welcome("http://localhost")
    assert [name for name in (*guide.SIGHTS, *leaders, about) if name not in printed] == []


def test_a_second_start_keeps_the_data(demo_app: Flask) -> None:
    with db.transaction(write=False):
        before = db.session.scalar(select(func.count()).select_from(Person))
    demo.load()
    with db.transaction(write=False):
        assert db.session.scalar(select(func.count()).select_from(Person)) == before


def test_untouched_visits_are_due_on_the_day_of_a_later_start_in_later_years_too(demo_app: Flask) -> None:
    today = clock.today()
    for day in (today, min(today + timedelta(days=1), date(today.year, 12, 31)), date(today.year + 1, 1, 1),
                date(today.year + 1, 1, 15), date(today.year + 1, 4, 20), date(today.year + 2, 4, 20)):
        _stand(day)
        demo.load()
        assert _due() == [day] * 3
        assert _ready() == [day.year]
        with db.transaction(write=False):
            assert plans.plan_in_force(day.year)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    yield
    clock.set_source(None)
