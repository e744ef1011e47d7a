"""Today's list of what is closed: whatever was met at the door."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter
from tests.fieldwork.scene import Scene, record_digest, visit_digest
from tests.people import Cast, Player


@pytest.mark.article("24")
@pytest.mark.parametrize(("entry", "category"), [
    ("refused", "refused_cooperation_serious"), ("unreachable", "unreachable_at_registered_address"),
    ("closed", "no_such_activity_found")])
def test_a_visit_that_ended_at_the_door_is_listed_as_the_others_are(
        scene: Scene, cast: Cast, client_of: Callable[[Player], FlaskClient], entry: str, category: str) -> None:
    one, _ = both_here(scene, cast)
    enter(one.set("arrival/entry", entry), one.set("entry/explanation", "已说明后果"), one.set("entry/statement", "无人"),
          one.set("entry/closure", "moved"), one.set(scene.path("conclusion/category"), category))
    digest = record_digest(scene)
    enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest))
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    with db.transaction(write=False):
        name = db.session.get_one(Visit, scene.visit).object.name
    browser = client_of(cast.inspector_a)
    assert "今天已结束的检查（1）" in browser.get("/field/").text
    assert name in browser.get("/field/closed").text
