"""What everybody reads without signing in or script, and what the division and legal affairs do on the pages."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.people import PARTS, Cast, Player
from tests.publication.scene import entered_result, published_result

Client = Callable[[Player], FlaskClient]
NAMES = [name for name, _, _ in PARTS.values()] + ["李某某"]


@pytest.mark.article("25")
def test_a_published_result_is_found_by_name_or_code_without_signing_in(cast: Cast, client: FlaskClient) -> None:
    result_id = published_result(cast)
    for address in ("/public/", "/public/results", "/public/results?q=生物", "/public/results?q=91370102ma3n8k2t1m",
                    "/public/results?category=no_problem", f"/public/results/{result_id}",
                    f"/public/results?division={cast.division}"):
        page = client.get(address)
        assert page.status_code == 200, address
        assert "济南某生物（示例）" in page.text, address
        assert "未发现问题" in page.text, address
    assert "济南某生物（示例）" not in client.get("/public/results?q=%25").text
    assert client.get("/public/results?page=9&category=nonsense&division=x").status_code == 200


@pytest.mark.article("25")
def test_no_public_page_names_a_natural_person_of_ours(cast: Cast, client: FlaskClient) -> None:
    result_id = published_result(cast)
    for address in ("/public/", "/public/results", f"/public/results/{result_id}"):
        text = client.get(address).text
        assert [name for name in NAMES if name in text] == []


@pytest.mark.article("25")
def test_what_is_not_published_is_nowhere_public(cast: Cast, client: FlaskClient) -> None:
    result_id = entered_result(cast)
    assert client.get(f"/public/results/{result_id}").status_code == 404
    for address in ("/public/", "/public/results", "/public/results?q=生物"):
        assert "济南某生物（示例）" not in client.get(address).text


@pytest.mark.article("25")
def test_the_head_publishes_on_the_page_and_the_entity_reads_it_on_its_copy(cast: Cast, client_of: Client,
                                                                           client: FlaskClient) -> None:
    result_id = entered_result(cast)
    head = client_of(cast.head)
    assert "济南某生物（示例）" in head.get("/publication").text
    assert "批准公示" in head.get(f"/publication/{result_id}").text
    assert client_of(cast.officer).post(f"/publication/{result_id}/publication").status_code == 403
    assert client_of(cast.other_head).post(f"/publication/{result_id}/publication").status_code == 404
    assert head.post(f"/publication/{result_id}/publication").status_code == 303
    assert head.post(f"/publication/{result_id}/publication").status_code == 409
    assert f"/public/results/{result_id}" in client.get("/copies/copy-of-the-entity").text


def test_legal_affairs_makes_and_downloads_the_outgoing_file(cast: Cast, client_of: Client) -> None:
    published_result(cast)
    legal = client_of(cast.legal)
    assert legal.post("/publication/outgoing", data={"since": "2030-01-01"}).status_code == 422
    assert legal.post("/publication/outgoing", data={"since": ""}).status_code == 303
    page = legal.get("/publication/outgoing").text
    address = page.split('href="/publication/outgoing/')[1].split(".json")[0]
    assert "raninsCheckResName" in legal.get(f"/publication/outgoing/{address}.json").text
    sheet = legal.get(f"/publication/outgoing/{address}.xlsx")
    assert sheet.data[:2] == b"PK"
    assert "attachment" in sheet.headers["Content-Disposition"]
    assert client_of(cast.head).get("/publication/outgoing").status_code == 403
