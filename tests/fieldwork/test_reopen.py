"""A returned record that the entity has not signed is worked on again: changed, signed anew, closed anew."""

import pytest

from fieldapp import db
from fieldapp.fieldwork import queries
from fieldapp.visits import actions as visits
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter, state
from tests.fieldwork.scene import Phone, Scene, record_digest, visit_digest
from tests.people import Cast

NOBODY = "unreachable_at_registered_address"


def _inspected(scene: Scene, cast: Cast) -> Phone:
    """Nobody was met: every line answered, both inspectors have signed, the visit is closed."""
    one, _two = both_here(scene, cast)
    answers = [one.set(scene.check(number), "not_checked") for number in (1, 2, 3)]
    assert enter(*answers, one.set(scene.path("conclusion/category"), NOBODY)) == ["applied"] * 4
    assert _signed_and_closed(scene, cast, one) == ["applied"] * 3
    return one


def _signed_and_closed(scene: Scene, cast: Cast, phone: Phone) -> list[str]:
    digest = record_digest(scene)
    outcomes = enter(phone.sign_as(cast.inspector_a, digest), phone.sign_as(cast.inspector_b, digest))
    return outcomes + enter(phone.op("close", "visit", {"digest": visit_digest(scene)}))


def _reopened(scene: Scene) -> dict[str, int]:
    with db.transaction(write=False):
        return queries.reopened(db.session.get_one(Visit, scene.visit))


@pytest.mark.article("24", "25")
def test_a_returned_record_without_the_entitys_signature_is_changed_signed_and_closed_again(scene: Scene, cast: Cast) -> None:
    phone = _inspected(scene, cast)
    assert (state(scene), _reopened(scene)) == ("closed", {})
    with db.transaction(write=True):
        visits.return_part(scene.part, [(scene.check(1, "note"), "请写明敲门和询问邻居的情况")], by=cast.inspector_a.officer)
    closing = _reopened(scene)["visit"]
    assert _reopened(scene) == dict.fromkeys(("visit", f"closing/{scene.part}", scene.path("record/inspector/")), closing)
    assert enter(phone.set(scene.check(1, "note"), "敲门三次无人应答，邻居称已搬离。")) == ["applied"]
    assert _signed_and_closed(scene, cast, phone) == ["applied"] * 3
    assert (state(scene), _reopened(scene)) == ("closed", {})
    with db.transaction(write=False):
        view = queries.record(scene.part)
        assert [signature.fits for signature in view.inspector_signatures] == [True, True]
