"""Two members of two visits exchange their objects: both lawful, both heads, both at once (E8)."""

from collections.abc import Callable
from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.registry.models import Inspector, InspectorInterest, ObjectLastTeam
from fieldapp.visits import actions, queries
from fieldapp.visits.actions import Ruling, Slot
from fieldapp.visits.models import VisitTask
from tests.people import Cast
from tests.visits.scene import END, SLOT, START, drawn_task, inspected, item, stop_the_clock, visit_of

pytestmark = pytest.mark.article("17")


def two_visits(cast: Cast, *, same_time: bool = False) -> tuple[UUID, UUID]:
    """The rural division's visit of a and b, the high-tech division's of c and d, to two enterprises."""
    stop_the_clock()
    with db.transaction(write=True):
        first = drawn_task(1, cast.officer, item("动物", cast.division), [inspected("甲厂（示例）", "91370102MA3N8K2T1M")],
                           [cast.inspector_a, cast.inspector_b])
        second = drawn_task(2, cast.other_officer, item("高企", cast.other_division),
                            [inspected("乙厂（示例）", "91370102MA3N8K2T2K")], [cast.inspector_c, cast.inspector_d])
        actions.generate_task(first.id, by=cast.officer.officer)
        actions.generate_task(second.id, by=cast.other_officer.officer)
        one, other = visit_of(first).id, visit_of(second).id
        later = Slot(START.replace(hour=5), END.replace(hour=7), SLOT.agreed_with, SLOT.contact, SLOT.site_safety)
        actions.agree_slot(one, SLOT, by=cast.officer.officer)
        actions.agree_slot(other, SLOT if same_time else later, by=cast.other_officer.officer)
        return one, other


def propose(cast: Cast, one: UUID, other: UUID) -> UUID:
    with db.transaction(write=True):
        recusal_id = actions.ask_recusal(one, "kinship", "厂长是我的表兄", by=cast.inspector_b.officer).id
    with db.transaction(write=True):
        swap = (other, cast.inspector_c.inspector_id or other)
        actions.decide_recusal(recusal_id, Ruling("agree", "", "swap", swap=swap), by=cast.head.officer)
    return recusal_id


def names(visit_id: UUID) -> set[str]:
    with db.transaction(write=False):
        return {one.inspector.name for one in queries.members(queries.visit(visit_id))}


@pytest.mark.edge("E8")
def test_with_both_heads_consent_two_members_change_places(cast: Cast) -> None:
    one, other = two_visits(cast)
    recusal_id = propose(cast, one, other)
    assert names(one) == {"赵检一", "钱检二"}
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.consent_to_swap(recusal_id, "agree", "", by=cast.head.officer)
    with db.transaction(write=True):
        actions.consent_to_swap(recusal_id, "agree", "", by=cast.other_head.officer)
    assert (names(one), names(other)) == ({"赵检一", "孙检三"}, {"李检四", "钱检二"})
    with db.transaction(write=False):
        row = queries.recusals_of(one)[0]
        assert (row.decision, row.outcome, row.consented_by) == ("agreed", "swap", cast.other_head.id)
        assert [queries.leader(queries.visit(visit_id)) for visit_id in (one, other)] == [None, None]


def test_the_other_heads_no_leaves_both_teams_as_they_are_and_the_first_decides_anew(cast: Cast) -> None:
    one, other = two_visits(cast)
    recusal_id = propose(cast, one, other)
    with db.transaction(write=True):
        actions.consent_to_swap(recusal_id, "disagree", "乙厂检查需要孙检三的专长", by=cast.other_head.officer)
    assert (names(one), names(other)) == ({"赵检一", "钱检二"}, {"孙检三", "李检四"})
    with db.transaction(write=True):
        actions.decide_recusal(recusal_id, Ruling("agree", "", "withdraw"), by=cast.head.officer)
    assert "钱检二" not in names(one)


def test_a_swap_that_would_bring_an_interest_is_refused_and_not_offered(cast: Cast) -> None:
    one, other = two_visits(cast)
    with db.transaction(write=True):
        first = queries.visit(one)
        db.session.add(InspectorInterest(inspector_id=cast.inspector_c.inspector_id, object_id=first.object_id,
                                         object_name=first.object.name, declared_at=clock.now()))
    with pytest.raises(Refusal) as refused:
        propose(cast, one, other)
    assert refused.value.code == "visits.swap_interest"
    with db.transaction(write=False):
        first = queries.visit(one)
        leaving = next(member.inspector for member in first.members if member.inspector_id == cast.inspector_b.inspector_id)
        assert [member.inspector.name for member in queries.swap_choices(first, leaving)] == ["李检四"]


def test_what_has_changed_until_the_second_consent_is_checked_again(cast: Cast) -> None:
    one, other = two_visits(cast)
    recusal_id = propose(cast, one, other)
    with db.transaction(write=True):
        seat = cast.inspector_c.inspector_id or other
        actions.remove_member(other, seat, "post_transfer", "岗位调整", by=cast.other_head.officer)
    with pytest.raises(Refusal) as refused, db.transaction(write=True):
        actions.consent_to_swap(recusal_id, "agree", "", by=cast.other_head.officer)
    assert refused.value.code == "visits.not_a_member"
    assert names(one) == {"赵检一", "钱检二"}


def test_at_the_same_hour_two_visits_can_swap_but_a_third_one_keeps_somebody_busy(cast: Cast) -> None:
    one, other = two_visits(cast, same_time=True)
    with db.transaction(write=True):
        third = drawn_task(3, cast.officer, item("第三", cast.division), [inspected("丙厂（示例）", "91370102MA3N8K2T3H")],
                           [cast.inspector_b, cast.inspector_d])
        actions.generate_task(third.id, by=cast.officer.officer)
        actions.agree_slot(visit_of(third).id, SLOT, by=cast.officer.officer)
    with pytest.raises(Refusal) as refused:
        propose(cast, one, other)
    assert (refused.value.code, refused.value.facts["name"]) == ("visits.swap_not_free", "钱检二")


def test_the_first_head_takes_a_proposed_swap_back_by_deciding_anew(cast: Cast) -> None:
    one, other = two_visits(cast)
    recusal_id = propose(cast, one, other)
    with db.transaction(write=True):
        actions.decide_recusal(recusal_id, Ruling("agree", "", "withdraw"), by=cast.head.officer)
    assert "钱检二" not in names(one)
    with pytest.raises(Refusal) as late, db.transaction(write=True):
        actions.consent_to_swap(recusal_id, "agree", "", by=cast.other_head.officer)
    assert late.value.code == "visits.unknown_recusal"
    assert names(other) == {"孙检三", "李检四"}


def test_a_refused_swap_writes_nothing_down(cast: Cast) -> None:
    one, _ = two_visits(cast)
    with db.transaction(write=True):
        recusal_id = actions.ask_recusal(one, "kinship", "厂长是我的表兄", by=cast.inspector_b.officer).id
    with db.transaction(write=True):
        with pytest.raises(Refusal):
            actions.decide_recusal(recusal_id, Ruling("agree", "", "swap"), by=cast.head.officer)
        row = queries.recusals_of(one)[0]
        assert (row.outcome, row.decided_by) == (None, None)


def test_a_swap_stands_in_the_history_of_both_visits(cast: Cast) -> None:
    one, other = two_visits(cast)
    recusal_id = propose(cast, one, other)
    with db.transaction(write=True):
        actions.consent_to_swap(recusal_id, "agree", "", by=cast.other_head.officer)
    with db.transaction(write=False):
        for visit_id in (one, other):
            assert "visits.members_swapped" in [entry.action for entry, _ in ledger.history(visit_id)]


def manual(visit_id: UUID, **conditions: bool) -> None:
    """The visit's task was matched under these conditions."""
    task = queries.visit(visit_id).visit_tasks[0].task
    task.match_mode, task.match_conditions = "manual", dict(conditions)


def needs_qualification(cast: Cast, one: UUID) -> None:
    manual(one, qualified=True)
    db.session.get_one(Inspector, cast.inspector_c.inspector_id).subject_types = ["高企单位"]


def needs_auditor(cast: Cast, one: UUID) -> None:
    queries.drawn_member(queries.visit(one), cast.inspector_b.inspector_id or one).seat_type = "财务审计"
    db.session.get_one(Inspector, cast.inspector_d.inspector_id).specialities = ["财务审计"]


def needs_another_division(cast: Cast, one: UUID) -> None:
    manual(one, other_division=True)
    db.session.get_one(Inspector, cast.inspector_c.inspector_id).division_id = cast.division


def needs_the_same_city(cast: Cast, one: UUID) -> None:
    manual(one, same_city=True)
    queries.visit(one).object.region_code = "370102"
    db.session.get_one(Inspector, cast.inspector_c.inspector_id).city = "烟台市"


def needs_another_pair(cast: Cast, one: UUID) -> None:
    manual(one, not_same_pair=True)
    db.session.add_all(ObjectLastTeam(object_id=queries.visit(one).object_id, inspector_id=who.inspector_id)
                       for who in (cast.inspector_a, cast.inspector_c))


@pytest.mark.edge("E8")
@pytest.mark.parametrize("asks", [
    needs_qualification, needs_auditor, needs_another_division, needs_the_same_city, needs_another_pair])
def test_what_the_matching_and_the_seat_ask_a_swap_asks_too(cast: Cast, asks: Callable[[Cast, UUID], None]) -> None:
    one, other = two_visits(cast)
    with db.transaction(write=True):
        asks(cast, one)
    with pytest.raises(Refusal) as refused:
        propose(cast, one, other)
    assert (refused.value.code, refused.value.facts["name"]) == ("visits.swap_not_qualified", "孙检三")
    with db.transaction(write=False):
        first = queries.visit(one)
        leaving = queries.drawn_member(first, cast.inspector_b.inspector_id or one).inspector
        assert [member.inspector.name for member in queries.swap_choices(first, leaving)] == ["李检四"]


@pytest.mark.article("15")
@pytest.mark.edge("E8")
def test_a_swap_leaves_no_item_of_a_merged_visit_without_somebody_qualified(cast: Cast) -> None:
    one, other = two_visits(cast)
    with db.transaction(write=True):
        visit = queries.visit(one)
        also = drawn_task(3, cast.officer, item("基地", cast.division), [], [])
        db.session.add(VisitTask(visit_id=one, task_id=also.id, object_id=visit.object_id))
        for who, types in ((cast.inspector_a, ["动物单位"]), (cast.inspector_b, ["基地单位"]), (cast.inspector_c, ["动物单位"]),
                           (cast.inspector_d, ["基地单位"])):
            db.session.get_one(Inspector, who.inspector_id).subject_types = types
    with pytest.raises(Refusal) as refused:
        propose(cast, one, other)
    assert (refused.value.code, refused.value.facts["name"]) == ("visits.swap_not_qualified", "孙检三")
