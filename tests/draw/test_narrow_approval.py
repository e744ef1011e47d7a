"""A second person approves a directed draw that leaves little to chance."""

from collections.abc import Callable

from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.draw import queries
from tests.draw.makers import approved_task, directory
from tests.people import Cast, Player

Clients = Callable[[Player], FlaskClient]


def test_too_long_an_opinion_is_refused_and_stays_on_the_page(cast: Cast, client_of: Clients) -> None:
    with db.transaction(write=True):
        directory(cast, 5)
        task_id = approved_task(cast, draw_mode="directed", conditions={"cities": ["济南市"]}, condition_text="设区市：济南市")
    legal, address = client_of(cast.legal), f"/tasks/{task_id}/narrow-approval"
    answer = legal.post(address, data={"opinion": "长" * 2001})
    assert answer.status_code == 422
    assert "长" * 2001 in answer.text
    with db.transaction(write=False):
        assert queries.decider_name(task_id, "narrow_approved") == ""
    assert legal.post(address, data={"opinion": "同意"}).status_code == 303
    with db.transaction(write=False):
        assert queries.decider_name(task_id, "narrow_approved") == cast.legal.name
