"""Under way the leader is lost: the kit says so, nothing is written or closed until the head has named another (E14)."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.visits import actions
from fieldapp.visits.actions import Ruling
from tests.fieldwork.applying import both_here, enter, fill, sign_all, state
from tests.fieldwork.scene import Scene, set_scene, visit_digest
from tests.people import Cast

HELD = "attention:visits.no_leader"


def kit_page(scene: Scene, cast: Cast, client_of: Callable[..., FlaskClient]) -> str:
    with db.transaction(write=True):
        [kit] = fieldwork.prepare_kits([scene.visit], by=cast.inspector_a.officer)
        kit_id: UUID = kit.id
    return client_of(cast.inspector_a).get(f"/field/k/{kit_id}").text


@pytest.mark.article("16", "17")
@pytest.mark.edge("E14")
def test_without_a_leader_the_kit_stands_still_and_with_another_it_goes_on(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    scene = set_scene(cast)
    one, two = both_here(scene, cast)
    fill(scene, one)
    sign_all(scene, cast, one)
    assert "检查已暂停" not in kit_page(scene, cast, client_of)
    with db.transaction(write=True):
        row = actions.ask_recusal(scene.visit, "post", "曾任顾问", by=cast.inspector_a.officer)
        actions.decide_recusal(row.id, Ruling("disagree", "不构成利害关系"), by=cast.head.officer)
    assert state(scene) == "paused"
    assert "检查已暂停：没有组长" in kit_page(scene, cast, client_of)
    close = one.op("close", "visit", {"digest": visit_digest(scene)})
    assert enter(two.set(scene.check(1), "compliant"), close, one.set("pause", None)) == [HELD] * 3
    assert state(scene) == "paused"
    with db.transaction(write=True):
        actions.appoint_leader(scene.visit, cast.inspector_b.inspector_id or scene.visit, by=cast.head.officer)
    page = kit_page(scene, cast, client_of)
    assert ("没有组长" in page, 'data-run="resume"' in page) == (False, True)
    assert enter(one.set("pause", None)) == ["applied"]
    assert state(scene) == "in_progress"
    assert 'data-run="resume"' not in kit_page(scene, cast, client_of)
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
