"""Two visits of one task end in the same moment."""

from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest

from fieldapp import db
from fieldapp.draw.models import DrawnObject, DrawnSeat
from fieldapp.tasks.models import Task
from fieldapp.visits import actions, queries
from tests.draw.race.crowd import all_at_once
from tests.people import Cast
from tests.visits import scene

HALF_A_SECOND = 0.5


def both_begun(cast: Cast) -> tuple[UUID, list[UUID]]:
    """A task with its two visits, both under way, each with a team of its own."""
    teams = (cast.inspector_a, cast.inspector_b), (cast.inspector_c, cast.inspector_d)
    scene.stop_the_clock()
    with db.transaction(write=True):
        objects = [scene.inspected("甲（示例）", "91370102MA3N8K2T1M"), scene.inspected("乙（示例）", "91370602MA9KX4P79F")]
        task = scene.drawn_task(1, cast.officer, scene.item("动物", cast.division), objects,
                                teams[0])
        seats = db.session.query(DrawnSeat).join(DrawnObject).filter_by(rank=2).order_by(DrawnSeat.seat)
        for seat, one in zip(seats, teams[1], strict=True):
            seat.inspector_id = one.inspector_id
        actions.generate_task(task.id, by=cast.officer.officer)
        scene.approved_plan(task, cast.head, [*teams[0], *teams[1]])
        visits = [one.id for one in queries.visits_of_task(task.id)]
        for visit_id in visits:
            actions.agree_slot(visit_id, scene.SLOT, by=cast.officer.officer)
            first, _ = queries.members(queries.visit(visit_id))
            actions.appoint_leader(visit_id, first.inspector_id, by=cast.head.officer)
            actions.submit_visit(visit_id, by=cast.officer.officer)
            actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
            actions.start_visit(visit_id, scene.START, by=cast.inspector_a.officer)
        return task.id, visits


@pytest.mark.article("25")
def test_the_last_two_visits_of_a_task_closed_at_once_complete_it(cast: Cast) -> None:
    task_id, visits = both_begun(cast)
    both_have_closed = Barrier(2)

    def close(visit_id: UUID) -> str:
        with db.transaction(write=True):
            queries.visits_of_task(task_id)
            actions.close_visit(visit_id, scene.END, by=cast.inspector_a.officer)
            try:
                both_have_closed.wait(HALF_A_SECOND)
            except BrokenBarrierError:
                return "one after the other"
        return "together"

    answers = all_at_once([lambda one=one: close(one) for one in visits])
    with db.transaction(write=False):
        assert db.session.get_one(Task, task_id).state == "completed"
    assert answers == {"one after the other": 2}
