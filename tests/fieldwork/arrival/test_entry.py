"""Arrivals that were not as planned, and doors that stayed shut, on the server."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.fieldwork.models import RecordCopy
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter, fill, sign_all, state, view
from tests.fieldwork.scene import Phone, Scene, photo, record_digest, visit_digest
from tests.people import Cast, Player

ZONE = "zone/01900000-0000-7000-8000-00000000000a"
ATTEMPT = "entry/attempt/01900000-0000-7000-8000-00000000000b"


def codes(scene: Scene) -> set[str]:
    return {gap.code.removeprefix("fieldwork.") for gap in view(scene).gaps}


def put_object_at(scene: Scene, latitude: str | None, longitude: str | None) -> None:
    with db.transaction(write=True):
        found = db.session.get_one(Visit, scene.visit).object
        found.latitude, found.longitude = latitude, longitude


@pytest.mark.article("23")
def test_the_leader_is_told_of_a_far_phone_and_of_the_reason(scene: Scene, cast: Cast) -> None:
    put_object_at(scene, "36.651200", "117.120100")
    one, _ = both_here(scene, cast)
    enter(one.set("arrival/fix", {"lat": "36.651630", "lng": "117.126228", "accuracy_m": "12", "at": 1}))
    assert {"far_away", "arrival_unexplained"} <= codes(scene)
    enter(one.set("arrival/reason", "大门在园区北侧"))
    assert {"far_away", "arrival_explained"} <= codes(scene)
    enter(one.set("arrival/fix", {"lat": "36.651630", "lng": "117.126228", "accuracy_m": "300", "at": 1}))
    assert "far_away" not in codes(scene)
    put_object_at(scene, None, None)
    enter(one.set("arrival/fix", {"lat": "x", "lng": "1e999", "accuracy_m": None, "at": 1}))
    assert "far_away" not in codes(scene)


@pytest.mark.article("21")
@pytest.mark.parametrize(("hour", "day", "found"), [
    (1, 24, set()), (10, 24, {"outside_slot", "out_of_hours", "arrival_unexplained"}),
    (1, 28, {"outside_slot", "out_of_hours", "arrival_unexplained"}), (6, 24, {"outside_slot", "arrival_unexplained"}),
])
def test_hours_and_slot_are_judged_by_the_calendar(scene: Scene, cast: Cast, hour: int, day: int, found: set[str]) -> None:
    clock.set_source(lambda: datetime(2026, 11, day, hour, 30, tzinfo=UTC))
    both_here(scene, cast)
    assert codes(scene) & {"outside_slot", "out_of_hours", "no_slot", "arrival_unexplained"} == found


@pytest.mark.article("23")
def test_a_code_of_another_enterprise_is_told(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    enter(one.set("arrival/scan", {"uscc": scene.head["uscc"], "by": "camera"}))
    assert "scan_differs" not in codes(scene)
    enter(one.set("arrival/scan", {"uscc": "91370602MA9KX4P79F", "by": "typed"}))
    assert "scan_differs" in codes(scene)


@pytest.mark.article("23", "24")
def test_an_entity_that_nobody_can_reach_is_recorded_and_signed_by_the_inspectors_alone(scene: Scene, cast: Cast) -> None:
    one = Phone(scene, cast.inspector_a)
    assert enter(one.set("arrival/fix", {"lat": "36.6", "lng": "117.1", "accuracy_m": "9", "at": 1}),
                 one.set("arrival/entry", "unreachable"),
                 one.set("entry/statement", "物业称该单位三个月无人。"), one.set("entry/statement_by", "物业 王某"),
                 one.set(ATTEMPT, {"day": "2026-11-20", "way": "telephone", "text": "电话停机"})) == ["applied"] * 5
    assert {"presence_missing", "door_photos_missing"} == codes(scene)
    enter(one.here(), one.here(cast.inspector_b), one.set(scene.path("conclusion/category"), "no_problem"))
    digest = record_digest(scene)
    signs = [one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest)]
    assert enter(*signs, one.op("close", "visit", {"digest": visit_digest(scene)}))[-1] == "attention:fieldwork.entry_differs"
    enter(one.set(scene.path("conclusion/category"), "unreachable_at_registered_address"))
    digest = record_digest(scene)
    enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest))
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    assert state(scene) == "closed"
    door = view(scene).door
    assert (door.statement_by, [text for _day, _way, text in door.attempts], len(door.days)) == ("物业 王某", ["电话停机"], 2)
    assert codes(scene) == {"door_photos_missing"}


@pytest.mark.article("24")
def test_what_was_found_at_the_door_and_without_a_phone_is_read_on_the_entitys_copy(
        scene: Scene, cast: Cast, client_of: Callable[[Player], FlaskClient], client: FlaskClient) -> None:
    client_of(cast.inspector_a).post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    one, _ = both_here(scene, cast)
    said = {"arrival/entry": "refused", "entry/words": "不让查", "entry/explanation": "已说明<后果>", "entry/statement_by": "x",
            ZONE: {"place": "防爆车间", "reason": "防爆", "from": 1_795_000_000_000, "until": None, "note": "温度 21 ℃"},
            scene.check(1): "compliant", scene.check(1, "zone"): ZONE.partition("/")[2],
            scene.path("conclusion/category"): "refused_cooperation_serious"}
    assert set(enter(*(one.set(path, value) for path, value in said.items()))) == {"applied"}
    digest = record_digest(scene)
    enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest))
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    with db.transaction(write=False):
        secret = db.session.query(RecordCopy).one().secret
    page = client.get(f"/copies/{secret}/record/{scene.part}").text
    for words in ("拒绝检查", "不让查", "已说明&lt;后果&gt;", "防爆车间", "温度 21 ℃", "事后补记"):
        assert words in page


@pytest.mark.article("24")
def test_a_refused_entry_is_explained_once_and_closes_without_the_entity(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    enter(one.set("arrival/entry", "refused"), one.set(scene.path("conclusion/category"), "refused_cooperation_serious"))
    digest = record_digest(scene)
    enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest))
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["attention:fieldwork.entity_signature_missing"]
    enter(one.set("entry/explanation", "保安不让进门，已出示证件并说明后果。"))
    assert record_digest(scene) != digest, "what is explained is what the inspectors sign"
    digest = record_digest(scene)
    enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest))
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]


def test_what_stands_in_every_record_is_frozen_with_the_first_signature(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    sign_all(scene, cast, one)
    before = record_digest(scene)
    assert enter(one.set("entry/statement", "后来补写")) == ["attention:fieldwork.record_is_signed"]
    assert record_digest(scene) == before
    assert [one.path for one in view(scene).addenda] == ["entry/statement"]


@pytest.mark.article("21", "24")
def test_a_stay_without_a_phone_is_recorded_with_what_was_entered_afterwards(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    enter(one.set(ZONE, {"place": "防爆车间", "reason": "禁止电子设备", "from": 1_795_000_000_000, "until": None}))
    assert {"zone_open", "zone_without_note"} <= codes(scene)
    enter(one.set(ZONE, {"place": "防爆车间", "reason": "禁止电子设备", "from": 1_795_000_000_000, "until": 1_795_000_600_000,
                         "note": "温度 21 ℃", "copies": "单位提供巡检表复印件 2 页"}),
          one.set(scene.check(2, "zone"), ZONE.partition("/")[2]))
    [zone] = view(scene).zones
    assert (zone.place, zone.lines, zone.copies) == ("防爆车间", ["2"], "单位提供巡检表复印件 2 页")
    assert zone.until is not None
    assert not {"zone_open", "zone_without_note"} & codes(scene)


def test_odd_values_are_kept_out_and_kept(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    bad = "attention:fieldwork.bad_value"
    assert enter(one.set("arrival/entry", "vanished"), one.set("entry/closure", "x"), one.set(ATTEMPT, ["x"]),
                 one.set(ZONE, {"note": "长" * 2001}), one.set("arrival/scan", "9137"),
                 one.op("add", ZONE + "/photo/01900000-0000-7000-8000-00000000000c", {"name": "x"})) == [bad] * 6
    value, _ = photo(b"never came")
    assert enter(one.op("add", "entry/photo/01900000-0000-7000-8000-00000000000c", value)) == [
        "attention:fieldwork.original_missing"]
