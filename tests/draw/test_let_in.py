"""Legal affairs lets an object at the yearly cap into the pool of one task: with a reason, before the freeze, in public."""

from collections.abc import Callable
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.draw import actions, queries
from fieldapp.draw.models import DrawRow
from fieldapp.refusals import Conflict, Refusal
from fieldapp.registry.models import ObjectVisitCount
from tests.draw.makers import approved_task, directory, freeze
from tests.people import Cast

pytestmark = [pytest.mark.article("6"), pytest.mark.edge("E3")]
REASON = "同一单位连续两次整改未到位"


def capped(cast: Cast) -> tuple[UUID, list[UUID]]:
    """A task, and its objects: the first two have been inspected twice this year."""
    with db.transaction(write=True):
        objects = directory(cast, 10)
        db.session.add_all(ObjectVisitCount(object_id=one, year=clock.today().year, visits=2) for one in objects[:2])
        return approved_task(cast), objects


def test_legal_affairs_lets_an_object_in_on_its_page_and_the_public_reads_that_it_did(
        cast: Cast, client: FlaskClient, client_of: Callable[..., FlaskClient]) -> None:
    task_id, objects = capped(cast)
    address, legal = f"/tasks/{task_id}/cap-overrides", client_of(cast.legal)
    assert address in legal.get(f"/tasks/{task_id}").text
    page = legal.get(address).text
    assert [f"第{number}研究所" in page for number in (0, 1, 2)] == [True, True, False]
    typed = {"object": str(objects[0]), "reason": " "}
    assert legal.post(address, data=typed).status_code == 422
    assert legal.post(address, data=typed | {"reason": REASON}).status_code == 303
    assert REASON in legal.get(address).text
    draw_id = freeze(cast, task_id)
    with db.transaction(write=False):
        rows = {row.object_id: (row.status, row.reason, row.tickets) for row in db.session.scalars(sa.select(DrawRow))}
        draw = queries.draw(draw_id)
        assert (rows[objects[0]], rows[objects[1]]) == (("ok", "cap_overridden", 1), ("excluded", "cap_reached", 0))
        assert draw.pool_size == 9
        shown = client.get(f"/public/draws/{draw.year}/{draw.number}").text
    assert "经法规处同意仍参加抽取：1 户" in shown
    assert REASON not in shown


def test_nobody_else_sees_or_lets_in_who_is_at_the_cap(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    task_id, objects = capped(cast)
    for player in (cast.officer, cast.head, cast.department_head):
        assert client_of(player).get(f"/tasks/{task_id}/cap-overrides").status_code == 403
        typed = {"object": str(objects[0]), "reason": REASON}
        assert client_of(player).post(f"/tasks/{task_id}/cap-overrides", data=typed).status_code == 403


def test_only_what_is_at_the_cap_is_let_in_and_only_before_the_freeze(cast: Cast) -> None:
    task_id, objects = capped(cast)
    with db.transaction(write=True):
        with pytest.raises(Conflict, match="not_at_cap"):
            actions.let_in(task_id, objects[5], REASON, by=cast.legal.officer)
        with pytest.raises(Refusal, match="let_in_needs_a_reason"):
            actions.let_in(task_id, objects[0], "", by=cast.legal.officer)
        actions.let_in(task_id, objects[0], REASON, by=cast.legal.officer)
        with pytest.raises(Conflict, match="not_at_cap"):
            actions.let_in(task_id, objects[0], REASON, by=cast.legal.officer)
    freeze(cast, task_id)
    with db.transaction(write=True), pytest.raises(Conflict, match="pool_is_frozen"):
        actions.let_in(task_id, objects[1], REASON, by=cast.legal.officer)
