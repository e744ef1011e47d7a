"""What a kit brings of a record as it stands: what is struck out with its reason, every value that stands open."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db, ids
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.queries import kits
from fieldapp.visits.models import Visit, VisitAssistant
from tests.fieldwork.applying import both_here, enter, view
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast, Player


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


@pytest.mark.article("19")
def test_of_two_experts_of_one_name_the_kit_marks_the_one_whose_qualification_has_ended(
        scene: Scene, cast: Cast, client_of: Callable[[Player], FlaskClient]) -> None:
    with db.transaction(write=True):
        kit_id = fieldwork.prepare_kits([scene.visit], by=cast.inspector_a.officer)[0].id
        db.session.add_all(VisitAssistant(
            visit_id=scene.visit, kind="expert", name="何某", is_on_site=True, valid_until=until, due_on=date(2026, 12, 1),
            named_at=clock.now()) for until in (date(2026, 1, 1), None))
    page = client_of(cast.inspector_a).get(f"/field/k/{kit_id}").text
    assert (page.count("何某"), page.count("资质已过期，不得参加")) == (2, 1)


def test_every_field_that_two_can_differ_about_has_a_name_in_the_kit() -> None:
    names = rules.field_names()
    assert names["entry/attempt/*"] == "联系经过"
    assert names["r/*/check/*/zone"] == "第 %(number)s 项为事后补记"
    assert "r/*/conclusion/order_number" in names
    assert not {"notice", "visit", "present/*", "r/*/record", "r/*/check/*/photo/*"} & names.keys()
