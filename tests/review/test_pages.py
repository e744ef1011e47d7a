"""The review on the page: findings first, the fixed answer, what was typed is kept."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.review.models import RecordReview
from tests.people import Cast, Player
from tests.review.scene import decide, opened_review, part_of

Client = Callable[[Player], FlaskClient]


@pytest.mark.parametrize("part", ["legal", "officer", "head", "inspector_a"])
def test_the_list_and_the_record_open_for_those_concerned(cast: Cast, client_of: Client, part: str) -> None:
    review_id = opened_review(cast)
    client = client_of(cast.players[part])
    assert "济南某生物（示例）" in client.get("/reviews").text
    page = client.get(f"/reviews/{review_id}")
    assert page.status_code == 200
    assert ('value="agree"' in page.text) is (part == "inspector_a")


@pytest.mark.parametrize(("part", "status"), [("other_officer", 404), ("inspector_c", 404), ("system_admin", 403)])
def test_others_do_not_find_it(cast: Cast, client_of: Client, part: str, status: int) -> None:
    review_id = opened_review(cast)
    client = client_of(cast.players[part])
    assert client.get(f"/reviews/{review_id}").status_code == status
    assert client.post(f"/reviews/{review_id}/decision", data={"decision": "agree"}).status_code == status


def test_a_return_without_a_word_keeps_the_page_and_says_so(cast: Cast, client_of: Client) -> None:
    review_id = opened_review(cast)
    client = client_of(cast.inspector_a)
    page = client.post(f"/reviews/{review_id}/decision", data={"decision": "return", "opinion": " "})
    assert page.status_code == 422
    assert "退回须写明意见" in page.text
    assert client.post(f"/reviews/{review_id}/decision", data={"decision": "return", "opinion": "请补正"}).status_code == 303


def test_a_correction_is_written_and_signed_on_the_page(cast: Cast, client_of: Client, client: FlaskClient) -> None:
    review_id = opened_review(cast, text="共检查 21 项")
    first, second = client_of(cast.inspector_a), client_of(cast.inspector_b)
    first.post(f"/reviews/{review_id}/decision", data={"decision": "return", "opinion": "数目有误"})
    with db.transaction(write=False):
        path = f"r/{part_of(review_id).id}/conclusion/text"
    typed = {"path": path, "wrong_text": "共检查 21 项", "right_text": "共检查 12 项"}
    kept = first.post(f"/reviews/{review_id}/corrections", data={**typed, "wrong_text": ""})
    assert kept.status_code == 422
    assert "共检查 12 项" in kept.text
    assert first.post(f"/reviews/{review_id}/corrections", data=typed).status_code == 303
    page = first.get(f"/reviews/{review_id}").text
    address = page.split('action="/corrections/')[1].split('"')[0]
    for one in (first, second):
        assert one.post(f"/corrections/{address}").status_code == 303
    with db.transaction(write=False):
        assert db.session.get_one(RecordReview, review_id).state == "leader_review"
    corrections = "/copies/copy-of-the-entity/corrections"
    assert "共检查 12 项" in client.get(corrections).text
    assert f'href="{corrections}"' in client.get("/copies/copy-of-the-entity").text


def test_a_returned_signed_record_leads_from_today_to_its_page(cast: Cast, client_of: Client) -> None:
    review_id = opened_review(cast, text="共检查 21 项")
    first = client_of(cast.inspector_a)
    assert f"/reviews/{review_id}" not in first.get("/field/").text
    first.post(f"/reviews/{review_id}/decision", data={"decision": "return", "opinion": "数目有误"})
    assert f'href="/reviews/{review_id}"' in first.get("/field/").text


def test_the_head_approves_on_the_page(cast: Cast, client_of: Client) -> None:
    review_id = opened_review(cast)
    decide(review_id, cast.inspector_a)
    decide(review_id, cast.officer)
    client = client_of(cast.head)
    page = client.get(f"/reviews/{review_id}").text
    assert 'name="category"' in page
    data = {"decision": "agree", "category": "rectification_ordered", "text": "", "order": "", "opinion": "改定"}
    refused = client.post(f"/reviews/{review_id}/decision", data=data)
    assert refused.status_code == 422
    assert "须有责令改正的内容" in refused.text
    assert client.post(f"/reviews/{review_id}/decision", data={**data, "order": "补齐记录"}).status_code == 303
