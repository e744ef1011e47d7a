"""What a kit brings of a record as it stands: what is struck out with its reason, every value that stands open."""

import pytest

from fieldapp import db, ids
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.queries import kits
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter, view
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast


@pytest.mark.article("24")
def test_a_finding_that_is_struck_out_stays_legible_with_the_reason(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    path = scene.path(f"other/{ids.uuid7()}")
    added = one.op("add", path, {"text": "通道被占", "reason": "安全"})
    struck = one.op("void", path, {"reason": "记错"})
    assert enter(added, struck) == ["applied"] * 2
    [finding] = view(scene).others
    assert (finding.text, finding.is_void, finding.void_reason) == ("通道被占", True, "记错")
    with db.transaction(write=False):
        state = kits.state(db.session.get_one(Visit, scene.visit))
    assert (state["items"][path]["voided"], state["items"][path]["op"]) == ("记错", struck["id"])
    assert state["items"][f"present/{cast.inspector_a.id}"]["voided"] is False


@pytest.mark.article("24")
def test_every_rival_of_a_field_is_brought_each_behind_the_other(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    three = Phone(scene, cast.inspector_a)
    path = scene.check(1, "note")
    assert enter(one.set(path, "甲"), two.set(path, "乙"), three.set(path, "丙")) == [
        "applied", "rival:fieldwork.rival", "rival:fieldwork.rival"]
    with db.transaction(write=False):
        first = kits.state(db.session.get_one(Visit, scene.visit))["values"][path]
    second, third = first["other"], first["other"]["other"]
    assert [one["value"] for one in (first, second, third)] == ["甲", "乙", "丙"]
    assert (second["rival"], third["rival"], "other" in third) == (True, True, False)


def test_every_field_that_two_can_differ_about_has_a_name_in_the_kit() -> None:
    names = rules.field_names()
    assert names["entry/attempt/*"] == "联系经过"
    assert names["r/*/check/*/zone"] == "第 %(number)s 项为事后补记"
    assert "r/*/conclusion/order_number" in names
    assert not {"notice", "visit", "present/*", "r/*/record", "r/*/check/*/photo/*"} & names.keys()
