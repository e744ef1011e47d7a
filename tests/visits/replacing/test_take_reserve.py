"""An object that is gone before its visit: the next of the drawn reserve takes its place, if the task says so (E21)."""

from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.draw.models import DrawnObject
from fieldapp.draw.queries import stepped_in
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.registry.models import InspectionObject, InspectorInterest, ObjectVisitCount
from fieldapp.tasks.models import Task
from fieldapp.visits import actions, queries
from fieldapp.visits.models import ObjectReplacement, Visit
from tests.people import Cast
from tests.visits.scene import approved_visit, inspected

pytestmark = pytest.mark.article("16")
GONE = "已于 11 月 20 日注销"


def with_reserve(cast: Cast, *, foreseen: bool = True) -> tuple[UUID, list[UUID]]:
    """An approved visit whose draw has three objects in reserve; their identifiers in their order."""
    visit_id = approved_visit(cast)
    with db.transaction(write=True):
        drawn = db.session.query(DrawnObject).one()
        db.session.query(Task).one().takes_reserve = foreseen
        reserve = [inspected(f"储备{number}号（示例）", f"91370102MA3N8K2T{number}M") for number in (2, 3, 4)]
        for rank, one in enumerate(reserve, start=2):
            db.session.add(DrawnObject(draw_id=drawn.draw_id, object_id=one.id, rank=rank, ticket=f"{rank:064}",
                                       leaf=f"{rank:064}", is_reserve=True))
        return visit_id, [one.id for one in reserve]


def take(cast: Cast, visit_id: UUID) -> UUID:
    with db.transaction(write=True):
        return actions.take_reserve(visit_id, GONE, by=cast.legal.officer).visit_id


@pytest.mark.edge("E21")
def test_the_next_in_reserve_takes_the_place_with_the_same_team_and_both_visits_stay_visible(cast: Cast) -> None:
    visit_id, reserve = with_reserve(cast)
    new_id = take(cast, visit_id)
    with db.transaction(write=False):
        gone, new = queries.visit(visit_id), queries.visit(new_id)
        assert (gone.state, new.state, new.object_id) == ("cancelled", "proposed", reserve[0])
        assert [one.inspector.name for one in queries.members(new)] == ["赵检一", "钱检二"]
        assert (gone.notice_id, gone.counted_year, new.counted_year) == (None, None, 2026)
        assert new.visit_tasks[0].task.state == "generated"
        for one in (visit_id, new_id):
            found = queries.replacement_of(one)
            assert found is not None
            assert (found.gone_visit_id, found.visit_id, found.reason) == (visit_id, new_id, GONE)
        assert stepped_in(db.session.query(DrawnObject).first().draw_id) == 1, "what the public counts"  # type: ignore[union-attr]


def test_who_is_gone_too_or_at_the_yearly_cap_is_passed_over_and_an_empty_reserve_is_said(cast: Cast) -> None:
    visit_id, reserve = with_reserve(cast)
    with db.transaction(write=True):
        db.session.get_one(InspectionObject, reserve[0]).status = "closed"
        db.session.add(ObjectVisitCount(object_id=reserve[1], year=2026, visits=2))
    new_id = take(cast, visit_id)
    with db.transaction(write=False):
        assert queries.visit(new_id).object_id == reserve[2]
    with pytest.raises(Refusal) as empty:
        take(cast, new_id)
    assert empty.value.code == "visits.reserve_empty"
    with db.transaction(write=False):
        assert queries.visit(new_id).state == "proposed"


def test_a_member_with_an_interest_in_the_new_object_is_replaced_by_a_drawn_substitute(cast: Cast) -> None:
    visit_id, reserve = with_reserve(cast)
    with db.transaction(write=True):
        db.session.add(InspectorInterest(inspector_id=cast.inspector_b.inspector_id, object_id=reserve[0],
                                         object_name="储备2号（示例）", declared_at=clock.now()))
    new_id = take(cast, visit_id)
    with db.transaction(write=False):
        names = [one.inspector.name for one in queries.members(queries.visit(new_id))]
        assert names[0] == "赵检一"
        assert names[1] in {"孙检三", "李检四"}
        assert [one.ground for one in queries.substitutions_of(new_id)] == ["recusal"]


def test_a_task_that_did_not_say_so_before_its_draw_has_no_reserve(cast: Cast) -> None:
    visit_id, _ = with_reserve(cast, foreseen=False)
    with pytest.raises(Refusal) as refused:
        take(cast, visit_id)
    assert refused.value.code == "visits.reserve_not_foreseen"


def test_no_division_takes_the_reserve_for_an_object_that_it_does_not_like(cast: Cast) -> None:
    visit_id, _ = with_reserve(cast)
    for other in (cast.officer, cast.head, cast.other_head):
        with pytest.raises((Forbidden, Refusal)), db.transaction(write=True):
            actions.take_reserve(visit_id, GONE, by=other.officer)
    with db.transaction(write=False):
        assert db.session.query(ObjectReplacement).count() == 0
        assert db.session.query(Visit).count() == 1
