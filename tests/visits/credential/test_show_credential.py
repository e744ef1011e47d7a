"""Who was sent, at the secret address of the entity's copy: a list that never says that somebody has been checked."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts.models import Person
from fieldapp.registry.models import Inspector
from fieldapp.visits import actions, queries
from tests.people import Cast
from tests.visits import scene

JPEG = b"\xff\xd8\xff\xe0portrait"


@pytest.fixture
def visit_id(cast: Cast) -> UUID:
    """An approved visit; the inspectors have portraits; it is the morning of the agreed day."""
    approved = scene.approved_visit(cast)
    with db.transaction(write=True):
        for player in (cast.inspector_a, cast.inspector_b):
            person = db.session.get_one(Person, player.id)
            person.portrait, person.portrait_type = JPEG, "image/jpeg"
    clock.set_source(lambda: scene.START)
    return approved


def secret_of(visit_id: UUID, inspector_id: UUID | None) -> str:
    with db.transaction(write=False):
        return queries.credentials_of(visit_id)[inspector_id].secret


@pytest.mark.article("23")
def test_a_stranger_sees_portrait_unit_certificate_and_visit(cast: Cast, visit_id: UUID, client: FlaskClient) -> None:
    secret = secret_of(visit_id, cast.inspector_a.inspector_id)
    text = client.get(f"/credentials/{secret}").get_data(as_text=True)
    with db.transaction(write=False):
        number = db.session.get_one(Inspector, cast.inspector_a.inspector_id).certificate_number
    said = ("赵检一", "农村科技处", str(number), "济南某生物（示例）", "11月24日 09:00",
            "鲁科抽告〔2026〕1号", "名单", "不代替行政执法证件")
    assert [word for word in said if word not in text] == []
    assert "核验通过" not in text
    portrait = client.get(f"/credentials/{secret}/portrait")
    assert (portrait.data, portrait.mimetype) == (JPEG, "image/jpeg")
    assert "13800000000" not in text


def expire(cast: Cast, _visit_id: UUID) -> None:
    db.session.get_one(Inspector, cast.inspector_a.inspector_id).certificate_until = date(2026, 11, 23)


def leave(cast: Cast, visit_id: UUID) -> None:
    actions.remove_member(visit_id, cast.inspector_a.inspector_id, "health", "住院", by=cast.head.officer)


def close(cast: Cast, visit_id: UUID) -> None:
    actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
    actions.close_visit(visit_id, scene.END, by=cast.inspector_a.officer)


def cancel(cast: Cast, visit_id: UUID) -> None:
    actions.cancel_visit(visit_id, "企业已注销", by=cast.head.officer)


@pytest.mark.article("23")
@pytest.mark.parametrize(("change", "said", "portrait"), [
    (expire, "执法证件不在有效期内", 200),
    (leave, "该人员已不是本次检查的成员", 404),
    (close, "这次检查已经结束", 404),
    (cancel, "这次检查已取消", 404),
])
def test_what_no_longer_holds_is_said_and_the_portrait_goes(
        cast: Cast, visit_id: UUID, client: FlaskClient, change: Callable[..., None], said: str, portrait: int) -> None:
    secret = secret_of(visit_id, cast.inspector_a.inspector_id)
    with db.transaction(write=True):
        change(cast, visit_id)
    page = client.get(f"/credentials/{secret}")
    text = page.get_data(as_text=True)
    assert (page.status_code, said in text, "核验通过" in text) == (200, True, False)
    assert client.get(f"/credentials/{secret}/portrait").status_code == portrait


def test_once_the_visit_is_over_nothing_is_wrong_with_who_was_sent(cast: Cast, visit_id: UUID, client: FlaskClient) -> None:
    secret = secret_of(visit_id, cast.inspector_a.inspector_id)
    with db.transaction(write=True):
        close(cast, visit_id)
    text = client.get(f"/credentials/{secret}").get_data(as_text=True)
    assert ("检查已结束" in text, "重新核验" in text, "无效" in text) == (True, True, False)


def test_on_another_day_the_page_says_so_and_names_neither_object_nor_notice(
        cast: Cast, visit_id: UUID, client: FlaskClient) -> None:
    clock.set_source(lambda: scene.START - timedelta(days=1))
    secret = secret_of(visit_id, cast.inspector_b.inspector_id)
    text = client.get(f"/credentials/{secret}").get_data(as_text=True)
    told = [word for word in ("济南某生物（示例）", "11月24日 09:00", "鲁科抽告〔2026〕1号", "/documents/") if word in text]
    assert ("约定在另一天" in text, told) == (True, [])
    answer = client.get(f"/credentials/{secret}", headers={"Accept-Language": "en"})
    assert answer.status_code == 200


def test_an_unknown_secret_is_not_found_and_trying_many_is_stopped(visit_id: UUID, client: FlaskClient) -> None:
    answers = [client.get(f"/credentials/guess-{number}").status_code for number in range(121)]
    assert (answers[0], answers[119], answers[120]) == (404, 404, 429)
