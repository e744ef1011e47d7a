"""A written inspection: served by a link, confirmed and answered without an account."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.models import EntityReply, RecordCopy
from fieldapp.ledger import queries as ledger
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import enter, state, view
from tests.fieldwork.scene import Phone, Scene, record_digest, visit_digest
from tests.people import Cast, Player

SignIn = Callable[[Player], FlaskClient]


@pytest.fixture
def written(scene: Scene, cast: Cast, client_of: SignIn) -> str:
    """A written visit, prepared; the address of its link."""
    with db.transaction(write=True):
        db.session.get_one(Visit, scene.visit).method = "written"
    client_of(cast.inspector_a).post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    with db.transaction(write=False):
        return f"/copies/{db.session.query(RecordCopy).one().secret}/inquiry"


def serve(scene: Scene, cast: Cast, until: str = "2026-11-30") -> Phone:
    phone = Phone(scene, cast.inspector_a)
    assert enter(phone.set("request/list", "请提供 2026 年实验动物购入台账。"), phone.set("request/until", until),
                 phone.op("issue", "request", {"until": until})) == ["applied"] * 3
    return phone


@pytest.mark.article("22", "24")
def test_a_written_inspection_goes_from_its_link_to_its_closing_without_anybody_going_there(
        written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    assert "还没有发出" in client.get(written).text
    phone = serve(scene, cast)
    page = client.get(written)
    assert "请提供 2026 年实验动物购入台账。" in page.text
    assert client.post(f"{written}/receipt", data={"name": "李某"}).status_code == 303
    kept = client.post(f"{written}/reply", data={"name": "李某", "text": "长" * 5001})
    assert (kept.status_code, "长" * 5001 in kept.text, "最多 5000 个字" in kept.text) == (422, True, True)
    answer = client.post(f"{written}/reply", data={"name": "李某", "capacity": "authorised", "text": "台账<b>另寄</b>"})
    assert answer.status_code == 303
    assert "台账&lt;b&gt;另寄&lt;/b&gt;" in client.get(written).text
    assert enter(phone.set(scene.check(1), "compliant"), phone.set(scene.check(2), "compliant"),
                 phone.set(scene.check(3), "compliant"),
                 phone.set(scene.path("conclusion/category"), "no_problem")) == ["applied"] * 4
    digest = record_digest(scene)
    assert enter(phone.sign_as(cast.inspector_a, digest), phone.sign_as(cast.inspector_b, digest),
                 phone.op("close", "visit", {"digest": visit_digest(scene)})) == [
        "applied", "applied", "attention:fieldwork.entity_signature_missing"]
    assert enter(phone.sign(digest), phone.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 2
    assert state(scene) == "closed"
    record = view(scene)
    assert record.gaps == []
    assert [(one.kind, one.name, one.text) for one in record.inquiry.replies] == [
        ("receipt", "李某", ""), ("reply", "李某", "台账<b>另寄</b>")]
    with db.transaction(write=False):
        verbs = {entry.action for entry, _ in ledger.history(scene.visit)}
    assert {"fieldwork.request_served", "fieldwork.request_received", "fieldwork.reply_received"} <= verbs


@pytest.mark.article("22")
def test_looking_consumes_nothing_and_after_its_day_the_link_takes_nothing(
        written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    serve(scene, cast)
    for _ in range(3):
        assert client.get(written).status_code == 200
    with db.transaction(write=False):
        assert db.session.query(EntityReply).count() == 0
    clock.set_source(lambda: datetime(2026, 11, 30, 15, 59, tzinfo=UTC))
    assert client.post(f"{written}/receipt", data={"name": "李某"}).status_code == 303
    clock.set_source(lambda: datetime(2026, 11, 30, 16, 1, tzinfo=UTC))
    late = client.post(f"{written}/reply", data={"name": "李某", "text": "来晚了"})
    assert (late.status_code, "答复期限已过" in late.text, f"{written}/reply" in late.text) == (422, True, False)


def test_a_bad_answer_keeps_what_was_typed_and_a_flood_is_stopped(
        written: str, scene: Scene, cast: Cast, client: FlaskClient) -> None:
    serve(scene, cast)
    nameless = client.post(f"{written}/reply", data={"text": "台账已备"})
    assert (nameless.status_code, "台账已备" in nameless.text) == (422, True)
    assert client.post("/copies/guess/inquiry/reply", data={"name": "李某", "text": "x"}).status_code == 404
    codes = [client.post(f"{written}/reply", data={"name": "李某", "text": str(number)}).status_code for number in range(12)]
    assert codes[0] == 303
    assert codes[-1] == 429
    with db.transaction(write=False):
        assert len(queries.replies(scene.visit)) == codes.count(303)


def test_before_its_serving_nothing_is_taken_in(written: str, client: FlaskClient) -> None:
    assert client.post(f"{written}/receipt", data={"name": "李某"}).status_code == 422


@pytest.mark.article("22")
def test_an_online_inspection_asks_for_addresses_and_nobody_present(scene: Scene, cast: Cast) -> None:
    with db.transaction(write=True):
        db.session.get_one(Visit, scene.visit).method = "online"
    phone = Phone(scene, cast.inspector_a)
    page = scene.path("online/01900000-0000-7000-8000-00000000000a")
    assert enter(phone.set(scene.check(1), "compliant"),
                 phone.set(page, {"url": "https://example.cn/a", "at": 1_795_000_000_000, "note": "首页公示"})) == ["applied"] * 2
    assert [(one.url, one.note) for one in view(scene).pages] == [("https://example.cn/a", "首页公示")]
    assert {gap.code for gap in view(scene).gaps} == {"fieldwork.page_without_picture", "fieldwork.checks_unanswered"}
