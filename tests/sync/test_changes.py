"""What colleagues and the server tell a phone, and a whole visit."""

from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.jobs.actions import run_all_due
from fieldapp.jobs.models import Job
from fieldapp.registry.models import Inspector
from fieldapp.sync.jobs import work_plan_read
from fieldapp.tasks import actions as task_actions
from fieldapp.tasks import queries as tasks
from fieldapp.tasks.models import WorkPlanReading
from fieldapp.visits.models import TeamMember, Visit, VisitTask
from fieldapp.visits.rules import VisitState
from tests.fieldwork.applying import joins
from tests.fieldwork.scene import Phone, Scene, record_digest, visit_digest
from tests.people import Cast, Player
from tests.sync.wire import SignIn, outcomes, send


def test_colleagues_see_each_others_changes_and_their_own_outcomes(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    two, other = Phone(scene, cast.inspector_b), client_of(cast.inspector_b)
    send(browser, one, one.here(), one.set("arrival/place", "东门"))
    answer = send(other, two, two.here(), two.set("arrival/place", "西门")).get_json()
    assert [(change["op"] and change["op"]["v"], change["outcome"], change["by"]) for change in answer["changes"]] == [
        ({"name": "赵检一", "by": "own_phone"}, "applied", "赵检一"), ("东门", "applied", "赵检一"), (None, "applied", "钱检二"),
        (None, "rival", "钱检二")]
    assert answer["changes"][-1]["message"]
    assert send(other, two, since=answer["cursor"]).get_json()["changes"] == []
    mine = send(browser, one, since=2).get_json()["changes"]
    assert [(change["op"]["v"] if change["op"] else None, change["outcome"]) for change in mine] == [
        ({"name": "钱检二", "by": "own_phone"}, "applied"), ("西门", "rival")]
    stranger = client_of(cast.inspector_c)
    assert send(stranger, Phone(scene, cast.inspector_c)).get_json()["changes"] == []


def test_a_choice_settles_the_rival_for_both_phones(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    two, other = Phone(scene, cast.inspector_b), client_of(cast.inspector_b)
    first = one.set("arrival/place", "东门")
    send(browser, one, first)
    rival = two.set("arrival/place", "西门")
    cursor = send(other, two, rival).get_json()["cursor"]
    send(browser, one, one.set("arrival/place", "西门", base=first["id"]))
    changes = send(other, two, since=cursor).get_json()["changes"]
    assert [(change["op_id"] == rival["id"], change["outcome"]) for change in changes] == [(False, "applied"), (True, "settled")]


def test_what_was_held_back_enters_the_record_once_the_second_member_confirms(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    send(browser, one, one.here(), one.set(scene.check(1), "compliant"))
    assert outcomes()[-1] == "attention:fieldwork.too_few_present"
    two = Phone(scene, cast.inspector_b)
    send(client_of(cast.inspector_b), two, two.here())
    assert outcomes()[-2:] == ["applied", "applied"]
    with db.transaction(write=False):
        assert fieldwork.record(scene.part).checks[0].answer == "compliant"
    changes = send(browser, one).get_json()["changes"]
    assert [(change["op_id"] == one.seen[scene.check(1)], change["outcome"]) for change in changes][-1] == (True, "applied")


def test_what_was_held_back_enters_before_what_follows_the_confirmation_in_its_batch(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    """Wherever a batch ends, so that the log applied once more gives the same record."""
    send(browser, one, one.here(), one.set(scene.check(1), "compliant"))
    two = Phone(scene, cast.inspector_b)
    send(client_of(cast.inspector_b), two, two.here(), two.set(scene.check(1), "non_compliant"))
    assert outcomes()[-4:] == ["attention:fieldwork.too_few_present", "applied", "applied", "rival:fieldwork.rival"]
    with db.transaction(write=False):
        assert fieldwork.record(scene.part).checks[0].answer == "compliant"


@pytest.mark.article("24")
def test_who_left_the_team_is_told_what_became_of_the_own_operations_and_of_the_closing_alone(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    two, other = Phone(scene, cast.inspector_b), client_of(cast.inspector_b)
    cursor = send(other, two, two.here()).get_json()["cursor"]
    send(browser, one, one.here())
    leaves(scene, cast.inspector_b, ago=timedelta(hours=1))
    late = two.set("arrival/place", "西门")
    told = send(other, two, late, since=cursor).get_json()
    assert [(change["op_id"], change["outcome"], change["code"]) for change in told["changes"]] == [
        (late["id"], "attention", "fieldwork.not_a_member")]
    send(browser, one, one.set("arrival/place", "东门"), one.op("close", "visit", {"digest": "00" * 32}))
    told = send(other, two, since=told["cursor"]).get_json()
    assert [(change["op"]["k"], change["op"]["p"]) for change in told["changes"]] == [("close", "visit")]
    stranger = client_of(cast.inspector_c)
    assert send(stranger, two, since=1).get_json()["changes"] == []


@pytest.mark.article("24")
def test_what_comes_a_month_after_the_closing_is_told_to_its_phone_and_the_closing_to_one_that_was_in_use(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    two, other = Phone(scene, cast.inspector_b), client_of(cast.inspector_b)
    cursor = send(other, two, two.here(), two.op("close", "visit", {"digest": "00" * 32})).get_json()["cursor"]
    with db.transaction(write=True):
        visit = db.session.get_one(Visit, scene.visit)
        visit.state, visit.closed_at = VisitState.CLOSED, clock.now() - timedelta(days=31)
    late = one.set("arrival/place", "西门")
    told = send(browser, one, late, since=1).get_json()["changes"]
    assert [(change["op_id"], change["outcome"]) for change in told][-1] == (late["id"], "attention")
    assert [change["op"]["k"] for change in told if change["op"]] == ["close"]
    assert send(client_of(cast.inspector_b), Phone(scene, cast.inspector_b, device="b" * 32)).get_json()["changes"] == []
    assert send(other, two, since=cursor).get_json()["changes"] == []


def test_who_has_left_the_team_reads_what_became_of_the_own_work_and_nothing_else(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    two, other = Phone(scene, cast.inspector_b), client_of(cast.inspector_b)
    send(browser, one, one.here(), one.set("arrival/place", "东门"))
    send(other, two, two.set(scene.check(1), "compliant"))
    leaves(scene, cast.inspector_a, timedelta())
    send(browser, one, one.set("arrival/place", "西门"))
    assert outcomes()[-1].startswith("attention:")
    page, colleagues = (who.get(f"/field/receipts/{scene.visit}").text for who in (browser, other))
    for words, own, whole in (("您已不在这次检查的检查组中", True, False), ("赵检一", True, True), ("钱检二", False, True),
                              ("需要处理", True, True), ("各栏的全部版本", False, True)):
        assert (words in page, words in colleagues) == (own, whole), words
    assert browser.get(f"/field/receipts/{scene.visit}/history").status_code == 404
    assert client_of(cast.inspector_c).get(f"/field/receipts/{scene.visit}").status_code == 404


def leaves(scene: Scene, player: Player, ago: timedelta) -> None:
    """A member's seat ended that long ago."""
    with db.transaction(write=True):
        seats = sa.select(TeamMember).join(Inspector, Inspector.id == TeamMember.inspector_id)
        seat = db.session.execute(seats.where(TeamMember.visit_id == scene.visit, Inspector.person_id == player.id)).scalar_one()
        seat.left_at = clock.now() - ago


def test_a_members_signature_waits_for_the_own_presence_and_for_nobody_elses(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    third, fourth = joins(scene, cast.inspector_c), joins(scene, cast.inspector_d)
    send(browser, one, one.here(), one.here(cast.inspector_b))
    digest = record_digest(scene)
    send(client_of(cast.inspector_d), fourth, fourth.sign_as(cast.inspector_d, digest))
    send(browser, one, one.sign_as(cast.inspector_c, digest))
    assert outcomes()[-2:] == ["attention:fieldwork.signer_not_present"] * 2
    send(client_of(cast.inspector_c), third, third.here())
    assert outcomes()[-2:] == ["applied"] * 2
    with db.transaction(write=False):
        assert [sign.person_id for sign in fieldwork.record(scene.part).inspector_signatures] == [cast.inspector_c.id]


def test_what_waited_for_the_work_plans_reading_enters_when_it_is_read_each_visit_in_a_job_of_its_own(
        one: Phone, scene: Scene, cast: Cast, browser: FlaskClient) -> None:
    with db.transaction(write=True):
        task_id = db.session.get_one(VisitTask, scene.part).task_id
        plan = tasks.work_plan_in_force(task_id)
        assert plan is not None
        plan_id = plan.id
        db.session.execute(sa.delete(WorkPlanReading).where(WorkPlanReading.person_id == cast.inspector_b.id))
    run_all_due()  # the scene's own: its leader was appointed
    send(browser, one, one.here())
    assert outcomes()[-1] == "attention:visits.work_plan_unread"
    with db.transaction(write=True):
        task_actions.read_work_plan(plan_id, by=cast.inspector_b.officer)
    run_all_due()
    assert outcomes()[-1] == "applied"
    with db.transaction(write=True):
        work_plan_read({"task_id": str(task_id)})
    with db.transaction(write=False):
        asked = db.session.query(Job).filter(Job.kind == "sync.try_visit_again")
        assert [one.facts for one in asked] == [{"visit_id": str(scene.visit)}]


def test_a_whole_visit_by_two_phones_closes_and_its_slip_says_nothing_is_missing(
        one: Phone, scene: Scene, cast: Cast, browser: FlaskClient) -> None:
    ops = [one.here(), one.here(cast.inspector_b)]
    ops += [one.set(scene.check(number), "compliant") for number in (1, 2, 3)]
    ops += [one.set(scene.path("conclusion/category"), "no_problem")]
    send(browser, one, *ops)
    digest = record_digest(scene)
    send(browser, one, one.sign(digest), one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest),
         one.op("close", "visit", {"digest": visit_digest(scene)}), one.set(scene.check(1), "non_compliant"))
    assert outcomes() == ["applied"] * 10 + ["attention:fieldwork.visit_closed"]
    page = browser.get(f"/field/receipts/{scene.visit}").text
    assert "赵检一" in page
    with db.transaction(write=False):
        [asked] = [job for job in db.session.query(Job) if job.kind == "fieldwork.record_closed"]
        assert UUID(asked.facts["visit_task_id"]) == scene.part
