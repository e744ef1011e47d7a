"""An inspector does not sign: the leader says why, the division's head decides, nothing closes with one signature (E15)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from fieldapp.fieldwork.rules import UnsignedChoice, UnsignedDecided, check_unsigned_decision, comes_for_revisit
from fieldapp.refusals import Conflict, Forbidden, Refusal
from tests.fieldwork.applying import both_here, enter, fill, state, view
from tests.fieldwork.scene import NOW, Phone, Scene, record_digest
from tests.people import Cast, Player, waits_for

Client = Callable[[Player], FlaskClient]


@pytest.mark.article("16", "24")
def test_the_head_decides_and_the_visit_waits_for_another_day(scene: Scene, cast: Cast, client_of: Client) -> None:
    one, _two = both_here(scene, cast)
    fill(scene, one)
    head, address = client_of(cast.head), f"/visits/{scene.visit}/unsigned"
    asked = {"record": str(scene.part), "choice": "revisit", "opinion": "由递补人员改日到场"}
    assert head.post(address, data=asked).status_code == 409
    assert enter(does_not_sign(scene, cast, one)) == ["applied"]
    assert waits_for(cast.head) == ["inspector_unsigned"]
    assert "突发疾病送医" in head.get(address).text
    assert head.post(address, data=asked | {"opinion": " "}).status_code == 422
    alone = head.post(address, data=asked | {"choice": "third_signs"})
    assert (alone.status_code, "只能改日重新到场" in alone.text) == (422, True)
    assert client_of(cast.other_head).post(address, data=asked).status_code == 404
    assert client_of(cast.inspector_a).post(address, data=asked).status_code == 403
    assert head.post(address, data=asked).status_code == 303
    assert state(scene) == "paused"
    assert (waits_for(cast.head), waits_for(cast.inspector_a)) == ([], ["unsigned_decided"])
    assert "由递补人员改日到场" in client_of(cast.inspector_a).get(address).text
    [decided] = view(scene).unsigned_decided
    assert (decided.choice, decided.by) == ("revisit", cast.head.name)


@pytest.mark.article("16", "24")
def test_somebody_else_signs_only_where_two_who_sign_are_there() -> None:
    facts = {"is_head": True, "is_stated": True, "is_closed": False}
    assert check_unsigned_decision("third_signs", "在场", others_present=2, **facts) is UnsignedChoice.THIRD_SIGNS
    for wrong, refusal in (({"others_present": 1}, Refusal), ({"is_head": False}, Forbidden), ({"is_closed": True}, Conflict)):
        with pytest.raises(refusal):
            check_unsigned_decision("third_signs", "在场", **({"others_present": 2} | facts | wrong))


@pytest.mark.article("16")
def test_a_decision_lets_in_who_comes_after_it_on_another_day_and_nobody_else() -> None:
    before, at, after = (NOW + timedelta(hours=hours) for hours in (-1, 0, 1))
    revisit = UnsignedDecided(UnsignedChoice.REVISIT, "改日", "处长", at)
    third = UnsignedDecided(UnsignedChoice.THIRD_SIGNS, "在场", "处长", at)
    cases = (([revisit], after, None, True), ([revisit], after, after, True), ([revisit], before, None, False),
             ([revisit], after, before, False), ([third], after, None, False), ([revisit, third], after, None, False),
             ([], after, None, False))
    assert [comes_for_revisit(decided, moment, since) for decided, moment, since, _ in cases] == [one[-1] for one in cases]


def does_not_sign(scene: Scene, cast: Cast, phone: Phone) -> dict[str, object]:
    why = {"what": "inspector", "words": "", "explanation": "突发疾病送医", "cause": "unable", "witness": None}
    assert enter(phone.sign_as(cast.inspector_a, record_digest(scene))) == ["applied"]
    return phone.op("refuse", scene.path(f"record/inspector/{cast.inspector_b.id}"), why)
