"""Around the signature: recusal, letters, reading aloud, waiting for a seal, dissent, who does not sign, order numbers."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

import fieldapp.evidence.jobs  # noqa: F401 - what is freed after an original is stored
from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.documents.models import Document
from fieldapp.evidence import actions as evidence
from fieldapp.fieldwork import actions, queries
from fieldapp.ledger import queries as ledger
from fieldapp.oversight import queries as oversight
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as visit_queries
from fieldapp.visits.models import Visit, VisitAssistant, VisitTask
from tests.fieldwork.applying import both_here, enter, fill, sign_all, state, view
from tests.fieldwork.scene import NOW, STROKES, Phone, Scene, photo, record_digest, signature, visit_digest
from tests.people import Cast

REFUSAL = {"what": "record", "words": "", "explanation": "印章始终没有送来", "witness": None}


def gaps(scene: Scene) -> set[str]:
    return {gap.code for gap in view(scene).gaps}


def filled(scene: Scene, cast: Cast) -> Phone:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    return one


def signed(scene: Scene, phone: Phone, **more: Any) -> list[str]:
    value = signature("entity", "李某", record_digest(scene), **more)
    return enter(phone.op("sign", scene.path("record"), value))


def awaited(scene: Scene, phone: Phone, until: str = "2026-11-27") -> list[str]:
    value = {"what": "seal", "until": until, "reason": "公章在总部", "digest": record_digest(scene)}
    return enter(phone.op("issue", f"awaiting/{scene.part}", value))


def stored_picture(cast: Cast) -> dict[str, Any]:
    """The value of a photo whose original is here."""
    buffer = BytesIO()
    Image.new("RGB", (8, 8), "white").save(buffer, "JPEG")
    value, chunks = photo(buffer.getvalue())
    for name, part in chunks.items():
        evidence.hold_chunk(name, part)
    with db.transaction(write=True):
        evidence.assemble(value["capture_hash"], value["chunks"], value["size"], by=cast.inspector_a.officer)
    return value


# --- the notice -------------------------------------------------------------------------------------------------------


@pytest.mark.article("17", "23")
def test_a_partys_application_for_recusal_stands_in_the_record_and_stops_nothing(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    notice = signature("entity", "李某", scene.notice_hash)
    assert enter(one.op("sign", "notice", notice)) == ["applied"]
    assert "fieldwork.recusal_not_asked" in gaps(scene)
    assert enter(one.set("notice/recusal", "yes"), one.set("notice/recusal_reason", "赵检一是竞争对手的亲属")) == ["applied"] * 2
    assert enter(one.set("notice/recusal", "perhaps")) == ["attention:fieldwork.bad_value"]
    assert enter(one.set(scene.check(1), "compliant")) == ["applied"]
    record = view(scene)
    assert (record.recusal, record.recusal_reason) == ("yes", "赵检一是竞争对手的亲属")
    [gap] = [gap for gap in record.gaps if gap.code == "fieldwork.recusal_asked"]
    assert gap.facts["reason"] == "赵检一是竞争对手的亲属"


# --- who signs --------------------------------------------------------------------------------------------------------


@pytest.mark.article("24")
def test_a_signer_without_a_letter_is_let_sign_and_the_letter_may_follow(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    assert signed(scene, one, capacity="site_manager") == ["applied"]
    assert "fieldwork.letter_to_follow" in gaps(scene)
    before = record_digest(scene)
    letter = one.op("add", f"letter/{scene.part}/{scene.lines[0]}", stored_picture(cast))
    assert enter(letter) == ["applied"]
    record = view(scene)
    assert (len(record.letters), record.digest, record.addenda) == (1, before, [])
    assert "fieldwork.letter_to_follow" not in {gap.code for gap in record.gaps}
    assert enter(one.sign_as(cast.inspector_a, before), one.sign_as(cast.inspector_b, before),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 3
    later = one.op("add", f"letter/{scene.part}/{scene.lines[1]}", letter["v"])
    assert enter(later) == ["applied"]
    assert len(view(scene).letters) == 2


@pytest.mark.article("24")
def test_who_cannot_read_is_read_to_and_a_witness_stands_by(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    assert signed(scene, one, read_aloud=True, capacity="person_in_charge") == ["applied"]
    assert "fieldwork.read_aloud_unwitnessed" in gaps(scene)
    witness = {"name": "王某", "unit": "物业", "telephone": "", "strokes": STROKES}
    assert signed(scene, one, read_aloud=True, witness=witness) == ["applied"]
    assert "fieldwork.read_aloud_unwitnessed" not in gaps(scene)
    entity = view(scene).entity_signature
    assert entity is not None
    assert (entity.is_read_aloud, entity.witness) == (True, witness)
    assert signed(scene, one, read_aloud="yes") == ["attention:fieldwork.bad_value"]


@pytest.mark.article("24")
def test_a_typed_name_is_a_signature_on_the_entitys_own_phone_alone(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    typed, empty = {"strokes": [], "typed": True}, "attention:fieldwork.signature_empty"
    notice = signature("entity", "李某", scene.notice_hash, **typed)
    own = signature("inspector", cast.inspector_a.name, record_digest(scene), **typed)
    assert signed(scene, one, **typed) == enter(one.op("sign", "notice", notice)) == [empty]
    place = scene.path(f"record/inspector/{cast.inspector_a.id}")
    assert enter(one.op("sign", place, own), one.op("sign", place, own | {"own_phone": True})) == [empty] * 2
    assert signed(scene, one, **typed, own_phone=True) == ["applied"]


@pytest.mark.article("19", "24")
@pytest.mark.parametrize("witness", [{"name": "周 检测"}, {"name": "孙某", "unit": "示例检测有限公司 二部"}, {"name": "吴专家"}])
def test_who_assists_the_inspectors_is_no_witness(scene: Scene, cast: Cast, witness: dict[str, str]) -> None:
    with db.transaction(write=True):
        for kind, name, people in (("agency", "示例检测有限公司", "周检测、郑检测"), ("expert", "吴专家", "")):
            db.session.add(VisitAssistant(visit_id=scene.visit, kind=kind, name=name, people=people, is_on_site=True,
                                          due_on=NOW.date()))
    one = filled(scene, cast)
    refused = {**REFUSAL, "digest": record_digest(scene), "witness": witness}
    assert enter(one.op("refuse", scene.path("record"), refused)) == ["attention:fieldwork.witness_assists"]


@pytest.mark.parametrize("witness", [{"name": " 钱 检二"}, {"name": "别名", "telephone": "+86 138-0000-0001"}])
def test_a_member_is_no_witness_whatever_name_is_given(scene: Scene, cast: Cast, witness: dict[str, str]) -> None:
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, scene.visit)
        queries.team(visit)[cast.inspector_b.id].person.telephone = "13800000001"
    one = filled(scene, cast)
    refused = {**REFUSAL, "digest": record_digest(scene), "witness": witness}
    assert enter(one.op("refuse", scene.path("record"), refused)) == ["attention:fieldwork.witness_of_team"]


# --- the seal is not at hand --------------------------------------------------------------------------------------------


@pytest.mark.article("24")
def test_a_record_that_waits_for_its_seal_is_frozen_and_its_visit_pauses(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    assert awaited(scene, one) == ["applied"]
    assert state(scene) == "paused"
    before = view(scene)
    assert (before.is_awaited, str(before.waits[-1].until), before.waits[-1].what) == (True, "2026-11-27", "seal")
    assert enter(one.set(scene.check(1), "non_compliant")) == ["attention:fieldwork.record_is_awaited"]
    assert (view(scene).digest, view(scene).addenda[0].path) == (before.digest, scene.check(1))
    with db.transaction(write=False):
        [due] = [one for one in oversight.deadlines(cast.division) if one.kind == "signature"]
        assert (str(due.due_on), due.thing_id) == ("2026-11-27", scene.visit)
    digest = record_digest(scene)
    assert enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest),
                 one.op("close", "visit", {"digest": None})) == [
        "applied", "applied", "attention:fieldwork.entity_signature_missing"]


@pytest.mark.article("24")
def test_the_seal_comes_another_day_and_the_visit_closes(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    assert awaited(scene, one) == ["applied"]
    assert enter(one.set(scene.path("entity/name"), "王总")) == ["applied"]
    sign_all(scene, cast, one)
    assert not view(scene).is_awaited
    assert awaited(scene, one) == ["attention:fieldwork.nothing_to_await"]
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    assert state(scene) == "closed"
    with db.transaction(write=False):
        assert visit_queries.parts_awaiting() == []
        done = [entry.action for entry, _ in ledger.history(scene.visit)]
    assert {"fieldwork.signature_awaited", "visits.signature_awaited", "visits.visit_paused"} <= set(done)


@pytest.mark.article("24")
def test_a_seal_that_never_comes_is_noted_as_inability(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    assert awaited(scene, one, until="2026-11-20") == ["attention:fieldwork.awaited_in_the_past"]
    assert awaited(scene, one) == ["applied"]
    unable = {**REFUSAL, "cause": "unable", "digest": record_digest(scene)}
    assert enter(one.op("refuse", scene.path("record"), {**unable, "cause": ["x"]})) == ["attention:fieldwork.bad_value"]
    assert enter(one.op("refuse", scene.path("record"), unable)) == ["applied"]
    assert (view(scene).refusals[-1].cause, view(scene).is_awaited) == ("unable", False)


# --- the inspectors -----------------------------------------------------------------------------------------------------


@pytest.mark.article("24")
def test_an_inspector_who_signs_with_dissent_has_signed(scene: Scene, cast: Cast) -> None:
    one = filled(scene, cast)
    digest = record_digest(scene)
    with_dissent = signature("inspector", "钱检二", digest, dissent="第 2 项应为不符合")
    assert enter(one.sign(digest), one.sign_as(cast.inspector_a, digest),
                 one.op("sign", scene.path(f"record/inspector/{cast.inspector_b.id}"), with_dissent, by=cast.inspector_b),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 4
    record = view(scene)
    assert [one.dissent for one in record.inspector_signatures] == ["", "第 2 项应为不符合"]
    assert "fieldwork.signed_with_dissent" in {gap.code for gap in record.gaps}


@pytest.mark.article("24")
def test_an_inspector_who_does_not_sign_is_no_refusal_of_the_entity_and_the_head_is_told(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    digest, place = record_digest(scene), scene.path(f"record/inspector/{cast.inspector_b.id}")
    why = {"what": "inspector", "words": "", "explanation": "突发疾病送医", "cause": "unable", "witness": None}
    assert enter(one.sign_as(cast.inspector_a, digest), one.op("refuse", place, why)) == ["applied"] * 2
    assert view(scene).refusals == []
    assert not view(scene).is_settled
    assert enter(one.sign(digest), one.op("close", "visit", {"digest": None})) == [
        "applied", "attention:fieldwork.inspector_signatures_missing"]
    [unsigned] = view(scene).unsigned
    assert (unsigned.name, unsigned.explanation, unsigned.cause) == ("钱检二", "突发疾病送医", "unable")
    assert "fieldwork.inspector_unsigned" in gaps(scene)
    with db.transaction(write=False):
        assert "inspector_unsigned" in [row.kind for row in accounts.waiting_for(cast.head.officer)]
    assert enter(two.op("refuse", place, why)) == ["attention:fieldwork.unsigned_not_by_leader"]
    assert enter(two.sign_as(cast.inspector_b, digest),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 2
    assert "fieldwork.inspector_unsigned" not in gaps(scene)
    with db.transaction(write=False):
        assert "inspector_unsigned" not in [row.kind for row in accounts.waiting_for(cast.head.officer)]


# --- the number of an order ---------------------------------------------------------------------------------------------


def order_number(scene: Scene) -> str | None:
    with db.transaction(write=False):
        order = visit_queries.order_number(db.session.get_one(VisitTask, scene.part))
        return order.number if order else None


@pytest.mark.article("27")
def test_the_day_takes_a_number_for_an_order_along_and_no_other_is_written(scene: Scene, cast: Cast) -> None:
    assert order_number(scene) is None
    for who in (cast.inspector_a, cast.inspector_b, cast.inspector_a):
        with db.transaction(write=True):
            actions.prepare_kits([scene.visit], by=who.officer)
    number = order_number(scene)
    assert number == "鲁科抽改〔2026〕1号"
    one, _ = both_here(scene, cast)
    field = scene.path("conclusion/order_number")
    assert enter(one.set(field, "鲁科抽改〔2026〕2号"), one.set(field, number)) == [
        "attention:fieldwork.order_number_unknown", "applied"]
    assert view(scene).order_number == number


@pytest.mark.article("27")
def test_the_numbers_of_a_cancelled_visit_are_void_and_never_given_again(scene: Scene, cast: Cast) -> None:
    with db.transaction(write=True):
        actions.prepare_kits([scene.visit], by=cast.inspector_a.officer)
    with db.transaction(write=True):
        visits.cancel_visit(scene.visit, "对象已注销", by=cast.head.officer)
    with db.transaction(write=False):
        [order] = db.session.query(Document).filter_by(kind="order")
        assert (order.void_reason, order.issued_at) == ("对象已注销", None)
    assert order_number(scene) is None
