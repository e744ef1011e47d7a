"""A written or an online inspection: the record is served by a link that needs no code, and answered until its day."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.ledger import queries as ledger
from fieldapp.sync.models import LinkOpening, Op
from fieldapp.visits.models import LeaderAppointment, TeamMember, Visit
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import state, view
from tests.fieldwork.scene import Phone, Scene, as_signed, visit_digest
from tests.people import Cast
from tests.sync.own.phone import NAME, by_finger, offer, read, said, say_true
from tests.sync.wire import JSON, counted, outcomes, send

pytestmark = [ON_SQLITE, pytest.mark.article("22", "24")]
UNTIL = "2026-11-30"
LAST_MINUTE, OVER = datetime(2026, 11, 30, 15, 59, tzinfo=UTC), datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
SILENT = {"what": "record", "words": "", "explanation": "期限内没有答复。", "witness": None, "cause": "silent"}


@pytest.fixture(params=["online"])
def phone(request: pytest.FixtureRequest, browser: FlaskClient, scene: Scene, cast: Cast) -> Phone:
    """The record of a visit to which nobody goes: every line answered, a category proposed."""
    with db.transaction(write=True):
        db.session.get_one(Visit, scene.visit).method = request.param
    phone = Phone(scene, cast.inspector_a)
    sent = send(browser, phone, *(phone.set(scene.check(number), "compliant") for number in (1, 2, 3)),
                phone.set(scene.path("conclusion/category"), "no_problem"))
    assert sent.status_code == 200
    return phone


def serve(browser: FlaskClient, phone: Phone, scene: Scene, until: str = UNTIL) -> str:
    """The record waits until that day; gives the secret of the link that is sent to the entity."""
    value = {"what": "served", "until": until, "reason": "短信发给李某", **as_signed(scene)}
    assert send(browser, phone, phone.op("issue", f"awaiting/{scene.part}", value)).status_code == 200
    offered = offer(browser, scene)
    assert (offered["code"], "/sign/served#" in offered["address"]) == ("", True)
    return str(offered["secret"])


def opened(entity: FlaskClient, secret: str) -> FlaskClient:
    assert entity.post("/sign/served", data={"secret": secret}).status_code == 303
    return entity


def close(browser: FlaskClient, phone: Phone, scene: Scene, cast: Cast) -> str:
    """Both inspectors sign what stands there now, and close; gives the state of the visit."""
    said = as_signed(scene)
    send(browser, phone, phone.sign_as(cast.inspector_a, **said), phone.sign_as(cast.inspector_b, **said),
         phone.op("close", "visit", {"digest": visit_digest(scene, said["digest"])}))
    return state(scene)


@pytest.mark.parametrize("phone", ["written", "online"], indirect=True)
def test_the_entity_signs_by_its_served_link_and_only_then_the_visit_closes(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    opened(entity, serve(browser, phone, scene))
    hub = said(entity.get("/sign/visit"))
    assert [words for words in ("核验通过", "待签收", "待签字", "你单位的权利", view(scene).code) if words not in hub] == []
    assert close(browser, phone, scene, cast) == "paused"
    assert outcomes()[-1] == "attention:fieldwork.entity_signature_missing"
    digest = say_true(entity, scene)
    assert digest == as_signed(scene)["digest"]
    address = f"/sign/records/{scene.part}/signature"
    unsigned = entity.post(address, data={"digest": digest, **NAME})
    assert (unsigned.status_code, "选择以填写的姓名签认" in said(unsigned), "现场码" in said(unsigned)) == (422, True, False)
    assert entity.post(address, data={"digest": digest, **NAME, **by_finger()}).status_code == 303
    told = [one["op"]["p"] for one in send(browser, phone).get_json()["changes"] if one["op"] and one["op"]["k"] == "sign"]
    assert scene.path("record") in told
    signature = view(scene).entity_signature
    assert signature is not None
    assert (signature.name, signature.fits, signature.is_own_phone) == ("李某", True, True)
    assert close(browser, phone, scene, cast) == "closed"
    with db.transaction(write=False):
        verbs = [entry.action for entry, _ in ledger.history(scene.visit)]
    assert (verbs.count("sync.link_served"), verbs.count("sync.link_opened")) == (1, 1)


def test_through_a_served_link_the_typed_name_is_enough(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    opened(entity, serve(browser, phone, scene))
    digest = say_true(entity, scene, opinion="objection", words="第 2 项另有台账。")
    address = f"/sign/records/{scene.part}/signature"
    assert 'name="code"' not in entity.get(address).text
    assert entity.post(address, data={"digest": digest, **NAME, "way": "typed"}).status_code == 303
    record = view(scene)
    assert (record.opinion, record.entity_words, record.is_signed) == ("objection", "第 2 项另有台账。", True)


def test_a_served_link_opens_as_often_as_it_is_asked_until_the_end_of_its_day_and_looking_consumes_nothing(
        phone: Phone, browser: FlaskClient, stranger: Callable[[], FlaskClient], scene: Scene) -> None:
    secret = serve(browser, phone, scene)
    looking = stranger()
    for _ in range(5):
        assert looking.get("/sign/served").status_code == 200
    assert counted(LinkOpening) == 0
    first, second = opened(stranger(), secret), opened(stranger(), secret)
    clock.set_source(lambda: LAST_MINUTE)
    assert [one.get("/sign/visit").status_code for one in (first, second, opened(stranger(), secret))] == [200] * 3
    clock.set_source(lambda: OVER)
    assert first.get("/sign/visit").headers["Location"].endswith("/sign")
    late = stranger().post("/sign/served", data={"secret": secret})
    assert (late.status_code, "这个链接打不开" in said(late), counted(LinkOpening)) == (409, True, 3)


def test_a_new_served_link_ends_the_old_and_neither_door_opens_for_the_other_ones_link(
        phone: Phone, browser: FlaskClient, stranger: Callable[[], FlaskClient], scene: Scene) -> None:
    older = serve(browser, phone, scene)
    holder = opened(stranger(), older)
    secret = str(offer(browser, scene)["secret"])
    assert holder.get("/sign/visit").status_code == 303
    assert stranger().post("/sign/served", data={"secret": older}).status_code == 409
    assert stranger().post("/sign", data={"secret": secret, "code": ""}).status_code == 409
    assert opened(stranger(), secret).get("/sign/visit").status_code == 200


def test_nothing_is_served_before_a_record_waits_for_its_signature_and_by_nobody_else(
        phone: Phone, browser: FlaskClient, scene: Scene, cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    address = f"/field/visits/{scene.visit}/signing-links"
    assert browser.post(address, json={}, headers=JSON).get_json()["error"] == "sync.nothing_served"
    serve(browser, phone, scene)
    assert client_of(cast.officer).post(address, json={}).status_code == 403
    clock.set_source(lambda: OVER)
    assert browser.post(address, json={}, headers=JSON).get_json()["error"] == "sync.nothing_served"


def test_who_refuses_through_the_link_is_heard_and_the_inspectors_explain_before_the_day_is_over(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    opened(entity, serve(browser, phone, scene))
    address = f"/sign/records/{scene.part}/refusal"
    form = {"digest": read(entity.get(address)), "words": "要先问公司法务。"}
    assert entity.post(address, data=form).status_code == 303
    assert close(browser, phone, scene, cast) == "paused"
    value = {**SILENT, "cause": "refused", "explanation": "其在链接中表示不签。", **as_signed(scene)}
    assert send(browser, phone, phone.op("refuse", scene.path("record"), value)).status_code == 200
    assert view(scene).is_settled
    assert close(browser, phone, scene, cast) == "closed"


def test_silence_is_noted_only_when_the_day_of_the_served_record_is_over(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    def note(**more: str) -> str:
        value = {**SILENT, **as_signed(scene), **more}
        send(browser, phone, phone.op("refuse", scene.path("record"), value))
        return outcomes()[-1]

    assert [note(), note(words="电话中说不签", cause="refused")] == ["attention:fieldwork.record_not_served"] * 2
    assert not view(scene).is_settled
    serve(browser, phone, scene)
    clock.set_source(lambda: LAST_MINUTE)
    assert (note(), view(scene).is_settled) == ("attention:fieldwork.answer_not_due", False)
    clock.set_source(lambda: OVER)
    assert close(browser, phone, scene, cast) == "paused"
    assert (note(), view(scene).is_settled) == ("applied", True)
    assert close(browser, phone, scene, cast) == "closed"


def test_a_refusal_that_came_another_way_stands_with_the_entitys_words(
        phone: Phone, browser: FlaskClient, scene: Scene) -> None:
    serve(browser, phone, scene)
    value = {**SILENT, "cause": "refused", "words": "来函表示不签。", **as_signed(scene)}
    send(browser, phone, phone.op("refuse", scene.path("record"), value))
    assert (outcomes()[-1], view(scene).is_settled) == ("applied", True)


def test_a_record_that_was_not_served_is_not_signed_by_the_link_of_another(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    opened(entity, serve(browser, phone, scene))
    with db.transaction(write=True):
        db.session.get_one(Visit, scene.visit).visit_tasks[0].awaiting_until = None
    page = entity.get(f"/sign/records/{scene.part}")
    assert "还在填写这份记录" in said(page)
    form = {"digest": as_signed(scene)["digest"], "opinion": "true", **NAME}
    assert entity.post(f"/sign/records/{scene.part}/opinion", data=form).status_code == 409


@pytest.mark.article("16")
@pytest.mark.edge("E14")
def test_while_nobody_leads_nothing_that_the_entity_signs_is_kept_to_enter_later(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene) -> None:
    opened(entity, serve(browser, phone, scene))
    digest, before = say_true(entity, scene), counted(Op)
    with db.transaction(write=True):
        for row in db.session.query(LeaderAppointment):
            row.ended_at = clock.now()
    page = entity.post(f"/sign/records/{scene.part}/signature", data={"digest": digest, **NAME, **by_finger()})
    assert (page.status_code, "尚未确定组长" in said(page), counted(Op)) == (422, True, before)
    offered = browser.post(f"/field/visits/{scene.visit}/signing-links", json={}, headers=JSON)
    assert offered.get_json()["error"] == "visits.no_leader"


def test_a_served_link_opens_no_more_once_who_served_it_has_left_the_team(
        phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> None:
    secret = serve(browser, phone, scene)
    with db.transaction(write=True):
        [seat] = db.session.query(TeamMember).filter_by(visit_id=scene.visit, inspector_id=cast.inspector_a.inspector_id)
        seat.left_at = clock.now()
    page = entity.post("/sign/served", data={"secret": secret})
    assert (page.status_code, "这个链接打不开" in said(page), counted(LinkOpening)) == (409, True, 0)


def test_the_cookie_of_a_served_link_ends_with_it_and_a_day_opens_it_twenty_times(
        phone: Phone, browser: FlaskClient, stranger: Callable[[], FlaskClient], scene: Scene) -> None:
    secret, anybody = serve(browser, phone, scene), stranger()
    answers = [anybody.post("/sign/served", data={"secret": secret}) for _ in range(21)]
    assert [answer.status_code for answer in answers] == [303] * 20 + [429]
    left = int((LAST_MINUTE - clock.now()).total_seconds()) + 59
    assert f"Max-Age={left};" in answers[0].headers["Set-Cookie"]
