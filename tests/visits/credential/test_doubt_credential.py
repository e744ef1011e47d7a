"""Whoever doubts an inspector says so to legal affairs, who look into it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.ledger.actions import sequence
from fieldapp.ledger.timeline import timeline
from fieldapp.ledger.verification import verify
from fieldapp.visits import queries
from fieldapp.visits.models import CredentialDoubt
from tests.people import Cast
from tests.visits import scene
from tests.visits.credential.phone import KeyPhone

SAID = "照片不是来人"


def told(client: FlaskClient, code: str) -> int:
    data = {"text": SAID, "contact": "示例 0531-00000000", "code": code}
    return client.post("/verify/credential/doubts", data=data).status_code


@pytest.mark.article("23")
def test_a_doubt_about_a_genuine_code_reaches_legal_affairs_with_visit_and_person(
        cast: Cast, client: FlaskClient, client_of: Callable[..., FlaskClient]) -> None:
    visit_id, phone = scene.approved_visit(cast), KeyPhone()
    phone.register(cast.inspector_a)
    with db.transaction(write=False):
        check_id = queries.credentials_of(visit_id)[cast.inspector_a.inspector_id].id
    clock.set_source(lambda: scene.START + timedelta(seconds=300))
    assert told(client, phone.code(check_id, scene.START)) == 303
    legal = client_of(cast.legal)
    assert SAID in legal.get("/waiting").text
    with db.transaction(write=False):
        doubt = db.session.query(CredentialDoubt).one()
        address = f"/credential-doubts/{doubt.id}"
        assert doubt.visit_id == visit_id
        assert ("对检查人员的身份提出疑问", "外部网页") in [(step.label, step.where) for step in timeline(doubt.id)]
        assert not [step.label for step in timeline(visit_id) if "疑问" in step.label]
    assert "疑问" not in client_of(cast.inspector_a).get(f"/visits/{visit_id}").text
    page = legal.get(address).text
    assert [word for word in (SAID, "赵检一", "济南某生物（示例）", "已经过期", "0531") if word not in page] == []
    assert legal.post(f"{address}/finding", data={"finding": "已核实为本人"}).status_code == 303
    assert ("已核实为本人" in legal.get(address).text, SAID in legal.get("/waiting").text) == (True, False)
    assert legal.post(f"{address}/finding", data={"finding": "再写一次"}).status_code == 409
    with db.transaction(write=False):
        assert ("处理人员核验疑问", "办公电脑") in [(step.label, step.where) for step in timeline(visit_id)]
    with db.transaction(write=True):
        sequence()
        assert list(verify([])) == []


def test_a_doubt_without_a_genuine_code_names_nobody_and_many_are_stopped(cast: Cast, client: FlaskClient) -> None:
    assert [told(client, code) for code in ("", "x", "A" * 135, "", "")] == [303] * 5
    with db.transaction(write=False):
        assert {one.visit_id for one in db.session.query(CredentialDoubt)} == {None}
    assert told(client, "") == 429


def test_a_doubt_has_words(client: FlaskClient) -> None:
    answer = client.post("/verify/credential/doubts", data={"text": " ", "code": "kept"})
    assert (answer.status_code, 'value="kept"' in answer.text) == (422, True)
