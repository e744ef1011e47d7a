"""What happens while the entity holds its phone: the visit ends, a colleague leaves, what was said does not enter the record."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db, fieldwork
from fieldapp.ledger import queries as ledger
from fieldapp.sync.models import Op, SigningLink
from fieldapp.visits.models import TeamMember, Visit
from fieldapp.web.limits import RateBucket
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import view
from tests.fieldwork.scene import Phone, Scene, as_signed
from tests.people import Cast
from tests.sync.own.phone import NAME, by_finger, offer, open_with, said, say_true
from tests.sync.wire import JSON, counted, send

pytestmark = [ON_SQLITE, pytest.mark.article("24")]


def signature_of(scene: Scene) -> str:
    return f"/sign/records/{scene.part}/signature"


def test_nobody_signs_without_an_opinion_and_whoever_gave_it_signs(opened: FlaskClient, scene: Scene) -> None:
    early = opened.post(signature_of(scene), data={"digest": as_signed(scene)["digest"], **NAME, **by_finger()})
    assert (early.status_code, "“属实”或“有异议”" in said(early), view(scene).is_signed) == (409, True, False)
    digest = say_true(opened, scene)
    other = {"digest": digest, "name": "冒名（示例）", "capacity": "legal_representative", **by_finger()}
    assert opened.post(signature_of(scene), data=other).status_code == 303
    entity = view(scene).entity_signature
    assert (entity.name, entity.capacity) == (NAME["name"], NAME["capacity"])


@pytest.mark.parametrize("state", ["closed", "cancelled", "slot_agreed"])
def test_a_link_ends_with_the_visit_that_it_was_offered_for(opened: FlaskClient, scene: Scene, state: str) -> None:
    digest = say_true(opened, scene)
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, scene.visit)
        visit.state, visit.notice_id = state, None
    before = counted(Op)
    for address in ("/sign/visit", "/sign/notice", "/sign/notice/refusal", f"/sign/records/{scene.part}"):
        page = opened.get(address)
        assert (page.status_code, "这个链接不再有效" in said(page)) == (409, True)
    for address in (signature_of(scene), "/sign/notice/signature", "/sign/notice/refusal"):
        page = opened.post(address, data={"digest": digest, **NAME, **by_finger()})
        assert (page.status_code, "没有签任何字" in said(page)) == (409, True)
    assert counted(Op) == before


@pytest.mark.parametrize("says_phone", [True, False])
def test_a_link_ends_with_the_phone_that_offered_it(
        phone: Phone, browser: FlaskClient, stranger: Callable[[], FlaskClient], scene: Scene, cast: Cast, says_phone: bool,
) -> None:
    offered = offer(browser, scene, phone.device if says_phone else None)
    holder, late = stranger(), stranger()
    assert open_with(holder, offered).status_code == 303
    assert browser.post(f"/field/devices/{phone.device}/revocation", data={"reason": "丢失"}).status_code == 303
    assert holder.get("/sign/visit").status_code == 303
    assert open_with(late, offered).status_code == 409
    again = browser.post(f"/field/visits/{scene.visit}/signing-links", json={"dev": phone.device}, headers=JSON)
    assert (again.status_code, again.get_json()["error"]) == (403, "sync.device_revoked")
    with db.transaction(write=False):
        [link] = db.session.query(SigningLink)
        said_of = [(entry.action, entry.actor_id) for entry, _ in ledger.history(scene.visit) if entry.thing_id == link.id]
        assert said_of[-1] == ("sync.link_ended", cast.inspector_a.id)


@pytest.mark.article("18", "24")
def test_a_link_is_not_used_up_while_who_offered_it_is_out_of_the_team(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    offered, seat = offer(browser, scene), cast.inspector_a.inspector_id
    leave(scene, seat, is_out=True)
    for code in (offered["code"], "000000" if offered["code"] != "000000" else "000001"):
        tried = open_with(entity, offered, code)
        assert (tried.status_code, "已不在检查组" in said(tried)) == (409, True)
    with db.transaction(write=False):
        [link] = db.session.query(SigningLink)
        assert (link.opened_at, link.session_sha256, link.wrong_codes) == (None, None, 0)
    leave(scene, seat, is_out=False)
    assert open_with(entity, offered).status_code == 303
    digest, before = say_true(entity, scene), counted(Op)
    leave(scene, seat, is_out=True)
    late = entity.post(signature_of(scene), data={"digest": digest, **NAME, **by_finger()})
    assert (late.status_code, "刚才没有签任何字" in said(late), counted(Op)) == (409, True, before)


def leave(scene: Scene, inspector_id: object, *, is_out: bool) -> None:
    """Who offered the link leaves the team, or has been put back."""
    with db.transaction(write=True):
        [seat] = db.session.query(TeamMember).filter_by(visit_id=scene.visit, inspector_id=inspector_id)
        seat.left_at = clock.now() if is_out else None


def test_a_link_of_another_phone_stays(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    old = Phone(scene, cast.inspector_a)
    send(browser, old, old.set("arrival/reason", "x"))
    offered = offer(browser, scene, phone.device)
    assert browser.post(f"/field/devices/{old.device}/revocation", data={"reason": "换新手机"}).status_code == 303
    assert open_with(entity, offered).status_code == 303


def test_what_did_not_enter_the_record_is_not_said_to_be_signed(
        opened: FlaskClient, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = say_true(opened, scene)

    def fails(_op: Any) -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(fieldwork.actions, "apply", fails)
    page = opened.post(signature_of(scene), data={"digest": digest, **NAME, **by_finger()})
    assert (page.status_code, "没有能记入" in said(page)) == (409, True)
    assert not view(scene).is_signed


def test_nothing_is_signed_while_one_of_two_has_taken_back_that_he_is_there(
        opened: FlaskClient, browser: FlaskClient, scene: Scene, phone: Phone, cast: Cast) -> None:
    digest = say_true(opened, scene)
    gone = phone.op("void", f"present/{cast.inspector_b.id}", {"reason": "误点"}, by=cast.inspector_b)
    assert send(browser, phone, gone).status_code == 200
    page = opened.post(signature_of(scene), data={"digest": digest, **NAME, **by_finger()})
    assert (page.status_code, "到场确认的持证人员不足两人" in said(page), view(scene).is_signed) == (409, True, False)


def test_cookies_of_nobody_count_for_their_address_and_leave_no_rows(stranger: Callable[[], FlaskClient]) -> None:
    entity = stranger()
    answers = []
    for number in range(42):
        entity.set_cookie("signing", f"made-up-{number}", path="/sign")
        answers.append(entity.post("/sign/notice/signature", data={}).status_code)
    assert (set(answers[:40]), set(answers[40:])) == ({409}, {429})
    with db.transaction(write=False):
        keys = db.session.scalars(sa.select(RateBucket.key).where(RateBucket.key.startswith("sign-say"))).all()
    assert len(keys) == 2


def test_strokes_nested_too_deeply_are_none(opened: FlaskClient, scene: Scene) -> None:
    page = opened.post(signature_of(scene), data={"digest": say_true(opened, scene), **NAME, "strokes": "[" * 59_000})
    assert (page.status_code, "请用手指签名" in said(page)) == (422, True)
