"""The team changes after the notice was served: a supplement names who inspects now, and is received or refused too."""

from dataclasses import dataclass
from typing import Any

import pytest

from fieldapp import db
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import queries
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import WorkPlanReading
from fieldapp.visits import actions
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter, view
from tests.fieldwork.scene import NOW, Phone, Scene, set_scene, signature
from tests.people import Cast

pytestmark = pytest.mark.article("17", "18")
MISSING = "fieldwork.supplement_unanswered"


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_scene(cast)


def replace_second(cast: Cast, scene: Scene) -> None:
    """The second member falls ill, and the head agrees to a substitute."""
    with db.transaction(write=True):
        asked = actions.ask_substitution(scene.visit, cast.inspector_b.inspector_id or scene.visit, "health", "住院",
                                         by=cast.inspector_b.officer)
        actions.decide_substitution(asked.id, "agree", "", by=cast.head.officer)


@dataclass(frozen=True)
class Told:
    """A supplement: where it is received, its number, its hash, what it says."""

    place: str
    number: str
    digest: str
    says: dict[str, Any]


def supplements(scene: Scene) -> list[Told]:
    with db.transaction(write=False):
        found = visits.supplements_of(db.session.get_one(Visit, scene.visit))
        return [Told(f"supplement/{one.id}", one.number, one.content_hash or "", one.content or {}) for one in found]


def comes(cast: Cast, scene: Scene, phone: Phone) -> None:
    """The substitute is on site too, confirmed by PIN on the colleague's phone."""
    [came] = supplements(scene)[-1].says["joining"]
    newcomer = next(one for one in cast.players.values() if one.name == came["name"])
    with db.transaction(write=True):
        plan = tasks.work_plan_in_force(db.session.get_one(Visit, scene.visit).visit_tasks[0].task_id)
        assert plan is not None
        db.session.add(WorkPlanReading(work_plan_id=plan.id, person_id=newcomer.id, read_at=NOW))
    assert enter(phone.here(newcomer)) == ["applied"]


def names(people: list[dict[str, str]]) -> list[str]:
    return [one["name"] for one in people]


def gaps(scene: Scene) -> list[str]:
    return [one.code for one in view(scene).gaps]


def test_after_a_replacement_during_the_visit_a_supplement_names_who_left_and_who_came(cast: Cast, scene: Scene) -> None:
    both_here(scene, cast)
    replace_second(cast, scene)
    [told] = supplements(scene)
    said = told.says
    assert (names(said["leaving"]), len(said["joining"])) == (["钱检二"], 1)
    assert names(said["members"]) == ["赵检一", *names(said["joining"])]
    with db.transaction(write=False):
        visit = db.session.get_one(Visit, scene.visit)
        assert said["notice"] == (visit.notice.number if visit.notice else "")
        assert set(visits.credentials_of(visit.id)) >= {one.inspector_id for one in visits.members(visit)}


def test_before_the_visit_has_begun_the_whole_notice_is_issued_again_instead(cast: Cast, scene: Scene) -> None:
    replace_second(cast, scene)
    assert supplements(scene) == []
    with db.transaction(write=False):
        assert db.session.get_one(Visit, scene.visit).notice_id is None


def test_the_supplement_stands_in_the_kit_and_the_record_lacks_its_receipt_until_it_is_signed(
        cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    replace_second(cast, scene)
    [told] = supplements(scene)
    assert kit_of(scene, cast)["supplements"] == {told.place: {"number": told.number, "sha256": told.digest}}
    assert MISSING in gaps(scene)
    comes(cast, scene, one)
    assert enter(one.op("issue", told.place, {"number": told.number, "sha256": told.digest}),
                 received(one, told.place, told.digest)) == ["applied"] * 2
    assert MISSING not in gaps(scene)
    assert view(scene).supplements == [told.number]


def test_a_refused_supplement_is_answered_and_one_signed_under_other_words_is_marked(cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    replace_second(cast, scene)
    place = supplements(scene)[0].place
    comes(cast, scene, one)
    assert enter(received(one, place, "0" * 64)) == ["attention:fieldwork.digest_differs"]
    refused = {"what": "notice", "words": "", "explanation": "不愿签收", "witness": None}
    assert enter(one.op("refuse", place, refused)) == ["applied"]
    assert MISSING not in gaps(scene)


def test_a_second_replacement_names_only_what_changed_since_the_first(cast: Cast, scene: Scene) -> None:
    both_here(scene, cast)
    replace_second(cast, scene)
    [first] = supplements(scene)
    [came] = first.says["joining"]
    with db.transaction(write=True):
        member = next(one for one in visits.members(db.session.get_one(Visit, scene.visit))
                      if one.inspector.name == came["name"])
        asked = actions.ask_substitution(scene.visit, member.inspector_id, "health", "扭伤", by=cast.officer.officer)
        actions.decide_substitution(asked.id, "agree", "", by=cast.head.officer)
    assert names(supplements(scene)[-1].says["leaving"]) == [came["name"]]


def received(phone: Phone, place: str, digest: str) -> dict[str, Any]:
    return phone.op("sign", place, signature("entity", "李某", digest, capacity="person_in_charge"))


def kit_of(scene: Scene, cast: Cast) -> dict[str, Any]:
    with db.transaction(write=True):
        fieldwork.prepare_kits([scene.visit], by=cast.inspector_a.officer)
        kit = queries.kit_of(scene.visit, cast.inspector_a.id)
        assert kit is not None
        return queries.kit_data(kit)



def test_what_the_entity_says_on_its_own_phone_is_no_refusal_noted_by_the_inspectors(cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    heard = {"what": "notice", "words": "先问法务", "explanation": "", "own_phone": True}
    assert enter(one.op("refuse", "notice/refusal", heard)) == ["applied"]
    assert "fieldwork.notice_unanswered" in gaps(scene)
    assert view(scene).notice_refusals == []
