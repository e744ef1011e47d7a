"""A record that was written on paper: photographed, entered, signed on its sheets, closed; every number used or void."""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import queries
from fieldapp.oversight import queries as oversight
from fieldapp.oversight.rules import DeadlineKind
from fieldapp.sync.models import Op
from fieldapp.visits import actions as visits
from fieldapp.visits.models import Visit
from tests.evidence.pictures import picture
from tests.fieldwork.scene import Scene
from tests.people import Cast, Player

Client = Callable[[Player], FlaskClient]
EVENING = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
PERIOD = {"start": "2026-11-24T10:00", "end": "2026-11-24T11:30", "reason": "手机没电"}


def photograph(browser: FlaskClient, address: str, *pages: int) -> None:
    for page in pages:
        photo = BytesIO(picture("PNG", (60, 60 + page)))
        sent = browser.post(f"{address}/sheets", data={"page": page, "photo": (photo, "表.png")})
        assert sent.status_code == 303


def filled(scene: Scene, cast: Cast) -> dict[str, Any]:
    team = [str(cast.inspector_a.id), str(cast.inspector_b.id)]
    answers = {f"{line}.answer": "compliant" for line in scene.lines}
    return {"arrival_place": "东门", "present": team, "shown": team, "notice": "signed", "notice_name": "李某",
            "notice_capacity": "person_in_charge", "recusal": "no", **answers, f"{scene.part}.category": "no_problem",
            f"{scene.part}.opinion": "true", f"{scene.part}.name": "李某", f"{scene.part}.capacity": "person_in_charge"}


def signatures(scene: Scene, cast: Cast) -> dict[str, Any]:
    return {f"{scene.part}.signing": "signed", f"{scene.part}.signer": "李某", f"{scene.part}.as": "person_in_charge",
            f"{scene.part}.signers": [str(cast.inspector_a.id), str(cast.inspector_b.id)]}


@pytest.fixture
def paper(scene: Scene, cast: Cast, client_of: Client) -> tuple[FlaskClient, str]:
    """The set is printed; in the evening it lies on the desk, and the phone is dead."""
    browser = client_of(cast.inspector_a)
    browser.post(f"/visits/{scene.visit}/paper")
    clock.set_source(lambda: EVENING)
    return browser, f"/field/paper/{scene.visit}"


@pytest.mark.article("24", "25")
def test_what_was_closed_from_paper_and_returned_is_closed_from_paper_again(
        paper: tuple[FlaskClient, str], scene: Scene, cast: Cast) -> None:
    browser, address = paper
    browser.post(f"{address}/period", data=PERIOD)
    photograph(browser, address, 2, 4)
    far_too_long = filled(scene, cast) | {f"{scene.part}.words": "长" * 2001}
    assert browser.post(f"{address}/values", data=far_too_long).status_code == 422
    browser.post(f"{address}/values", data=filled(scene, cast))
    browser.post(f"{address}/signatures", data=signatures(scene, cast))
    for _time in range(2):
        assert browser.post(f"{address}/closing").status_code == 303
        with db.transaction(write=True):
            assert db.session.get_one(Visit, scene.visit).state == "closed"
            visits.return_part(scene.part, [("", "请核对第 2 项")], by=cast.head.officer)


@pytest.mark.article("23", "24")
def test_a_record_is_closed_and_reviewed_from_paper_alone(paper: tuple[FlaskClient, str], scene: Scene, cast: Cast) -> None:
    browser, address = paper
    assert browser.post(f"{address}/period", data=PERIOD).status_code == 303
    early = browser.post(f"{address}/values", data=filled(scene, cast))
    assert (early.status_code, "请先拍照上传写有签名的那一页（第 2 页）" in early.text) == (422, True)
    photograph(browser, address, 2, 3, 4, 4)
    assert browser.post(f"{address}/values", data=filled(scene, cast)).status_code == 303
    open_yet = browser.post(f"{address}/closing")
    assert (open_yet.status_code, "被检查单位还没有" in open_yet.text) == (422, True)
    assert browser.post(f"{address}/signatures", data=signatures(scene, cast)).status_code == 303
    assert browser.post(f"{address}/closing").status_code == 303
    with db.transaction(write=False):
        visit, record = db.session.get_one(Visit, scene.visit), queries.record(scene.part)
        assert (visit.state, visit.started_at, visit.closed_at) == (
            "closed", datetime(2026, 11, 24, 2, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 30, tzinfo=UTC))
        assert record.is_signed
        assert all(one.fits and one.sheet and one.sheet.number.endswith("号-4") for one in record.signatures)
        assert [one.confirmed_by for one in record.presence] == ["paper", "paper"]
        assert [gap.code for gap in record.gaps] == ["fieldwork.backfilled", "fieldwork.paper_open"]
        assert [sheet.state for sheet in record.paper.sheets] == ["open", "used", "used", "used"]
        assert db.session.query(Original).count() == 3
        assert db.session.query(Op).filter(Op.device.startswith("paper-")).count() == 22


def test_every_number_ends_as_used_or_void_and_none_is_voided_twice(
        paper: tuple[FlaskClient, str], scene: Scene, client_of: Client, cast: Cast) -> None:
    browser, address = paper
    photograph(browser, address, 2)
    assert browser.post(f"{address}/voids", data={"page": "2", "void_reason": "没有用"}).status_code == 422
    assert browser.post(f"{address}/voids", data={"page": "1", "void_reason": " "}).status_code == 422
    assert client_of(cast.inspector_b).post(f"{address}/voids", data={"page": "1", "void_reason": "写坏了"}).status_code == 303
    assert browser.post(f"{address}/voids", data={"void_reason": "没有用"}).status_code == 303
    assert browser.post(f"{address}/voids", data={"void_reason": "没有用"}).status_code == 422
    with db.transaction(write=False):
        trail = queries.paper_trail(db.session.get_one(Visit, scene.visit))
        assert [(sheet.number[-2:], str(sheet.state), sheet.void_reason) for sheet in trail.sheets] == [
            ("-1", "void", "写坏了"), ("-2", "used", ""), ("-3", "void", "没有用"), ("-4", "void", "没有用")]
    assert client_of(cast.inspector_c).post(f"{address}/voids", data={"void_reason": "没有用"}).status_code == 404


@pytest.mark.article("24", "28")
def test_a_set_that_does_not_come_back_in_time_is_late_on_today_and_for_oversight(
        paper: tuple[FlaskClient, str], scene: Scene, cast: Cast, client_of: Client) -> None:
    browser, address = paper
    assert "没有交回" not in browser.get("/field/").text
    clock.set_source(lambda: datetime(2026, 11, 27, 2, 0, tzinfo=UTC))
    browser = client_of(cast.inspector_a)
    assert "还有 4 页没有交回或作废，期限 2026年11月26日" in browser.get("/field/").text
    with db.transaction(write=False):
        [due] = [one for one in oversight.deadlines(None) if one.kind is DeadlineKind.PAPER]
        assert (due.days_late(clock.today()), due.thing_id) == (1, scene.visit)
    assert browser.post(f"{address}/period", data=PERIOD).status_code == 303
    assert "纸质表补录逾期：应在 2026-11-26 前" in browser.get(address).text
    with db.transaction(write=False):
        assert "fieldwork.backfilled_late" in [gap.code for gap in queries.record(scene.part).gaps]


@pytest.mark.parametrize("wrong", [
    {"start": "2026-11-24T19:00", "end": "2026-11-24T19:30"}, {"start": "2026-11-24T11:00", "end": "2026-11-24T10:00"},
    {"start": "2020-01-01T10:00"}, {"start": "morgens"}, {"reason": " "}, {"reason": "长" * 2001}])
def test_when_it_happened_is_asked_and_must_be_possible(paper: tuple[FlaskClient, str], wrong: dict[str, str]) -> None:
    browser, address = paper
    assert browser.post(f"{address}/period", data=PERIOD | wrong).status_code == 422
    assert browser.post(f"{address}/values", data={}).status_code == 404
