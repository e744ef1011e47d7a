"""The entity signs on its own phone: opened once, read, said to be true or objected to, signed, refused."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.ledger import queries as ledger
from fieldapp.ledger.timeline import timeline
from fieldapp.sync.models import Op, SigningLink
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import view
from tests.fieldwork.scene import NOW, Phone, Scene, as_signed
from tests.people import Cast
from tests.sync.own.phone import NAME, by_finger, offer, open_with, read, said, say_true
from tests.sync.wire import counted, outcomes, send

pytestmark = ON_SQLITE


@pytest.mark.article("23", "24")
def test_the_entity_receives_the_notice_and_signs_the_record_on_its_own_phone(
        opened: FlaskClient, browser: FlaskClient, scene: Scene, phone: Phone) -> None:
    hub = opened.get("/sign/visit")
    assert all(words in said(hub) for words in ("核验通过", "待签收", "待签字", "你单位的权利"))
    notice = {"digest": read(opened.get("/sign/notice")), "recusal": "no", **NAME, **by_finger()}
    assert opened.post("/sign/notice/signature", data=notice).status_code == 303
    digest = say_true(opened, scene)
    assert digest == as_signed(scene)["digest"]
    signed = opened.post(f"/sign/records/{scene.part}/signature", data={"digest": digest, **NAME, **by_finger()})
    assert signed.status_code == 303
    record = view(scene)
    entity = record.entity_signature
    assert (entity.name, entity.fits, entity.is_own_phone) == ("李某", True, True)
    assert [one.fits for one in record.notice_signatures] == [True]
    assert all(words in said(opened.get("/sign/visit")) for words in ("已签收", "已签字"))
    changes = send(browser, phone).get_json()["changes"]
    told = [(one["op"]["k"], one["op"]["p"]) for one in changes if one["op"]]
    assert ("sign", "notice") in told
    assert ("sign", scene.path("record")) in told
    assert set(outcomes()) == {"applied"}
    with db.transaction(write=False):
        verbs = [entry.action for entry, _ in ledger.history(scene.visit)]
    assert verbs.count("sync.link_opened") == 1


@pytest.mark.article("24")
def test_what_the_entity_does_on_its_own_phone_is_entered_as_its_own_deed(
        opened: FlaskClient, browser: FlaskClient, scene: Scene) -> None:
    notice = {"digest": read(opened.get("/sign/notice")), "recusal": "yes", "recusal_reason": "检查人员系竞争对手亲属", **NAME,
              **by_finger()}
    assert opened.post("/sign/notice/signature", data=notice).status_code == 303
    digest = say_true(opened, scene, opinion="objection", words="第 2 项当时有纸质台账。")
    address = f"/sign/records/{scene.part}/signature"
    assert opened.post(address, data={"digest": digest, **NAME, **by_finger()}).status_code == 303
    with db.transaction(write=False):
        told = [(entry.action, entry.actor_id, json.loads(entry.body), json.loads(payload.facts))
                for entry, payload in ledger.history(scene.visit) if payload]
        done = {step.label: (step.by, step.roles) for step in timeline(scene.visit)}
    own = [one for one in told if one[3].get("where") == "外部网页"]
    assert {action for action, *_ in own} >= {"sync.link_opened", "sync.op_received", "fieldwork.notice_signed",
                                             "visits.party_recusal_noted", "fieldwork.record_signed"}
    assert {(actor_id, body["actor"], body["role"], facts["by"]) for _, actor_id, body, facts in own} == {
        (None, "", "", "被检查单位")}
    [(body, facts)] = [(body, facts) for action, _, body, facts in own if action == "fieldwork.record_signed"]
    assert (facts["signer"], NAME["name"] in str(body)) == (NAME["name"], False)
    assert done["签署检查记录"] == ("被检查单位", ())
    history = said(browser.get(f"/field/receipts/{scene.visit}/history"))
    [objection] = [line for line in history.splitlines() if "第 2 项当时有纸质台账。" in line]
    assert ("被检查单位" in objection, "赵检一" in objection) == (True, False)


@pytest.mark.article("24")
def test_an_objection_stands_in_the_record_that_is_signed(opened: FlaskClient, scene: Scene) -> None:
    address = f"/sign/records/{scene.part}"
    bare = {"digest": read(opened.get(address)), "opinion": "objection", **NAME}
    refused = opened.post(f"{address}/opinion", data=bare)
    assert (refused.status_code, "请写明有异议的内容" in said(refused)) == (422, True)
    digest = say_true(opened, scene, opinion="objection", words="第 2 项当时有纸质台账。")
    assert opened.post(f"{address}/signature", data={"digest": digest, **NAME, **by_finger()}).status_code == 303
    record = view(scene)
    assert (record.opinion, record.entity_words, record.is_signed) == ("objection", "第 2 项当时有纸质台账。", True)


@pytest.mark.article("24")
def test_who_refuses_is_heard_and_the_inspectors_still_explain(
        opened: FlaskClient, browser: FlaskClient, scene: Scene, phone: Phone) -> None:
    address = f"/sign/records/{scene.part}/refusal"
    form = {"digest": read(opened.get(address)), "words": "要先问公司法务。"}
    assert opened.post(address, data=form).status_code == 303
    assert not view(scene).is_settled
    assert "您已表示不签字" in said(opened.get("/sign/visit"))
    [told] = [one["op"] for one in send(browser, phone).get_json()["changes"] if one["op"] and one["op"]["k"] == "refuse"]
    assert (told["p"], told["v"]["words"]) == (scene.path("refusal"), "要先问公司法务。")
    value = {"what": "record", "words": told["v"]["words"], "explanation": "宣读后仍不签。", "witness": None,
             **as_signed(scene)}
    assert send(browser, phone, phone.op("refuse", scene.path("record"), value)).status_code == 200
    assert [(one.words, one.explanation) for one in view(scene).refusals] == [("要先问公司法务。", "宣读后仍不签。")]


@pytest.mark.article("24")
def test_what_has_changed_since_it_was_read_is_shown_again_and_not_signed(
        opened: FlaskClient, browser: FlaskClient, scene: Scene, phone: Phone) -> None:
    digest = say_true(opened, scene)
    assert send(browser, phone, phone.set(scene.path("conclusion/text"), "另查明一处。")).status_code == 200
    address = f"/sign/records/{scene.part}/signature"
    again = opened.post(address, data={"digest": digest, **NAME, **by_finger()})
    assert (again.status_code, "在您阅读之后有改动" in said(again), "另查明一处。" in said(again)) == (409, True, True)
    assert not view(scene).is_signed
    assert read(again) == as_signed(scene)["digest"] != digest
    assert opened.post(address, data={"digest": read(again), **NAME, **by_finger()}).status_code == 303
    assert view(scene).is_signed
    twice = opened.post(address, data={"digest": read(again), **NAME, **by_finger()})
    assert (twice.status_code, "已经签过字" in said(twice)) == (409, True)


@pytest.mark.article("24")
def test_who_cannot_draw_signs_by_name_and_the_code_that_was_told(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    offered = offer(browser, scene)
    assert open_with(entity, offered).status_code == 303
    digest, address = say_true(entity, scene), f"/sign/records/{scene.part}/signature"
    wrong = str((int(offered["code"]) + 1) % 1_000_000).zfill(6)
    for form, status in (({}, 422), ({"way": "typed"}, 422), ({"way": "typed", "code": wrong}, 422),
                         ({"way": "typed", "code": offered["code"]}, 303)):
        assert entity.post(address, data={"digest": digest, **NAME, **form}).status_code == status
    assert view(scene).is_signed


def test_an_unfinished_record_cannot_be_signed(browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    phone = Phone(scene, cast.inspector_a)
    send(browser, phone, phone.here(), phone.here(by=cast.inspector_b), phone.set(scene.check(1), "compliant"))
    assert open_with(entity, offer(browser, scene)).status_code == 303
    page = entity.get(f"/sign/records/{scene.part}")
    assert "还在填写这份记录" in said(page)
    form = {"digest": as_signed(scene)["digest"], "opinion": "true", **NAME}
    assert entity.post(f"/sign/records/{scene.part}/opinion", data=form).status_code == 409


@pytest.mark.article("24")
def test_a_hundred_previews_consume_nothing(phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    offered = offer(browser, scene)
    assert "?" not in offered["address"]
    for _ in range(50):
        assert entity.get("/sign").status_code == 200
        assert entity.head("/sign").status_code == 200
    assert open_with(entity, offered).status_code == 303


@pytest.mark.article("24")
def test_a_link_opens_once_within_its_half_hour_and_with_its_code(
        phone: Phone, browser: FlaskClient, stranger: Callable[[], FlaskClient], scene: Scene) -> None:
    offered = offer(browser, scene)
    first, second = stranger(), stranger()
    wrong = open_with(first, offered, "000000" if offered["code"] != "000000" else "000001")
    assert (wrong.status_code, "还可以试 4 次" in said(wrong), offered["secret"] in wrong.text) == (422, True, True)
    assert open_with(first, offered).status_code == 303
    late = open_with(second, offered)
    assert (late.status_code, "这个链接打不开" in said(late), offered["secret"] in late.text) == (409, True, False)
    assert second.get("/sign/visit").status_code == 303
    clock.set_source(lambda: NOW + timedelta(minutes=31))
    assert first.get("/sign/visit").headers["Location"].endswith("/sign")
    too_late = first.post("/sign/notice/signature", data={})
    assert (too_late.status_code, "刚才没有签任何字" in said(too_late)) == (409, True)


@pytest.mark.article("24")
@pytest.mark.parametrize("address", ["http://localhost", "https://kjt.example"])
def test_the_sessions_cookie_goes_by_tls_alone_where_the_public_address_does(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, app: Flask, address: str) -> None:
    offered = offer(browser, scene)
    app.config["PUBLIC_URL"] = address
    [cookie] = [one for one in open_with(entity, offered).headers.getlist("Set-Cookie") if one.startswith("signing=")]
    assert ("Secure" in cookie) == address.startswith("https://")


@pytest.mark.article("24")
def test_five_wrong_codes_end_the_link_and_a_new_one_ends_the_old(
        phone: Phone, browser: FlaskClient, stranger: Callable[[], FlaskClient], scene: Scene) -> None:
    offered = offer(browser, scene)
    wrong = "000000" if offered["code"] != "000000" else "000001"
    assert [open_with(stranger(), offered, wrong).status_code for _ in range(5)] == [422] * 4 + [409]
    assert open_with(stranger(), offered).status_code == 409
    older = offer(browser, scene)
    holder = stranger()
    assert open_with(holder, older).status_code == 303
    assert holder.get("/sign/visit").status_code == 200
    offer(browser, scene)
    assert holder.get("/sign/visit").status_code == 303


@pytest.mark.article("24")
def test_a_link_that_has_a_code_does_not_open_without_it_where_served_links_do(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    offered = offer(browser, scene)
    assert entity.post("/sign/served", data={"secret": offered["secret"]}).status_code == 409
    assert entity.get("/sign/visit").status_code == 303
    assert open_with(entity, offered).status_code == 303


@pytest.mark.article("16", "24")
def test_only_the_team_offers_a_link_and_only_while_two_are_there(
        browser: FlaskClient, scene: Scene, cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    address = f"/field/visits/{scene.visit}/signing-links"
    assert browser.post(address, json={}).status_code == 409
    phone = Phone(scene, cast.inspector_a)
    send(browser, phone, phone.here())
    assert browser.post(address, json={}).get_json()["error"] == "sync.link_too_few_present"
    assert client_of(cast.officer).post(address, json={}).status_code == 403
    assert counted(SigningLink) == 0


def test_what_is_signed_elsewhere_reaches_nothing_of_another_visit(opened: FlaskClient, scene: Scene) -> None:
    other = str(scene.part)[:-1] + ("0" if str(scene.part)[-1] != "0" else "1")
    before = counted(Op)
    assert opened.get(f"/sign/records/{other}").status_code == 404
    assert opened.post(f"/sign/records/{other}/signature", data={"digest": "0" * 64}).status_code == 404
    assert counted(Op) == before
