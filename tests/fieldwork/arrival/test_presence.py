"""A presence that is struck out: confirmed anew, by whom, and not any more once somebody has signed over it."""

import pytest

from tests.fieldwork.applying import both_here, enter, fill, view
from tests.fieldwork.scene import Scene, record_digest
from tests.people import Cast


@pytest.mark.article("16", "23")
def test_a_presence_that_was_struck_out_can_be_confirmed_again(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    gone = {"reason": "临时离开"}
    assert enter(two.op("void", f"present/{cast.inspector_b.id}", gone)) == ["applied"]
    assert enter(one.set(scene.check(1), "compliant")) == ["attention:fieldwork.too_few_present"]
    assert enter(two.here(), one.set(scene.check(1), "compliant"), two.here()) == ["applied", "applied", "merged"]
    assert [row.person_id for row in view(scene).presence] == [cast.inspector_a.id, cast.inspector_b.id]
    assert enter(two.op("void", f"present/{cast.inspector_b.id}", gone)) == ["applied"]
    assert [row.person_id for row in view(scene).presence] == [cast.inspector_a.id]


@pytest.mark.article("16")
def test_a_phone_that_does_not_know_of_the_striking_out_brings_no_presence_back(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    stale = one.here(cast.inspector_b)
    assert enter(two.op("void", f"present/{cast.inspector_b.id}", {"reason": "点错了"}), stale) == [
        "applied", "attention:fieldwork.presence_struck_out"]
    assert [row.person_id for row in view(scene).presence] == [cast.inspector_a.id]


@pytest.mark.article("16", "24")
def test_a_presence_over_which_somebody_has_signed_is_not_struck_out(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    gone, refused = {"reason": "临时离开"}, "attention:fieldwork.presence_signed_over"
    signed = two.sign_as(cast.inspector_b, record_digest(scene))
    assert enter(signed, two.op("void", f"present/{cast.inspector_b.id}", gone)) == ["applied", refused]
    assert enter(one.sign(record_digest(scene)), one.op("void", f"present/{cast.inspector_a.id}", gone)) == ["applied", refused]
    assert [row.person_id for row in view(scene).presence] == [cast.inspector_a.id, cast.inspector_b.id]
