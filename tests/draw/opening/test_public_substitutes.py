"""How each substitute was drawn is public after the inspections: code, circle and pool, nobody by name; anybody checks it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.draw import actions, queries
from fieldapp.draw.actions import Vacancy
from fieldapp.draw.rules import bundle
from fieldapp.refusals import Refusal
from fieldapp.registry.models import Inspector
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.models import Task
from tests.draw.makers import draw_all, freeze, make_seed, prepared
from tests.people import Cast


def with_two_substitutes(cast: Cast) -> tuple[UUID, str]:
    """A drawn task in which each team of two had a substitute drawn: the task and the draw's public address."""
    task_id = prepared(cast, size=30)
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=True):
        for one in queries.drawn_objects(draw_id):
            barred = [seat.inspector_id for seat in one.seats]
            vacancy = Vacancy(task_id, one.object_id, "certified", clock.today(), clock.today() + timedelta(days=5), barred)
            assert actions.draw_substitute(vacancy, by=cast.head.officer)
        draw = queries.draw(draw_id)
        return task_id, f"/public/draws/{draw.year}/{draw.number}"


@pytest.mark.article("3", "18")
def test_substitutes_are_published_after_the_inspections_by_code_and_never_by_name(cast: Cast, client: FlaskClient) -> None:
    task_id, address = with_two_substitutes(cast)
    before = client.get(address).text
    assert "共抽取递补人员 2 次" in before
    assert client.get(f"{address}/substitutes.json").status_code == 404
    with db.transaction(write=True):
        task = db.session.get_one(Task, task_id)
        task.state = "in_progress"
        tasks.complete_task(task, date(2026, 12, 1), by=cast.officer.officer)
    with db.transaction(write=False):
        people = {str(one.id): one.name for one in db.session.query(Inspector)}
    assert [one for one in people if one in before] == []
    after, listed = client.get(address).text, client.get(f"{address}/substitutes.json").json
    assert [one["number"] for one in listed] == [1, 2]
    assert all(one["code"] in after and one["inspector"] in after and one["inspector"] in people for one in listed)
    assert [name for name in people.values() if name in after] == []
    assert bundle.check_bundle(bundle.bundle_in(client.get(f"{address}/bundle.zip").data)).substitutes == 2


def other_inspector(listed: list[dict[str, Any]]) -> None:
    listed[0]["inspector"] = next(one for one in listed[0]["pool"] if one != listed[0]["inspector"])


def smaller_pool(listed: list[dict[str, Any]]) -> None:
    listed[0]["pool"].remove(listed[0]["inspector"])


def a_code_left_out(listed: list[dict[str, Any]]) -> None:
    del listed[0]


def wider_circle(listed: list[dict[str, Any]]) -> None:
    listed[1]["circle"] = "directory"


def other_object(listed: list[dict[str, Any]]) -> None:
    listed[1]["leaf"] = "0" * 64


@pytest.mark.article("3", "18")
def test_a_substitute_that_was_picked_is_found_out(cast: Cast, client: FlaskClient) -> None:
    task_id, address = with_two_substitutes(cast)
    with db.transaction(write=True):
        task = db.session.get_one(Task, task_id)
        task.state = "in_progress"
        tasks.complete_task(task, date(2026, 12, 1), by=cast.officer.officer)
    packed = client.get(f"{address}/bundle.zip").data
    changes: list[Callable[[list[dict[str, Any]]], None]] = [
        other_inspector, smaller_pool, a_code_left_out, wider_circle, other_object]
    for change in changes:
        forged = bundle.bundle_in(packed)
        change(forged.substitutes)
        with pytest.raises(Refusal, match="递补"):
            bundle.check_bundle(forged)
