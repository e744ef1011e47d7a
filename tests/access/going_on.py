"""What happens after the demonstration's beginning, so that every page has something to show in both divisions."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from fieldapp import clock, db, ids
from fieldapp.accounts import actions as accounts
from fieldapp.accounts.models import Division, OneTimeLink, Person
from fieldapp.accounts.rules import secret_hash
from fieldapp.demo import course
from fieldapp.demo.directories import DATA
from fieldapp.demo.phone import hold_visit
from fieldapp.demo.stage import acting
from fieldapp.demo.today import two_inspectors
from fieldapp.disposal import actions as disposal
from fieldapp.disposal.rules import Measure
from fieldapp.entrusting import actions as entrusting
from fieldapp.entrusting import queries as agencies
from fieldapp.entrusting.rules import Work
from fieldapp.evidence import actions as evidence
from fieldapp.evidence.rules import capture_hash
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork.models import RecordCopy, RecordItem
from fieldapp.jobs.models import Job
from fieldapp.objections import actions as objections
from fieldapp.oversight import actions as oversight
from fieldapp.oversight.models import VisitComplaint, VisitRating
from fieldapp.planning import actions as planning
from fieldapp.publication import actions as publication
from fieldapp.publication.models import InspectionResult
from fieldapp.registry import actions as registry
from fieldapp.registry.models import Inspector
from fieldapp.registry.sheets import read_sheet
from fieldapp.review import actions as review
from fieldapp.review.models import RecordReview
from fieldapp.review.rules import AddedFact, Decision
from fieldapp.sync.models import Device
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.models import Task
from fieldapp.tasks.prefill import first_texts
from fieldapp.tasks.way_b import read_worksheets, write
from fieldapp.visits import actions as visits
from fieldapp.visits import queries
from fieldapp.visits.models import MergeProposal, Visit, VisitTask
from tests.evidence.pictures import picture

RURAL, HIGH_TECH = "nongcun", "gaoxin"
SPARE = "实验动物许可监督检查（第二批）"
LINK = "a-link-that-the-tests-know"
SUPPLEMENT_LINKS = {"农村科技处": "a-supplement-of-rural", "高新技术处": "a-supplement-of-high-tech"}
OWN_COMPLAINTS = {RURAL: "a-complaint-of-rural", HIGH_TECH: "a-complaint-of-high-tech"}
ORDER = "补齐废弃物交接单，完善交接制度。"


def go_on() -> None:
    """Drafts, a second draw, published results with objections and disposals, corrections, kits, photos, sheets."""
    _draw_rural()
    _draft_tasks()
    _finish_rural()
    _finish_high_tech()
    _object_and_handle()
    _return_and_correct()
    _prepare_kits()
    _keep_photos()
    _bring_sheets()
    _speak_up()
    _ask_to_be_replaced()
    _entrust()
    _odds_and_ends()


def visits_in(division: str, *states: str) -> list[UUID]:
    """The visits of a division in these states, the oldest first."""
    with db.transaction(write=False):
        found = select(VisitTask.visit_id).join(Task).join(Visit, Visit.id == VisitTask.visit_id).where(
            Visit.state.in_(states), Task.division.has(name={RURAL: "农村科技处", HIGH_TECH: "高新技术处"}[division]))
        return list(db.session.scalars(found.order_by(VisitTask.visit_id)))


def task_named(name: str, state: str = "approved") -> UUID:
    """The task of that name in that state."""
    with db.transaction(write=False):
        return db.session.scalars(select(Task.id).where(Task.name == name, Task.state == state)).one()


def _draw_rural() -> None:
    task_id = task_named("实验动物许可监督检查（第一批）")
    course.draw_task(task_id, RURAL)
    with acting(f"{RURAL}-jingban") as officer:
        tasks.write_work_plan(task_id, first_texts(db.session.get_one(Task, task_id)), by=officer)


def _draft_tasks() -> None:
    course.set_up(course.ANIMALS, SPARE, RURAL)
    course.set_up(course.ANIMALS, "实验动物许可监督检查（第三批）", RURAL, submit=False, approve=False)
    course.set_up(course.HIGH_TECH, "高新技术企业认定后监督检查（第二批）", HIGH_TECH, submit=False, approve=False)
    course.set_up(course.HIGH_TECH, "高新技术企业认定后监督检查（第三批）", HIGH_TECH, approve=False)


def _finish_rural() -> None:
    first, second, *_due = visits_in(RURAL, "approved")
    until = (clock.today() + timedelta(days=30)).isoformat()
    for visit_id in (first, second):
        hold_visit(visit_id, problems={9: "9 月的废弃物交接单缺失。"}, category="rectification_ordered",
                   conclusion="废弃物交接记录不完整。", order=ORDER, until=until)
    course.publish(first, RURAL)


def _finish_high_tech() -> None:
    course.publish(visits_in(HIGH_TECH, "closed")[1], HIGH_TECH)


def _object_and_handle() -> None:
    for division in (RURAL, HIGH_TECH):
        result_id = results_of(division)[-1]
        with acting(f"{division}-jingban") as officer:
            objections.take_in_objection(result_id, clock.today(), objections.Application(
                "孙某（示例）", "0531-00000000", "检查当日交接单在另一处存放。"), by=officer)
            disposal.open_case(result_id, disposal.Plan(
                Measure.OWN_CASE, "立案核实。", due_on=clock.today() + timedelta(days=20)), by=officer)


def _speak_up() -> None:
    """The inspected of both divisions rate a visit, where none has yet, and complain of it."""
    for division in (RURAL, HIGH_TECH):
        with db.transaction(write=True):
            copies = select(RecordCopy).join(Visit).join(VisitTask).join(Task).join(Task.division).where(
                Visit.state == "closed", Visit.id.not_in(select(VisitRating.visit_id)),
                Division.name == {RURAL: "农村科技处", HIGH_TECH: "高新技术处"}[division])
            secret = db.session.scalars(copies.order_by(RecordCopy.id).limit(1)).one().secret
            oversight.rate_visit(secret, 4, "按约定时间到达。")
            made = oversight.complain(secret, "现场没有说明检查依据。", "0531-00000000").complaint
            db.session.add(VisitComplaint(visit_id=made.visit_id, text=made.text, at=made.at,
                                          secret_sha256=secret_hash(OWN_COMPLAINTS[division])))


def results_of(division: str) -> list[UUID]:
    """The results of a division's visits, the oldest first."""
    with db.transaction(write=False):
        name = {RURAL: "农村科技处", HIGH_TECH: "高新技术处"}[division]
        found = select(InspectionResult.id).join(VisitTask).join(Task).where(Task.division.has(name=name))
        return list(db.session.scalars(found.order_by(InspectionResult.id)))


def _return_and_correct() -> None:
    """A clerical correction of the returned record of 农村科技处, and a returned record with one of 高新技术处."""
    [returned] = visits_in(RURAL, "returned")
    for visit_id in (returned, _return_high_tech()):
        with acting(course.leader_of(visit_id)) as leader:
            found = db.session.scalars(select(RecordReview).where(
                RecordReview.visit_task_id == course.part_of(visit_id))).one()
            review.write_clerical_correction(found.id, "", "9 月", "10 月", by=leader)
            added = [AddedFact("", "库房内另有 3 台设备。")]
            row = review.write_supplementary_record(found.id, "现场没有记下", added, clock.today(), by=leader)
            row.team_signed_at, row.served_by = clock.now(), leader.person_id
            row.link_sha256 = secret_hash(SUPPLEMENT_LINKS[found.visit_task.task.division.name])


def _return_high_tech() -> UUID:
    """A third visit of 高新技术处: drawn, held, returned by its leader with a remark."""
    city, size = course.a_small_pool(course.HIGH_TECH)
    task_id = course.set_up(course.HIGH_TECH, "高新技术企业认定后监督检查（第四批）", HIGH_TECH,
                            conditions={"cities": [city], "sizes": [size]})
    course.draw_task(task_id, HIGH_TECH)
    course.approve_work_plan(task_id, HIGH_TECH)
    visit_id, *_rest = course.visits_of(task_id)
    course.prepare_visit(visit_id, HIGH_TECH, clock.today(), 9)
    hold_visit(visit_id, problems={1: "说明有误。"}, category="problem_pending_action", conclusion="待核实。")
    with acting(course.leader_of(visit_id)) as leader:
        found = db.session.scalars(select(RecordReview).where(
            RecordReview.visit_task_id == course.part_of(visit_id))).one()
        review.decide_review(found.id, Decision.RETURNED, "请更正。", remarks=[review.Remark("", "第 1 项有误。")], by=leader)
    return visit_id


def _prepare_kits() -> None:
    [due] = visits_in(RURAL, "approved")
    for inspector in two_inspectors():
        with acting(inspector.staff_number.lower()) as by:
            fieldwork.prepare_kits([due], by=by)
    for division in (RURAL, HIGH_TECH):
        returned = visits_in(division, "returned")[0]
        with acting(course.leader_of(returned)) as leader:
            fieldwork.prepare_kits([returned], by=leader)


def _keep_photos() -> None:
    for number, division in enumerate((RURAL, HIGH_TECH)):
        visit_id = visits_in(division, "returned")[0]
        part, content = course.part_of(visit_id), picture("JPEG", (320 + number, 240))
        name = sha256(content).hexdigest()
        captured = capture_hash([name])
        evidence.hold_chunk(name, content)
        with acting(course.leader_of(visit_id)) as leader:
            original = evidence.assemble(captured, [name], len(content), by=leader)
            line = db.session.get_one(VisitTask, part).task.checklist.items[0].id  # type: ignore[union-attr]
            db.session.add(RecordItem(
                visit_id=visit_id, path=f"r/{part}/check/{line}/photo/{ids.uuid7()}", kind="photo", original_id=original.id,
                value={"name": "现场照片.jpg", "capture_hash": captured, "grade": "camera", "at": 0}, op_id=ids.uuid7(),
                person_id=leader.person_id, at=clock.now(), receipt=10_000 + number))


def _bring_sheets() -> None:
    """A sheet of objects of each division, not handed in yet; a sheet of tasks drawn elsewhere."""
    for division, name in ((RURAL, "objects-农村科技处-实验动物单位.xlsx"), (HIGH_TECH, "objects-科普处-科普基地.xlsx")):
        read = registry.read_upload((DATA / name).read_bytes(), name)
        with acting(f"{division}-jingban") as officer:
            registry.import_sheet(read, division_id=officer.division_id, by=officer)
            rows = read_worksheets(read_sheet(write([[f"3700002026{division}", "任务", course.ANIMALS, "农村科技处", "某单位"]])))
            visits.hand_in_external_tasks(visits.ReadSheet("省平台抽查任务.xlsx", sha256(name.encode()).hexdigest(), rows),
                                          by=officer)


def _ask_to_be_replaced() -> None:
    for division in (RURAL, HIGH_TECH):
        visit_id = visits_in(division, "approved", "proposed")[-1]
        with db.transaction(write=False):
            first, second = queries.members(queries.visit(visit_id))[:2]
            asking, leaving = first.inspector.person.user_name, second.inspector_id
        with acting(asking) as member:
            visits.ask_recusal(visit_id, "former", "2024 年以前在该单位任职。", by=member)
        with acting(f"{division}-jingban") as officer:
            visits.ask_substitution(visit_id, leaving, "health", "当日住院。", by=officer)


def _entrust() -> None:
    """Each division has entrusted the laboratory with a visit that was held, and has its report."""
    for division in (RURAL, HIGH_TECH):
        visit_id = visits_in(division, "returned")[0]
        with db.transaction(write=False):
            lab = next(one.id for one in agencies.parties("agency"))
        with acting(f"{division}-jingban") as officer:
            row_id = entrusting.ask_entrustment(visit_id, entrusting.Terms(
                lab, Work.TESTING, "饮水检测。", "第十九条。", clock.today()), by=officer).id
        with acting(f"{division}-chuzhang") as head:
            entrusting.decide_entrustment(row_id, "agree", "", by=head)
        with acting(f"{division}-jingban") as officer:
            held = entrusting.hold_file("检测报告.jpg", picture("JPEG", (200, 100)), by=officer)
            entrusting.hand_in_report(row_id, entrusting.Report("张工（示例）", clock.today(), "合格。", held), by=officer)


def _odds_and_ends() -> None:
    rural, high_tech = visits_in(RURAL, "proposed")[0], visits_in(HIGH_TECH, "proposed", "returned")[0]
    with acting("fagui") as legal:
        planning.draft_plan(clock.today().year + 1, by=legal)
        publication.make_outgoing_file(None, by=legal)
        db.session.add(MergeProposal(first_visit_id=rural, second_visit_id=high_tech, found_at=clock.now()))
        db.session.add(Job(kind="registry.accept_batch", facts={}, asked_at=clock.now(), run_after=clock.now(), tries=9,
                           last_error="ValueError: the sheet is gone", gave_up_at=clock.now()))
    with acting("security") as security:
        accounts.issue_link(_person_named("kepu-jingban"), by=security)
        link = db.session.scalars(select(OneTimeLink).where(OneTimeLink.used_at.is_(None))).one()
        link.secret_hash = secret_hash(LINK)
    for division in (RURAL, HIGH_TECH):
        with acting(f"{division}-jingban") as officer:
            accounts.open_session(officer.person_id, address="127.0.0.1", device="test")
            owner = db.session.scalars(select(Inspector.person_id).where(
                Inspector.division_id == officer.division_id, Inspector.person_id.is_not(None)).limit(1)).one()
            db.session.add(Device(id=f"phone-of-{division}", person_id=owner, last_n=0, first_seen_at=clock.now(),
                                  last_seen_at=clock.now(), clock_skew_ms=0))


def _person_named(user_name: str) -> UUID:
    return db.session.scalars(select(Person.id).where(Person.user_name == user_name)).one()
