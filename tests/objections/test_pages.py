"""The entity's form at its secret address, and the way through the division on the pages."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.people import Cast, Player
from tests.publication.scene import entered_result, published_result

Client = Callable[[Player], FlaskClient]
ADDRESS = "/copies/copy-of-the-entity/objection"


@pytest.mark.article("26")
def test_the_whole_way_from_the_form_to_the_answer(cast: Cast, client: FlaskClient, client_of: Client) -> None:
    result_id = published_result(cast)
    typed = {"result": result_id, "applicant_name": "李某", "applicant_contact": "", "grounds": "记录当时已补齐"}
    kept = client.post(ADDRESS, data={**typed, "applicant_name": ""})
    assert kept.status_code == 422
    assert "记录当时已补齐" in kept.text
    assert client.post(ADDRESS, data=typed).status_code == 303
    assert "异议处理中" in client.get(f"/public/results/{result_id}").text
    officer, head = client_of(cast.officer), client_of(cast.head)
    listed = officer.get("/objections").text
    where = "/objections/" + listed.split('href="/objections/')[1].split('"')[0]
    assert client_of(cast.other_officer).get(where).status_code == 404
    assert "由我复核" in officer.get(where).text
    assert officer.post(f"{where}/examiner").status_code == 303
    opinion = {"examination": "调阅原始记录", "decision": "corrected", "category": "no_such_activity_found", "text": ""}
    assert officer.post(f"{where}/examination", data={**opinion, "examination": ""}).status_code == 422
    assert officer.post(f"{where}/examination", data=opinion).status_code == 303
    assert head.post(f"{where}/decision", data={**opinion, "answer": ""}).status_code == 422
    kept = head.post(f"{where}/decision", data={**opinion, "category": "", "answer": "经复核予以更正"})
    assert (kept.status_code, "决定并答复" in kept.text, "经复核予以更正</textarea>" in kept.text) == (422, True, True)
    assert head.post(f"{where}/decision", data={**opinion, "answer": "经复核予以更正"}).status_code == 303
    assert "经复核予以更正" in client.get(ADDRESS).text
    public = client.get(f"/public/results/{result_id}").text
    assert "已更正" in public
    assert "未发现开展本次抽查涉及的经营活动" in public
    for page in ("/objections", "/objections?state=decided", where, f"/publication/{result_id}", "/publication?state=superseded"):
        assert head.get(page).status_code == 200


@pytest.mark.article("26")
def test_there_is_no_form_before_the_publication_and_none_at_a_guessed_address(cast: Cast, client: FlaskClient) -> None:
    entered_result(cast)
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "<textarea" not in page.text
    assert client.get("/copies/guessed/objection").status_code == 404


@pytest.mark.article("26")
def test_while_an_objection_is_open_no_second_one_is_offered(cast: Cast, client: FlaskClient) -> None:
    typed = {"result": published_result(cast), "applicant_name": "李某", "grounds": "记录当时已补齐"}
    assert "<textarea" in client.get(ADDRESS).text
    assert client.post(ADDRESS, data=typed).status_code == 303
    page = client.get(ADDRESS).text
    assert ["<textarea" in page, "正在处理中，答复之前不必重复提交" in page] == [False, True]
    assert client.post(ADDRESS, data=typed).status_code == 409


def test_one_address_files_five_times_an_hour(cast: Cast, client: FlaskClient) -> None:
    published_result(cast)
    answers = [client.post(ADDRESS, data={"result": "x"}).status_code for _ in range(6)]
    assert answers == [422] * 5 + [429]


@pytest.mark.article("26")
def test_an_officer_takes_in_a_paper(cast: Cast, client_of: Client) -> None:
    result_id = published_result(cast)
    officer = client_of(cast.officer)
    assert officer.get(f"/objections/new?result={result_id}").status_code == 200
    typed = {"result": result_id, "received_on": "2026-11-25", "applicant_name": "李某", "grounds": "不符"}
    refused = officer.post("/objections", data=typed)
    assert refused.status_code == 422
    assert "收到日期不能晚于今天" in refused.text
    assert officer.post("/objections", data={**typed, "received_on": "2026-11-24"}).status_code == 303
    assert client_of(cast.other_officer).post("/objections", data=typed).status_code == 404
