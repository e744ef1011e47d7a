"""A member is taken out on article 18's grounds alone, and comes back only where the decision is undone (articles 16, 18)."""

from datetime import timedelta
from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.accounts.models import Waiting
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.registry.models import InspectorLoad
from fieldapp.visits import actions, queries
from fieldapp.visits.models import Visit
from tests.people import Cast, Player
from tests.visits import scene

pytestmark = pytest.mark.article("18")


def seat_of(who: Player) -> UUID:
    assert who.inspector_id is not None
    return who.inspector_id


def take_out(cast: Cast, visit_id: UUID, who: Player, ground: str = "health", reason: str = "住院", *,
             by: Player | None = None) -> UUID:
    with db.transaction(write=True):
        return actions.remove_member(visit_id, seat_of(who), ground, reason, by=(by or cast.head).officer).id


def restore(cast: Cast, visit_id: UUID, who: Player, reason: str = "出差取消") -> None:
    with db.transaction(write=True):
        actions.restore_member(visit_id, seat_of(who), reason, by=cast.deputy.officer)


def team(visit_id: UUID) -> list[str]:
    with db.transaction(write=False):
        return [one.inspector.name for one in queries.members(queries.visit(visit_id))]


def state(visit_id: UUID) -> str:
    with db.transaction(write=False):
        return db.session.get_one(Visit, visit_id).state


def of_three_under_way(cast: Cast) -> UUID:
    """A visit under way of inspectors a, b and c, which a leads."""
    visit_id = scene.one_visit(cast, [cast.inspector_a, cast.inspector_b, cast.inspector_c])
    with db.transaction(write=True):
        scene.prepare(cast, visit_id)
        actions.submit_visit(visit_id, by=cast.officer.officer)
        actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
        clock.set_source(lambda: scene.START)
        actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
    return visit_id


@pytest.mark.parametrize(("by", "ground", "reason", "refusal", "code"), [
    ("officer", "health", "住院", Forbidden, "visits.not_the_decider"),
    ("head", "health", " ", Refusal, "visits.reason_missing"),
    ("head", "", "不合适", Refusal, "visits.no_ground"),
    ("head", "recusal", "有利害关系", Refusal, "visits.no_ground"),
])
def test_only_the_head_takes_somebody_out_and_only_on_a_ground(
        cast: Cast, by: str, ground: str, reason: str, refusal: type[Refusal], code: str) -> None:
    visit_id = scene.one_visit(cast)
    with pytest.raises(refusal) as refused:
        take_out(cast, visit_id, cast.inspector_b, ground, reason, by=getattr(cast, by))
    assert (refused.value.code, team(visit_id)) == (code, ["赵检一", "钱检二"])


@pytest.mark.edge("E34")
def test_a_substitute_is_drawn_at_once_also_where_enough_remain_and_nobody_comes_back_by_choice(cast: Cast) -> None:
    visit_id = scene.one_visit(cast, [cast.inspector_a, cast.inspector_b, cast.inspector_c])
    take_out(cast, visit_id, cast.inspector_b)
    assert team(visit_id) == ["赵检一", "孙检三", "李检四"]
    with pytest.raises(Refusal) as back:
        restore(cast, visit_id, cast.inspector_b)
    assert (back.value.code, len(team(visit_id))) == ("visits.was_replaced", 3)
    with pytest.raises(Refusal, match="not_a_member"):
        take_out(cast, visit_id, cast.inspector_b)
    with pytest.raises(Refusal, match="still_a_member"):
        restore(cast, visit_id, cast.inspector_a)


def test_while_nobody_could_be_drawn_the_decision_is_undone_when_its_ground_fell_away(cast: Cast) -> None:
    visit_id = scene.approved_visit(cast)
    with db.transaction(write=True):
        scene.nobody_else(cast)
    take_out(cast, visit_id, cast.inspector_b, "schedule_conflict", "出差")
    assert team(visit_id) == ["赵检一"]
    with pytest.raises(Refusal, match="reason_missing"):
        restore(cast, visit_id, cast.inspector_b, " ")
    back = clock.now() + timedelta(hours=1)
    clock.set_source(lambda: back)
    restore(cast, visit_id, cast.inspector_b)
    assert (team(visit_id), state(visit_id)) == (["赵检一", "钱检二"], "slot_agreed")
    with db.transaction(write=False):
        assert [one.joined_at == back for one in queries.members(queries.visit(visit_id))] == [False, True]
        [row] = queries.substitutions_of(visit_id)
        assert (row.decision, row.exhausted_at) == ("moot", None)
        assert db.session.query(Waiting).filter_by(kind="pool_exhausted", answered_at=None).count() == 0
        assert db.session.get_one(InspectorLoad, cast.inspector_b.inspector_id).visits == 1


def test_a_visit_under_way_stops_when_too_few_certified_members_are_left(cast: Cast) -> None:
    visit_id = of_three_under_way(cast)
    with db.transaction(write=True):
        scene.nobody_else(cast)
    take_out(cast, visit_id, cast.inspector_b)
    assert state(visit_id) == "paused"
    with db.transaction(write=False):
        assert "持证检查人员不足" in {step.reason for step in timeline(visit_id)}
    with pytest.raises(Refusal, match="too_few_certified"), db.transaction(write=True):
        actions.start_visit(visit_id, scene.END, by=cast.inspector_a.officer)


@pytest.mark.edge("E14")
def test_a_visit_under_way_that_loses_its_leader_stops_until_the_head_names_another_of_the_drawn(cast: Cast) -> None:
    visit_id = of_three_under_way(cast)
    with db.transaction(write=True):
        recusal = actions.ask_recusal(visit_id, "post", "曾任顾问", by=cast.inspector_a.officer)
        actions.decide_recusal(recusal.id, actions.Ruling("disagree", "不构成利害关系"), by=cast.head.officer)
    assert state(visit_id) == "paused"
    with db.transaction(write=False):
        assert "组长退出，须先确定新组长" in {step.reason for step in timeline(visit_id)}
        asked = db.session.query(Waiting).filter_by(kind="leader_appointment", answered_at=None).one()
        assert (asked.role, asked.division_id) == ("division_head", cast.division)
    for go_on in (actions.start_visit, actions.close_visit):
        with pytest.raises(Refusal, match="no_leader"), db.transaction(write=True):
            go_on(visit_id, scene.END, by=cast.inspector_b.officer)
    with db.transaction(write=True):
        actions.appoint_leader(visit_id, seat_of(cast.inspector_b), by=cast.head.officer)
        actions.start_visit(visit_id, scene.END, by=cast.inspector_b.officer)
        actions.close_visit(visit_id, scene.END, by=cast.inspector_b.officer)
    assert state(visit_id) == "closed"


@pytest.mark.edge("E14")
def test_a_leader_taken_out_of_three_leaves_nobody_leading_and_the_visit_paused(cast: Cast) -> None:
    visit_id = of_three_under_way(cast)
    with db.transaction(write=True):
        scene.nobody_else(cast, but=[cast.inspector_c])
    take_out(cast, visit_id, cast.inspector_a)
    assert (team(visit_id), state(visit_id)) == (["钱检二", "孙检三"], "paused")
    with pytest.raises(Refusal, match="no_leader"), db.transaction(write=True):
        actions.close_part(queries.visit(visit_id).visit_tasks[0].id, scene.END, by=cast.inspector_b.officer)
