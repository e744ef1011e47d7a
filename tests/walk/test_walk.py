"""A whole inspection in a real browser, at 360 × 740, by what people see."""

from hashlib import sha256
from socket import create_connection

import pytest
from playwright.sync_api import Page, expect

from tests.databases import ON_SQLITE, SOON_ON_SQLITE
from tests.live import Live
from tests.walk import phone, signing
from tests.walk.desk import directories, drawing, merging, publishing, reviewing, tasks, visits, way_b
from tests.walk.entity import read_copy, read_merged_copy, read_refusal, verify_inspectors, verify_too_late
from tests.walk.people import People, due_today, forgive, row_of, user_names

pytestmark = pytest.mark.browser
LOST = "net::ERR_"
REFUSALS = ("422 (UNPROCESSABLE ENTITY)", "409 (CONFLICT)")  # what the walks are refused, and read on the page
SIGNED, SEALED = "被检查单位已在检查记录上签字确认", "被检查单位已在检查记录上盖章确认"
REFUSED = "被检查单位拒绝在检查记录上签字或盖章，执法检查人员已在记录中说明情况"
CATEGORIES = ("发现问题已责令改正", "未发现问题")


@SOON_ON_SQLITE
def test_an_inspection_goes_from_a_divisions_sheet_to_a_published_and_corrected_result(
    live: Live, people: People, complaints: list[str],
) -> None:
    officer, head, legal, entity = people("gaoxin-jingban"), people("gaoxin-chuzhang"), people("fagui"), people.stranger()
    directories.import_objects(officer, legal)
    directories.read_what_is_public(entity)
    task = drawn_task(people)
    visit = arranged_visit(people, task)
    page = prepared_phone(people, visit)
    card = verify_inspectors(entity, phone.read_cards(page), visit)
    live.path.cut()
    with pytest.raises(ConnectionRefusedError):
        create_connection(("127.0.0.1", live.path.port))
    page.reload()
    phone.ready(page)
    code, copy, photo = held_visit(page, visit)
    made = signing.holds_everything(page)
    live.path.restore()
    signing.everything_arrives(page, made)
    assert is_stored(live, photo)
    verify_too_late(entity, card)
    read_copy(entity, copy, code)
    reviewing.sign_off(page, visit.object)
    reviewing.check(officer, visit.object)
    reviewing.approve(head, visit.object)
    publishing.find_nothing(entity, visit.object)
    publishing.publish(head, visit.object)
    publishing.find_result(entity, visit.object, "发现问题已责令改正")
    publishing.export_results(legal, visit.object)
    publishing.object_to_result(entity, copy)
    publishing.examine_objection(officer, visit.object)
    publishing.decide_objection(head, visit.object)
    publishing.read_answer(entity, copy)
    publishing.see_both_versions(entity, visit.object)
    forgive(complaints, LOST, *REFUSALS)


@ON_SQLITE
@pytest.mark.article("24", "25")
def test_a_refused_signature_and_a_returned_record_are_published_with_a_statement(
    live: Live, people: People, complaints: list[str],
) -> None:
    due = due_today()
    first, second = (people(user_name) for user_name, _ in due)
    team = tuple(name for _, name in due)
    phone.set_pin(second)
    phone.set_pin(first)
    first.goto("/field/")
    name = row_of(first, "14:00").get_by_role("strong").first.inner_text()
    phone.prepare_the_day(first, name)
    phone.arrive(first, team[1])
    phone.show_credentials(first, team)
    phone.receive_notice(first)
    interrupted(live, first, name)
    phone.step(first, "4 现场检查")
    phone.answer_checks(first, phone.small_photo())
    phone.conclude(first)
    signing.refuse_to_sign(first)
    signing.sign_as_team(first, team)
    copy = signing.close(first)
    live.path.restore()
    signing.everything_arrives(first)
    read_refusal(people.stranger(), copy)
    reviewing.send_back(first, name)
    reviewing.correct_by_statement(first, second, name)
    reviewing.sign_off(first, name)
    reviewing.check(people("nongcun-jingban"), name)
    head = people("nongcun-chuzhang")
    reviewing.approve(head, name)
    publishing.publish(head, name)
    anybody = people.open_phone(base_url=people.url, java_script_enabled=False)
    publishing.find_result(anybody, name, "发现问题已责令改正")
    publishing.read_confirmation(anybody, REFUSED, *team, "李某", "孙某")
    forgive(complaints, LOST, *REFUSALS)


@ON_SQLITE
@pytest.mark.article("3", "15", "24", "25")
def test_two_tasks_drawn_elsewhere_become_one_visit_and_two_published_results(
    people: People, complaints: list[str],
) -> None:
    legal, leader = people("fagui"), people(user_names()[way_b.FIRST.team()[0]])
    visit = merged_visit(people)
    phone.set_pin(people(visit.users[1]))
    phone.set_pin(leader)
    phone.prepare_the_day(leader, visit.object)
    phone.arrive(leader, visit.team[1])
    phone.show_credentials(leader, visit.team)
    copy = held_merged_visit(leader, visit.team[:2])
    read_merged_copy(people.stranger(), copy)
    reviewing.sign_off_sealed(leader, way_b.FIRST.name)
    reviewing.sign_off_faultless(leader, way_b.SECOND.name)
    for one in way_b.BOTH:
        reviewing.check(people(f"{one.desk}-jingban"), one.name)
        reviewing.approve(people(f"{one.desk}-chuzhang"), one.name)
        publishing.publish(people(f"{one.desk}-chuzhang"), one.name)
    anybody = people.stranger()
    for one, category, words in zip(way_b.BOTH, CATEGORIES, (SEALED, SIGNED), strict=True):
        publishing.find_result(anybody, visit.object, category, one.item)
        publishing.read_confirmation(anybody, words, *visit.team, "李某")
    publishing.says_what_was_entered(legal, *zip(way_b.BOTH, CATEGORIES, strict=True))
    forgive(complaints, *REFUSALS)


def interrupted(live: Live, page: Page, name: str) -> None:
    """Without a network the page is loaded anew while somebody types; the visit stops until tomorrow, and goes on."""
    live.path.cut()
    phone.keep_what_is_typed(page)
    phone.pause(page)
    live.path.restore()
    phone.is_paused(page, name)
    live.path.cut()
    phone.resume(page)


def merged_visit(people: People) -> visits.Planned:
    """Out of the platform's sheet one visit for both tasks, with one notice, whose work plans everybody has read."""
    legal, desks = people("fagui"), [people(f"{one.desk}-jingban") for one in way_b.BOTH]
    way_b.take_in(legal)
    found = [way_b.task_of(desk, one) for desk, one in zip(desks, way_b.BOTH, strict=True)]
    visit, other = (way_b.visit_of(desk, task, one.team())
                    for desk, task, one in zip(desks, found, way_b.BOTH, strict=True))
    merging.waits_for_decision(desks[0], visit)
    merging.propose(legal)
    for one in way_b.BOTH:
        merging.consent(people(f"{one.desk}-chuzhang"), is_last=one is way_b.SECOND)
    merging.is_merged_away(desks[1], other)
    visit = way_b.visit_of(desks[0], found[0], way_b.FIRST.team())
    for desk, task, one in zip(desks, found, way_b.BOTH, strict=True):
        tasks.write_work_plan(desk, task)
        tasks.approve_work_plan(people(f"{one.desk}-chuzhang"), one.name)
        for user_name in visit.users:
            tasks.read_work_plan(people(user_name), one.name)
    visits.agree_slot(desks[0], visit)
    visits.approve_visit(people("tingzhang"), visit)
    return visit


def held_merged_visit(page: Page, signers: tuple[str, ...]) -> str:
    """One notice for both items, one record each, the first sealed, the second signed; gives the copy's address."""
    for one in way_b.BOTH:
        expect(phone.shown(page).get_by_role("article")).to_contain_text(one.item)
    phone.receive_notice(page)
    assert phone.answer_checks(page, phone.small_photo()) == 12 + 5
    phone.conclude(page, way_b.SECOND.item)
    phone.conclude_without_problem(page, way_b.SECOND.item)
    signing.seal_as_entity(page, phone.small_photo())
    signing.sign_as_team(page, signers)
    phone.shown(page).get_by_role("link", name="下一份记录").click()
    signing.sign_as_entity(page, "不符合 0 项，照片 0 张")
    signing.sign_as_team(page, signers)
    copy = signing.close(page)
    signing.everything_arrives(page, photos=2)
    return copy


def drawn_task(people: People) -> str:
    """A task of the division, approved, drawn and generated, with a work plan; gives its address."""
    officer, head, legal = people("gaoxin-jingban"), people("gaoxin-chuzhang"), people("fagui")
    task = tasks.set_up_task(officer)
    tasks.approve_task(officer, head, task)
    draw = drawing.freeze(officer, task, ("高新技术处 卫经办", "法规处 周法规"))
    drawing.make_seed((officer, legal), draw)
    drawing.draw(officer, draw)
    drawing.note_report(legal)
    tasks.write_work_plan(officer, task)
    tasks.approve_work_plan(head)
    return task


def arranged_visit(people: People, task: str) -> visits.Planned:
    """The first visit of the task, ready to be held today."""
    officer = people("gaoxin-jingban")
    visit = visits.open_first_visit(officer, task)
    for user_name in visit.users:
        tasks.read_work_plan(people(user_name))
    visit = visits.appoint_leader(people("gaoxin-chuzhang"), visit)
    visits.agree_slot(officer, visit)
    visits.approve_visit(people("tingzhang"), visit)
    return visit


def prepared_phone(people: People, visit: visits.Planned) -> Page:
    """The leader's phone with the day prepared, both members having set their PIN."""
    leader, colleague = (people(user_name) for user_name in visit.users)
    phone.set_pin(colleague)
    phone.set_pin(leader)
    phone.prepare_the_day(leader, visit.object)
    return leader


def held_visit(page: Page, visit: visits.Planned) -> tuple[str, str, bytes]:
    """The visit from arrival to closing; gives the record's code, the copy's address, the photo."""
    photo = phone.small_photo()
    phone.arrive(page, visit.team[1])
    phone.show_credentials(page, visit.team)
    phone.receive_notice(page)
    assert phone.answer_checks(page, photo) == 12
    phone.conclude(page)
    signing.sign_as_entity(page)
    code = signing.sign_as_team(page, visit.team)
    return code, signing.close(page), photo


def is_stored(live: Live, photo: bytes) -> bool:
    """The photo stands in the media folder, bit for bit, under its hash."""
    name = sha256(photo).hexdigest()
    return (live.media / "originals" / name[:2] / name).read_bytes() == photo
