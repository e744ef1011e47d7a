"""A disposal case on the pages."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.people import Cast, Player
from tests.publication.scene import published_result
from tests.review.scene import ordered

Client = Callable[[Player], FlaskClient]


@pytest.mark.article("27")
def test_a_case_is_opened_followed_and_closed(cast: Cast, client_of: Client, client: FlaskClient) -> None:
    result_id = published_result(cast, category="rectification_ordered", order="补齐消毒记录", approval=ordered())
    officer = client_of(cast.officer)
    assert "补齐消毒记录" in officer.get(f"/disposals/new?result={result_id}").text
    typed = {"result": result_id, "measure": "order_rectification", "text": "补齐消毒记录", "due_on": ""}
    refused = officer.post("/disposals", data=typed)
    assert refused.status_code == 422
    assert "责令限期改正须写明期限" in refused.text
    opened = officer.post("/disposals", data={**typed, "due_on": "2026-12-20"})
    assert opened.status_code == 303
    where = opened.headers["Location"]
    assert client_of(cast.other_officer).get(where).status_code == 404
    assert "2026年12月20日" in officer.get(f"/disposals?result={result_id}").text
    assert officer.post(f"{where}/closure", data={"outcome": ""}).status_code == 422
    named = "由" + cast.inspector_a.name + "复查"
    kept = officer.post(f"{where}/closure", data={"outcome": named})
    assert (kept.status_code, f"{named}</textarea>" in kept.text) == (422, True)
    assert officer.post(f"{where}/closure", data={"outcome": "复查确认已改正"}).status_code == 303
    assert "复查确认已改正" in client.get(f"/public/results/{result_id}").text
    assert officer.get("/disposals?state=overdue").status_code == 200
