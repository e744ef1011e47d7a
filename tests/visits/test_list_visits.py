"""Who sees which visit: the embargo, the scope, the filters, a person's day."""

from collections.abc import Callable
from datetime import date

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.visits import actions, queries
from fieldapp.visits.queries import Filters
from tests.people import Cast
from tests.visits import scene

NAME = "济南某生物（示例）"
INSIDERS = ("legal", "officer", "second_officer", "head", "deputy", "department_head", "inspector_a", "inspector_b")
OUTSIDERS = ("other_officer", "other_head", "inspector_c", "inspector_d")
ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")


@pytest.mark.article("14")
def test_before_its_notice_a_visit_exists_only_for_those_whose_duty_it_is(
        cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.one_visit(cast)
    for part in INSIDERS:
        browser = client_of(getattr(cast, part))
        assert (part, browser.get(f"/visits/{visit_id}").status_code) == (part, 200)
        assert (part, NAME in browser.get("/visits").get_data(as_text=True)) == (part, True)
    for part in OUTSIDERS:
        browser = client_of(getattr(cast, part))
        assert (part, browser.get(f"/visits/{visit_id}").status_code) == (part, 404)
        assert (part, NAME in browser.get("/visits?group=all").get_data(as_text=True)) == (part, False)
    for part in ADMINISTRATORS:
        assert client_of(getattr(cast, part)).get(f"/visits/{visit_id}").status_code == 403


def test_another_divisions_steps_are_not_found(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.one_visit(cast)
    officer, head = client_of(cast.other_officer), client_of(cast.other_head)
    for browser, step, data in ((officer, "submission", {}), (head, "cancellation", {"reason": "x"}),
                                (head, "leader", {"inspector": str(cast.inspector_a.inspector_id)})):
        assert browser.post(f"/visits/{visit_id}/{step}", data=data).status_code == 404


def test_a_member_who_left_no_longer_sees_the_visit(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.one_visit(cast)
    with db.transaction(write=True):
        actions.remove_member(visit_id, cast.inspector_a.inspector_id, "health", "住院", by=cast.head.officer)
    assert client_of(cast.inspector_a).get(f"/visits/{visit_id}").status_code == 404


@pytest.mark.article("15")
def test_both_divisions_of_a_merged_visit_see_it(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    with db.transaction(write=True):
        first, second = scene.two_tasks_on_one_object(cast)
        scene.unite(cast, queries.undecided_of(first.id)[0].id, cast.division)
        kept, gone = first.id, second.id
    for player in (cast.officer, cast.other_officer, cast.other_head):
        assert client_of(player).get(f"/visits/{kept}").status_code == 200
    page = client_of(cast.other_officer).get(f"/visits/{gone}").get_data(as_text=True)
    assert f'href="/visits/{kept}"' in page


def test_filters_choose_and_nonsense_counts_as_nothing_said(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.one_visit(cast)
    browser = client_of(cast.legal)
    for query, shown in (("", True), ("?group=arrange", True), ("?group=submitted", False), ("?group=closed", False),
                         ("?own=1", False), ("?group=nonsense&task=x&page=y", True), ("?group=all&page=9", True)):
        assert (query, NAME in browser.get(f"/visits{query}").get_data(as_text=True)) == (query, shown)
    with db.transaction(write=False):
        task_id = queries.visit(visit_id).visit_tasks[0].task_id
        assert queries.visits_for(cast.inspector_a.officer, Filters("all", task_id, own=True)).total == 1


def test_a_persons_day_holds_what_is_approved_begun_or_overdue(cast: Cast) -> None:
    visit_id = scene.one_visit(cast)
    who, day = cast.inspector_a.id, date(2026, 11, 24)
    with db.transaction(write=True):
        assert queries.visits_of_person(who, day) == []
        scene.prepare(cast, visit_id)
        actions.submit_visit(visit_id, by=cast.officer.officer)
        actions.decide_visit(visit_id, "agree", "", by=cast.department_head.officer)
        assert queries.visits_of_person(who, date(2026, 11, 23)) == []
        [today] = queries.visits_of_person(who, day)
        assert (today.id, queries.visits_of_person(cast.inspector_c.id, day)) == (visit_id, [])
        assert queries.visits_of_person(who, date(2026, 11, 30)) == [today]


def test_an_english_reader_gets_every_page(cast: Cast, client_of: Callable[..., FlaskClient]) -> None:
    visit_id = scene.approved_visit(cast)
    browser = client_of(cast.head)
    for address in ("/visits", f"/visits/{visit_id}", f"/visits/{visit_id}/team", f"/visits/{visit_id}/cancellation",
                    "/visits/imports"):
        page = browser.get(address, headers={"Accept-Language": "en"})
        assert (address, page.status_code, 'lang="en"' in page.get_data(as_text=True)) == (address, 200, True)
