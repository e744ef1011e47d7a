"""A record that the leader returned, that was corrected, and that waits for the leader a second time."""

from uuid import UUID

from sqlalchemy import select

from fieldapp import db
from fieldapp.demo.cases.platform import Days
from fieldapp.demo.course import HIGH_TECH_TASK, leader_of, part_of, visits_of
from fieldapp.demo.stage import acting, at, moment
from fieldapp.review import actions as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import Decision
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits

WRONG, RIGHT = "9.2%", "9.5%"
REMARK = "花名册为 21 人，占比应为 9.5%，请作补正说明。"


def correct(days: Days) -> None:
    """The second visit of 高新技术处: returned, corrected and signed by both inspectors, before the leader again."""
    with db.transaction(write=False):
        task_id = db.session.scalars(select(Task.id).where(Task.name == HIGH_TECH_TASK)).one()
    visit_id = visits_of(task_id)[1]
    review_id, place, team = _facts(visit_id)
    with at(moment(days.returned, 16)), acting(leader_of(visit_id)) as leader:
        review.decide_review(review_id, Decision.RETURNED, remarks=[review.Remark(place, REMARK)], by=leader)
    with at(moment(days.answered, 10)):
        with acting(leader_of(visit_id)) as leader:
            correction_id = review.write_clerical_correction(review_id, place, WRONG, RIGHT, by=leader).id
        for user_name in team:
            with acting(user_name) as member:
                review.sign_clerical_correction(correction_id, by=member)


def _facts(visit_id: UUID) -> tuple[UUID, str, list[str]]:
    """The record's review, the place of the note of its third check, the user names of the team."""
    with db.transaction(write=False):
        part = visits.visit_task(part_of(visit_id))
        lines = part.task.checklist.items if part.task.checklist else []
        review_id = db.session.scalars(select(RecordReview.id).where(RecordReview.visit_task_id == part.id)).one()
        team = [one.inspector.person.user_name for one in visits.members(part.visit) if one.inspector.person]
        return review_id, f"r/{part.id}/check/{lines[2].id}/note", team
