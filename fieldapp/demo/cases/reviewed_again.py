"""A record that the leader returned, that was corrected and supplemented, and that waits for the leader a second time."""

from uuid import UUID

from sqlalchemy import select

from fieldapp import clock, db
from fieldapp.demo.cases.platform import Days
from fieldapp.demo.course import HIGH_TECH_TASK, leader_of, part_of, visits_of
from fieldapp.demo.stage import acting, at, moment
from fieldapp.review import actions as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import AddedFact, Decision
from fieldapp.sync.rules import Signer
from fieldapp.tasks.models import Task
from fieldapp.visits import queries as visits

WRONG, RIGHT = "9.2%", "9.5%"
REMARK = "花名册为 21 人，占比应为 9.5%，请作补正说明。"
ASKED = "没有写明研发费用辅助账查到哪一期，请作补充笔录。"
REASON, FACT = "现场记录没有写明研发费用辅助账核查到的期间。", "研发费用辅助账逐月设置，核查至上月末，与申报数一致。"
STROKES = [[[140, 320], [300, 120], [440, 330]], [[520, 140], [700, 160], [560, 340]]]


def correct(days: Days) -> None:
    """The second visit of 高新技术处: returned, corrected, supplemented by both sides, before the leader again."""
    with db.transaction(write=False):
        task_id = db.session.scalars(select(Task.id).where(Task.name == HIGH_TECH_TASK)).one()
    visit_id = visits_of(task_id)[1]
    review_id, lines, team = _facts(visit_id)
    place, part = f"{lines[0]}/note", lines[1]
    with at(moment(days.returned, 16)), acting(leader_of(visit_id)) as leader:
        remarks = [review.Remark(place, REMARK), review.Remark(f"{part}/note", ASKED)]
        review.decide_review(review_id, Decision.RETURNED, remarks=remarks, by=leader)
    with at(moment(days.answered, 10)):
        with acting(leader_of(visit_id)) as leader:
            correction_id = review.write_clerical_correction(review_id, place, WRONG, RIGHT, by=leader).id
        for user_name in team:
            with acting(user_name) as member:
                review.sign_clerical_correction(correction_id, by=member)
    with at(moment(days.answered, 14)):
        _supplement(visit_id, review_id, part, team)


def _supplement(visit_id: UUID, review_id: UUID, part: str, team: list[str]) -> None:
    """The team writes the missing fact at its line, signs, and has the representative sign on the leader's phone."""
    with acting(leader_of(visit_id)) as leader:
        row = review.write_supplementary_record(review_id, REASON, [AddedFact(part, FACT)], clock.today(), by=leader)
        row_id, digest = row.id, row.digest
    for user_name in team:
        with acting(user_name) as member:
            review.sign_supplementary_record(row_id, by=member)
    with acting(leader_of(visit_id)) as leader:
        signer = Signer("韩某（示例）", "person_in_charge", STROKES, False, digest)
        review.sign_on_inspectors_phone(row_id, signer, "true", "", by=leader)


def _facts(visit_id: UUID) -> tuple[UUID, list[str], list[str]]:
    """The record's review, its third and fourth checks, the user names of the team."""
    with db.transaction(write=False):
        part = visits.visit_task(part_of(visit_id))
        lines = part.task.checklist.items if part.task.checklist else []
        review_id = db.session.scalars(select(RecordReview.id).where(RecordReview.visit_task_id == part.id)).one()
        team = [one.inspector.person.user_name for one in visits.members(part.visit) if one.inspector.person]
        return review_id, [f"r/{part.id}/check/{line.id}" for line in lines[2:4]], team
