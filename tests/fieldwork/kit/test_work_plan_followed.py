"""A work plan that changes while phones are out: the record says which version was followed, the newer one is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork import queries
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.rules import Decision, WorkPlanTexts
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as known_visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import missing
from tests.fieldwork.applying import applied, enter, said
from tests.fieldwork.scene import NOW, Phone, Scene
from tests.people import Cast, Player
from tests.visits.scene import approved_plan, approved_visit, two_tasks_on_one_object, unite

pytestmark = pytest.mark.article("20")
MORNING = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
TEXTS = WorkPlanTexts("实地核查", "第二版标准", "先告知后检查", reason="补充取证要求")


def change_plan(cast: Cast, part_id: UUID, at: datetime) -> None:
    """The second version is written and approved."""
    clock.set_source(lambda: at)
    with db.transaction(write=True):
        task_id = known_visits.visit_task(part_id).task_id
        plan = tasks.write_work_plan(task_id, TEXTS, by=cast.officer.officer)
        tasks.decide_work_plan(plan.id, Decision.AGREE, "", by=cast.head.officer)
    clock.set_source(lambda: NOW)


def prepare(cast: Cast, scene: Scene, at: datetime, who: Player | None = None) -> UUID:
    clock.set_source(lambda: at)
    with db.transaction(write=True):
        [kit] = fieldwork.prepare_kits([scene.visit], by=(who or cast.inspector_a).officer)
        kit_id = kit.id
    clock.set_source(lambda: NOW)
    return kit_id


def arrive(scene: Scene, cast: Cast, *, received: datetime) -> list[str]:
    """Both confirm that they are there at 09:30; what the phone wrote is received at some moment."""
    phone = Phone(scene, cast.inspector_a)
    ops = [phone.here(), phone.here(by=cast.inspector_b)]
    clock.set_source(lambda: received)
    return enter(*ops)


def test_a_phone_that_was_out_goes_by_the_version_it_carries_and_the_record_says_so(cast: Cast, scene: Scene) -> None:
    prepare(cast, scene, MORNING)
    change_plan(cast, scene.part, MORNING + timedelta(hours=1))
    assert arrive(scene, cast, received=NOW + timedelta(hours=3)) == ["applied", "applied"]
    with db.transaction(write=False):
        assert db.session.get_one(Visit, scene.visit).state == "in_progress"
        plan = queries.record(scene.part).plan
    assert plan is not None
    assert (plan.version, plan.later) == (1, 2)


def version_followed(scene: Scene) -> int | None:
    with db.transaction(write=False):
        plan = queries.record(scene.part).plan
        return plan.version if plan else None


def test_of_two_phones_each_goes_by_its_own_preparing(cast: Cast, scene: Scene) -> None:
    prepare(cast, scene, MORNING)
    change_plan(cast, scene.part, MORNING + timedelta(hours=1))
    prepare(cast, scene, MORNING + timedelta(hours=1, minutes=15), cast.inspector_b)
    assert arrive(scene, cast, received=NOW + timedelta(hours=3)) == ["applied", "applied"]
    assert version_followed(scene) == 1


def test_a_kit_prepared_again_after_the_visit_does_not_change_what_its_phone_could_know(cast: Cast, scene: Scene) -> None:
    prepare(cast, scene, MORNING)
    change_plan(cast, scene.part, MORNING + timedelta(hours=1))
    prepare(cast, scene, NOW + timedelta(hours=2))
    assert arrive(scene, cast, received=NOW + timedelta(hours=3)) == ["applied", "applied"]
    assert version_followed(scene) == 1


def test_a_colleague_who_confirms_on_the_phone_goes_by_what_that_phone_carries(cast: Cast, scene: Scene) -> None:
    prepare(cast, scene, MORNING)
    change_plan(cast, scene.part, MORNING + timedelta(hours=1))
    phone = Phone(scene, cast.inspector_a)
    ops = [phone.here(by=cast.inspector_b), phone.here()]
    clock.set_source(lambda: NOW + timedelta(hours=3))
    with db.transaction(write=True):
        became = [said(fieldwork.apply(replace(applied(op), owner_id=cast.inspector_a.id))) for op in ops]
    assert (became, version_followed(scene)) == (["applied", "applied"], 1)


def test_a_phone_that_has_a_network_does_not_begin_before_the_new_version_is_read(cast: Cast, scene: Scene) -> None:
    prepare(cast, scene, MORNING)
    change_plan(cast, scene.part, MORNING + timedelta(hours=1))
    assert "attention:visits.work_plan_unread" in arrive(scene, cast, received=NOW)
    with db.transaction(write=False):
        assert db.session.get_one(Visit, scene.visit).state == "approved"


def test_the_kit_tells_of_the_newer_version_until_it_is_read(cast: Cast, scene: Scene,
                                                            client_of: Callable[[Player], FlaskClient]) -> None:
    kit_id, browser = prepare(cast, scene, MORNING), client_of(cast.inspector_a)
    assert "已批准，请先阅读" not in browser.get(f"/field/k/{kit_id}").text
    change_plan(cast, scene.part, MORNING + timedelta(hours=1))
    page = browser.get(f"/field/k/{kit_id}").text
    assert "工作方案第 2 版已批准，请先阅读" in page
    assert "补充取证要求" in page
    with db.transaction(write=True):
        plan = known_visits.plan_of(known_visits.visit_task(scene.part))
        assert plan is not None
        tasks.read_work_plan(plan.id, by=cast.inspector_a.officer)
    assert "已批准，请先阅读" not in browser.get(f"/field/k/{kit_id}").text


def unread(visit_id: UUID) -> list[str]:
    with db.transaction(write=False):
        lacks = missing(known_visits.readiness(known_visits.visit(visit_id)))
        return [str(lack.facts["names"]) for lack in lacks if lack.code == "visits.work_plan_unread_by"]


def test_a_substitute_reads_the_plan_before_the_visit_goes_on(cast: Cast) -> None:
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        row = visits.ask_substitution(visit_id, cast.inspector_b.inspector_id or visit_id, "health", "住院",
                                      by=cast.officer.officer)
        visits.decide_substitution(row.id, "agree", "", by=cast.head.officer)
    with db.transaction(write=False):
        new = known_visits.members(known_visits.visit(visit_id))[1].inspector.name
    assert unread(visit_id) == [new]
    player = next(one for one in cast.players.values() if one.name == new)
    with db.transaction(write=True):
        plan = known_visits.plan_of(known_visits.visit(visit_id).visit_tasks[0])
        assert plan is not None
        tasks.read_work_plan(plan.id, by=player.officer)
    assert unread(visit_id) == []


@pytest.mark.article("15")
def test_in_a_merged_visit_every_member_reads_the_plan_of_each_task(cast: Cast) -> None:
    with db.transaction(write=True):
        first, second = two_tasks_on_one_object(cast)
        for visit, head in ((first, cast.head), (second, cast.other_head)):
            approved_plan(visit.visit_tasks[0].task, head, [cast.inspector_a])
        [merge] = known_visits.undecided_of(first.id)
        unite(cast, merge.id, cast.division)
        kept = first.id
    assert unread(kept) == ["钱检二", "钱检二"]
