"""A merged visit ends record by record: one is closed and reviewed while the other goes on another day."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.evidence import store
from fieldapp.fieldwork import actions as kits
from fieldapp.fieldwork import queries
from fieldapp.review import actions as review
from fieldapp.review import queries as reviews
from fieldapp.review.rules import Decision
from fieldapp.roles import Outsider
from fieldapp.visits import actions as visits
from fieldapp.visits.models import MergeProposal, Visit, VisitTask
from tests.fieldwork.applying import both_here, enter, state
from tests.fieldwork.scene import NOW, Phone, Scene, as_signed, note_closings, signature
from tests.people import Cast, Player
from tests.visits import scene as stage

NOBODY = "unreachable_at_registered_address"


@pytest.fixture
def two(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> tuple[Scene, Scene]:
    """The two records of one merged visit, as scenes of their own."""
    store.configure(tmp_path_factory.mktemp("media"))
    note_closings()
    with db.transaction(write=True):
        first, _second = stage.two_tasks_on_one_object(cast)
        stage.unite(cast, db.session.query(MergeProposal).one().id, cast.division)
        for part in first.visit_tasks:
            stage.approved_plan(part.task, cast.head, [cast.inspector_a, cast.inspector_b])
        stage.prepare(cast, first.id)
        visits.submit_visit(first.id, by=cast.officer.officer)
        visits.decide_visit(first.id, "agree", "同意", by=cast.department_head.officer)
        clock.set_source(lambda: NOW)
        parts = sorted(first.visit_tasks, key=lambda part: part.id)
        scenes = [Scene(first.id, part.id, [part.task.item_id], "", queries.head(part).as_dict()) for part in parts]
    return scenes[0], scenes[1]


def finish(scene: Scene, cast: Cast, phone: Phone, category: str = "no_problem") -> list[str]:
    """Everything that one record needs, and its closing."""
    mine = replace_scene(phone, scene)
    assert set(enter(mine.set(scene.check(1), "compliant"), mine.set(scene.path("conclusion/category"), category))) == {"applied"}
    said = as_signed(scene)
    entity = [] if category == NOBODY else [mine.sign(**said)]
    team = [mine.sign_as(who, **said) for who in (cast.inspector_a, cast.inspector_b)]
    return enter(*entity, *team, closing(scene, phone))


def closing(scene: Scene, phone: Phone) -> dict[str, object]:
    return phone.op("close", f"closing/{scene.part}", {"digest": as_signed(scene)["digest"]})


def replace_scene(phone: Phone, scene: Scene) -> Phone:
    return replace(phone, scene=scene)


def is_closed(scene: Scene) -> bool:
    with db.transaction(write=False):
        return queries.is_over(db.session.get_one(VisitTask, scene.part))


@pytest.mark.article("15", "24")
def test_one_record_is_closed_while_the_other_goes_on(two: tuple[Scene, Scene], cast: Cast) -> None:
    one, other = two
    phone, second = both_here(one, cast)
    assert enter(closing(one, phone)) == ["attention:fieldwork.conclusion_missing"]
    assert finish(one, cast, phone) == ["applied"] * 4
    assert (state(one), is_closed(one), is_closed(other)) == ("in_progress", True, False)
    over = "attention:fieldwork.record_closed"
    assert enter(second.set(one.check(1), "non_compliant"), closing(one, second)) == [over, over]
    assert enter(second.set(other.check(1), "non_compliant")) == ["applied"]
    assert enter(phone.set("pause", {"until": "2026-11-25", "reason": "改日"})) == ["applied"]
    assert enter(phone.set("pause", None)) == ["applied"]
    assert finish(other, cast, second) == ["applied"] * 4
    assert state(one) == "closed"
    with db.transaction(write=False):
        visit = db.session.get_one(Visit, one.visit)
        assert visit.closed_at is not None
        assert all(part.task.state == "completed" for part in visit.visit_tasks)


@pytest.mark.article("15", "24")
def test_the_visit_closes_with_what_is_left(two: tuple[Scene, Scene], cast: Cast) -> None:
    one, other = two
    phone, _ = both_here(one, cast)
    assert finish(one, cast, phone) == ["applied"] * 4
    assert enter(phone.op("close", "visit", {"digest": None})) == ["attention:fieldwork.conclusion_missing"]
    mine = replace_scene(phone, other)
    enter(mine.set(other.check(1), "compliant"), mine.set(other.path("conclusion/category"), "no_problem"))
    said = as_signed(other)
    assert enter(mine.sign(**said), mine.sign_as(cast.inspector_a, **said), mine.sign_as(cast.inspector_b, **said),
                 phone.op("close", "visit", {"digest": None}))[-1] == "attention:fieldwork.digest_differs"
    assert state(one) == "closed"


@pytest.mark.article("24", "25")
def test_a_record_is_returned_and_closed_again_while_the_other_goes_on(two: tuple[Scene, Scene], cast: Cast) -> None:
    one, other = two
    phone, _ = both_here(one, cast)
    assert finish(one, cast, phone, NOBODY) == ["applied"] * 3
    with db.transaction(write=True):
        found = review.open_review(one.part, by=Outsider("系统"))
        review.decide_review(found.id, Decision.RETURNED, "请写明情况", by=cast.inspector_a.officer)
    assert (state(one), is_closed(one)) == ("in_progress", False)
    with db.transaction(write=False):
        visit = db.session.get_one(Visit, one.visit)
        assert set(queries.reopened(visit)) == {f"closing/{one.part}", one.path("record/inspector/")}
    assert finish(one, cast, phone, NOBODY) == ["applied"] * 3
    assert (state(one), is_closed(one), is_closed(other)) == ("in_progress", True, False)
    with db.transaction(write=True):
        review.open_review(one.part, by=Outsider("系统"))
        assert reviews.review_of(one.part).state == "leader_review"


@pytest.mark.article("24")
def test_the_entity_reads_the_closed_record_while_the_other_is_not_there_yet(
    two: tuple[Scene, Scene], cast: Cast, client_of: Callable[[Player], FlaskClient],
) -> None:
    one, other = two
    phone, _ = both_here(one, cast)
    assert enter(phone.set("notice/recusal", "yes"), phone.set("notice/recusal_reason", "曾有诉讼")) == ["applied"] * 2
    mine = replace(phone, scene=one)
    enter(mine.set(one.check(1), "compliant"), mine.set(one.path("conclusion/category"), "no_problem"))
    said = as_signed(one)
    dissent = signature("inspector", "钱检二", **said, dissent="抽样太少")
    assert enter(mine.sign(**said), mine.sign_as(cast.inspector_a, **said),
                 mine.op("sign", one.path(f"record/inspector/{cast.inspector_b.id}"), dissent, by=cast.inspector_b),
                 closing(one, phone)) == ["applied"] * 4
    with db.transaction(write=True):
        kits.prepare_kits([one.visit], by=cast.inspector_a.officer)
        copy = queries.copy_of(one.visit)
        assert copy is not None
        address = f"/copies/{copy.secret}"
    browser = client_of(cast.inspector_a)
    listed = browser.get(address).text
    assert one.head["record_number"] in listed
    assert other.head["record_number"] not in listed
    paper = browser.get(f"{address}/record/{one.part}").text
    assert "保留意见：抽样太少" in paper
    assert "曾有诉讼" in paper
    assert browser.get(f"{address}/record/{other.part}").status_code == 404
