"""What is struck out stays legible, with the reason: for the reviewer, and on every phone."""

import pytest

from fieldapp import db, ids
from fieldapp.fieldwork.queries import kits
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter, view
from tests.fieldwork.scene import Scene
from tests.people import Cast


@pytest.mark.article("24")
def test_a_finding_that_is_struck_out_stays_legible_with_the_reason(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    path = scene.path(f"other/{ids.uuid7()}")
    added = one.op("add", path, {"text": "通道被占", "reason": "安全"})
    assert enter(added, one.op("void", path, {"reason": "记错"})) == ["applied"] * 2
    [finding] = view(scene).others
    assert (finding.text, finding.is_void, finding.void_reason) == ("通道被占", True, "记错")
    with db.transaction(write=False):
        state = kits.state(db.session.get_one(Visit, scene.visit))
    assert state["items"][path]["voided"] == "记错"
    assert state["items"][f"present/{cast.inspector_a.id}"]["voided"] is False
