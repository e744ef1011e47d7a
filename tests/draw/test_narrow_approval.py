"""A second person approves a directed draw that leaves little to chance."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts.models import Person
from fieldapp.draw import actions, queries
from fieldapp.refusals import Refusal
from tests.draw.makers import approved_task, directory, freeze
from tests.people import Cast, Player

Clients = Callable[[Player], FlaskClient]


def test_too_long_an_opinion_is_refused_and_stays_on_the_page(cast: Cast, client_of: Clients) -> None:
    with db.transaction(write=True):
        directory(cast, 5)
        task_id = approved_task(cast, draw_mode="directed", conditions={"cities": ["济南市"]}, condition_text="设区市：济南市")
    legal, address = client_of(cast.legal), f"/tasks/{task_id}/narrow-approval"
    answer = legal.post(address, data={"opinion": "长" * 2001, "reasons": "narrow"})
    assert answer.status_code == 422
    assert "长" * 2001 in answer.text
    with db.transaction(write=False):
        assert queries.decider_name(task_id, "narrow_approved") == ""
    assert legal.post(address, data={"opinion": "同意", "decision": "agree", "reasons": "narrow"}).status_code == 303
    with db.transaction(write=False):
        assert queries.decider_name(task_id, "narrow_approved") == cast.legal.name


def test_legal_affairs_does_not_agree_and_the_officer_reads_why(cast: Cast, client_of: Clients) -> None:
    with db.transaction(write=True):
        directory(cast, 5)
        task_id = approved_task(cast, draw_mode="directed", conditions={"cities": ["济南市"]}, condition_text="设区市：济南市")
    legal, officer, address = client_of(cast.legal), client_of(cast.officer), f"/tasks/{task_id}/narrow-approval"
    assert "5 户" in legal.get(address).text
    assert legal.post(address, data={"opinion": "", "decision": "disagree"}).status_code == 422
    assert legal.post(address, data={"opinion": "请放宽区域", "decision": "disagree"}).status_code == 303
    assert "法规处没有同意：请放宽区域" in officer.get(f"/tasks/{task_id}/draw").text
    frozen = officer.post(f"/tasks/{task_id}/draw", data={"contributors": [str(cast.officer.id), str(cast.legal.id)]})
    assert frozen.status_code == 422
    assert legal.post(address, data={"opinion": "同意", "decision": "agree", "reasons": "narrow"}).status_code == 303
    assert "法规处没有同意" not in officer.get(f"/tasks/{task_id}/draw").text


@pytest.mark.article("16")
def test_the_second_approver_is_another_person_whatever_the_names(cast: Cast) -> None:
    with db.transaction(write=True):
        directory(cast, 5)
        task_id = approved_task(cast, draw_mode="directed", conditions={"cities": ["济南市"]}, condition_text="设区市：济南市")
        db.session.get_one(Person, cast.legal.id).name = cast.head.name
    renamed, namesake = replace(cast.head.officer, name="郑改名"), replace(cast.legal.officer, name=cast.head.name)
    with pytest.raises(Refusal, match="second_approver_is_the_first"), db.transaction(write=True):
        actions.approve_narrow_draw(task_id, "同意", ["narrow"], by=renamed)
    with db.transaction(write=True):
        actions.approve_narrow_draw(task_id, "同意", ["narrow"], by=namesake)
    freeze(cast, task_id)
