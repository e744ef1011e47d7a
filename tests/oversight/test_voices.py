"""What the inspected say of an inspection: rated without a name, complained of to legal affairs alone."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork.models import RecordCopy
from fieldapp.ledger import queries as ledger
from fieldapp.oversight.models import VisitComplaint, VisitRating
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import both_here
from tests.fieldwork.conftest import scene
from tests.fieldwork.scene import Scene
from tests.people import Cast, Player

__all__ = ["scene"]
pytestmark = ON_SQLITE
Client = Callable[[Player], FlaskClient]
GRIEF = "检查人员要求使用指定的检测机构。"


@pytest.fixture
def address(scene: Scene, cast: Cast, client_of: Client) -> str:
    """The page on which the entity of a visit under way says what it thinks."""
    client_of(cast.inspector_a).post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    both_here(scene, cast)
    with db.transaction(write=False):
        return f"/copies/{db.session.query(RecordCopy).one().secret}"


@pytest.mark.article("28")
def test_a_visit_is_rated_once_and_the_division_sees_neither_whose_it_is_nor_a_mean_of_few(
        address: str, client: FlaskClient, cast: Cast, client_of: Client, scene: Scene) -> None:
    assert "评价这次检查" in client.get(address).text
    assert client.post(f"{address}/rating", data={"score": "9"}).status_code == 422
    assert client.post(f"{address}/rating", data={"score": "2", "words": "等了一个小时。"}).status_code == 303
    seen = client_of(cast.head).get("/oversight/ratings").text
    assert "济南某生物（示例）" not in seen
    assert "等了一个小时" not in seen
    assert "2.0" not in seen
    assert "2.0" in client_of(cast.legal).get("/oversight/ratings").text
    with db.transaction(write=False):
        assert [row.score for row in db.session.query(VisitRating)] == [2]
        assert not [entry for entry, _ in ledger.history(scene.visit) if entry.action.startswith("oversight.")]


@pytest.mark.article("28")
def test_a_complaint_reaches_legal_affairs_alone_and_its_answer_the_complainant(
        address: str, client: FlaskClient, cast: Cast, client_of: Client, scene: Scene) -> None:
    assert client.post(f"{address}/complaint", data={"text": ""}).status_code == 422
    sent = client.post(f"{address}/complaint", data={"text": GRIEF})
    assert (sent.status_code, GRIEF in client.get(sent.location).text) == (303, True)
    with db.transaction(write=False):
        page = f"/oversight/complaints/{db.session.query(VisitComplaint).one().id}"
    for player in (cast.head, cast.inspector_a, cast.department_head):
        assert client_of(player).get(page).status_code == 403
        assert GRIEF not in client_of(player).get("/oversight/ratings").text
        assert GRIEF not in client_of(player).get(f"/visits/{scene.visit}").text
    legal = client_of(cast.legal)
    assert "投诉" in legal.get("/waiting").text
    assert GRIEF in legal.get(page).text
    assert legal.post(f"{page}/answer", data={"text": ""}).status_code == 422
    assert legal.post(f"{page}/answer", data={"text": "已约谈，不得指定机构。"}).status_code == 303
    assert legal.post(f"{page}/answer", data={"text": "再答"}).status_code == 409
    assert "已约谈，不得指定机构。" in client.get(sent.location).text
    with db.transaction(write=False):
        assert db.session.query(VisitComplaint).one().secret_sha256 not in sent.location
    assert client.get(sent.location[:-1] + "_").status_code == 404


@pytest.mark.article("28")
def test_who_knows_the_copy_as_the_inspectors_do_reads_neither_a_score_nor_a_complaint_there(
        address: str, client: FlaskClient, cast: Cast, client_of: Client) -> None:
    inspector = client_of(cast.inspector_a)
    before = inspector.get(f"{address}/rating").text
    client.post(f"{address}/rating", data={"score": "2", "words": "等了一个小时。"})
    client.post(f"{address}/complaint", data={"text": GRIEF})
    assert inspector.get(f"{address}/rating").text == before
    assert inspector.get(address).text.count("评价") == 1


@pytest.mark.article("28")
def test_an_inspector_who_rates_first_hinders_nobody_and_two_ratings_by_the_copy_count_for_nothing(
        address: str, client: FlaskClient, cast: Cast, client_of: Client, scene: Scene) -> None:
    assert client_of(cast.inspector_a).post(f"{address}/rating", data={"score": "5", "words": "很好"}).status_code == 303
    assert "5.0" in client_of(cast.legal).get("/oversight/ratings").text
    assert client.post(f"{address}/rating", data={"score": "1", "words": "等了一个小时。"}).status_code == 303
    page = client_of(cast.legal).get("/oversight/ratings").text
    assert all(words in page for words in ("还没有评价", "不止一份评价的检查", "等了一个小时。", "很好"))
    assert "不止一份" not in client_of(cast.head).get("/oversight/ratings").text


@pytest.mark.article("28")
def test_before_a_visit_begins_nothing_is_said_of_it(scene: Scene, cast: Cast, client_of: Client, client: FlaskClient) -> None:
    client_of(cast.inspector_a).post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    with db.transaction(write=False):
        address = f"/copies/{db.session.query(RecordCopy).one().secret}"
    assert client.post(f"{address}/rating", data={"score": "1"}).status_code == 409
    assert client.post(f"{address}/complaint", data={"text": GRIEF}).status_code == 409
