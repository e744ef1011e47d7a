"""A task drawn for the visits' tests: an item, objects of the directory, seats matched to the cast's inspectors."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from fieldapp import clock, db
from fieldapp.draw.models import Draw, DrawnObject, DrawnSeat
from fieldapp.registry.models import InspectionItem, InspectionObject, Inspector
from fieldapp.tasks.models import Task, WorkPlan, WorkPlanReading
from fieldapp.visits import actions, queries
from fieldapp.visits.actions import Slot
from fieldapp.visits.models import Recusal, Visit, VisitTask
from tests.people import Cast, Player

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
START, END = datetime(2026, 11, 24, 1, 0, tzinfo=UTC), datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SLOT = Slot(START, END, "李某（示例）综合部", "李某 13800000000", "进入屏障环境须更衣")
FIRST, LAST = date(2026, 11, 20), date(2026, 12, 20)


def stop_the_clock() -> None:
    """It is 10:00 in Jinan on Monday 23 November 2026."""
    clock.set_source(lambda: NOW)


def inspected(name: str, uscc: str) -> InspectionObject:
    """An enterprise of the directory."""
    row = InspectionObject(uscc=uscc, name=name, city="济南市", address="示例路 1 号", added_at=NOW)
    db.session.add(row)
    db.session.flush()
    return row


def item(code: str, division_id: UUID, specialities: Sequence[str] = ()) -> InspectionItem:
    """A published item."""
    row = InspectionItem(code=code, name=f"{code}监督检查", division_id=division_id, object_category=f"{code}单位",
                         legal_basis="《示例条例》第一条", inspection_content="示例内容", inspection_methods=["on_site"],
                         ratio_basis_points=500, frequency_operator=">=", frequency=1,
                         required_specialities=list(specialities), state="published", published_at=NOW)
    db.session.add(row)
    db.session.flush()
    return row


def drawn_task(number: int, author: Player, about: InspectionItem, drawn: Sequence[InspectionObject],
               team: Sequence[Player]) -> Task:
    """A task whose objects are drawn and whose seats are matched, in the order of the tickets."""
    task = Task(number=f"鲁科抽〔2026〕{900 + number}号", name=f"{about.name}（第{number}批）", item_id=about.id,
                division_id=author.officer.division_id, author_id=author.id, state="objects_drawn", draw_mode="undirected",
                quota=len(drawn), match_mode="automatic", inspection_methods=["on_site"], first_day=FIRST,
                last_day=LAST, created_at=NOW, approved_at=NOW)
    db.session.add(task)
    db.session.flush()
    draw = Draw(task_id=task.id, year=2026, number=number, state="matched", manifest="{}", manifest_hash="0" * 64,
                root="0" * 64, draw_key=b"k", roll=everybody(), directory_size=20, pool_size=20, quota=len(drawn), frozen_at=NOW,
                frozen_by=author.id, drawn_at=NOW, matched_at=NOW)
    db.session.add(draw)
    db.session.flush()
    for rank, one in enumerate(drawn, start=1):
        row = DrawnObject(draw_id=draw.id, object_id=one.id, rank=rank, ticket=f"{rank:064}", leaf=f"{rank:064}")
        db.session.add(row)
        db.session.flush()
        for seat, player in enumerate(team, start=1):
            db.session.add(DrawnSeat(drawn_object_id=row.id, seat=seat, seat_type="certified",
                                     inspector_id=player.inspector_id, ticket=f"{seat:064}"))
    db.session.flush()
    return task


def everybody() -> dict[str, Any]:
    """The roll of a draw, as far as a substitute asks who was in it."""
    return {"inspectors": [{"id": str(one.id)} for one in db.session.query(Inspector)]}


def approved_plan(task: Task, head: Player, readers: Sequence[Player]) -> None:
    """A work plan in force, read by these."""
    plan = WorkPlan(task_id=task.id, version=1, author_id=task.author_id, methods_text="实地核查", standard_text="按表",
                    workflow_text="到达、核验、检查、签字", state="approved", written_at=NOW, decided_by=head.id, decided_at=NOW)
    db.session.add(plan)
    db.session.flush()
    db.session.add_all(WorkPlanReading(work_plan_id=plan.id, person_id=one.id, read_at=NOW) for one in readers)
    db.session.flush()


def one_visit(cast: Cast, team: Sequence[Player] = ()) -> UUID:
    """A generated visit of the rural division with inspectors a and b, or this team; its work plan is read by all."""
    stop_the_clock()
    members = list(team) or [cast.inspector_a, cast.inspector_b]
    with db.transaction(write=True):
        task = drawn_task(1, cast.officer, item("动物", cast.division),
                          [inspected("济南某生物（示例）", "91370102MA3N8K2T1M")], members)
        actions.generate_task(task.id, by=cast.officer.officer)
        approved_plan(task, cast.head, members)
        return visit_of(task).id


def approved_visit(cast: Cast) -> UUID:
    """The same, with slot, leader and the department head's approval."""
    visit_id = one_visit(cast)
    with db.transaction(write=True):
        prepare(cast, visit_id)
        actions.submit_visit(visit_id, by=cast.officer.officer)
        actions.decide_visit(visit_id, "agree", "同意", by=cast.department_head.officer)
    return visit_id


def prepare(cast: Cast, visit_id: UUID) -> None:
    """Slot and leader of a visit of the rural division."""
    actions.agree_slot(visit_id, SLOT, by=cast.officer.officer)
    actions.appoint_leader(visit_id, cast.inspector_a.inspector_id, by=cast.head.officer)


def two_tasks_on_one_object(cast: Cast, *, second_team: Sequence[Player] | None = None) -> tuple[Visit, Visit]:
    """The rural and the high-tech division have drawn the same enterprise for the same weeks."""
    stop_the_clock()
    enterprise = inspected("济南某生物（示例）", "91370102MA3N8K2T1M")
    first = drawn_task(1, cast.officer, item("动物", cast.division), [enterprise], [cast.inspector_a, cast.inspector_b])
    second = drawn_task(2, cast.other_officer, item("高企", cast.other_division), [enterprise],
                        second_team or [cast.inspector_c, cast.inspector_d])
    actions.generate_task(first.id, by=cast.officer.officer)
    actions.generate_task(second.id, by=cast.other_officer.officer)
    return visit_of(first), visit_of(second)


def unite(cast: Cast, proposal_id: UUID, lead_division_id: UUID) -> None:
    """Legal affairs proposes, and the head of every division concerned consents: the visits are one."""
    proposed = actions.propose_merge(proposal_id, lead_division_id, by=cast.legal.officer)
    heads = {cast.division: cast.head, cast.other_division: cast.other_head}
    for division_id in sorted(queries.asked_of(proposed)):
        actions.answer_merge(proposal_id, "agree", "", by=heads[division_id].officer)


def nobody_else(cast: Cast, *, but: Sequence[Player] = ()) -> None:
    """Of the directory only inspectors a and b hold a certificate, and these: nobody is left to be drawn as a substitute."""
    for one in (one for one in (cast.inspector_c, cast.inspector_d) if one not in but):
        db.session.get_one(Inspector, one.inspector_id).certificate_until = date(2026, 11, 1)
    db.session.flush()


def visit_of(task: Task) -> Visit:
    """The only visit of a task."""
    return db.session.query(Visit).join(VisitTask).filter(VisitTask.task_id == task.id).one()


def party_applies(visit: Visit, text: str, cast: Cast) -> Recusal:
    """The inspected party applies for a recusal; the first inspector writes it down."""
    who = cast.inspector_a.officer
    return actions.note_party_recusal(visit, text, by=who, actor=who)
