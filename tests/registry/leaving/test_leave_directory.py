"""Entries leave the directories: proposed by their division, decided by legal affairs, and brought back by a new sheet."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts import actions as accounts
from fieldapp.ledger.timeline import timeline
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry import actions, queries
from fieldapp.registry.rules.deciding import (
    OF_INSPECTORS,
    OF_OBJECTS,
    FocusDecision,
    LeavingDecision,
    LeavingGround,
    check_leaving_decision,
    check_leaving_is_grounded,
    check_may_propose_leaving,
)
from fieldapp.roles import Officer, Role
from tests.people import Cast, waits_for
from tests.planning import things
from tests.registry.walks import CODES, objects_sheet, take_in

Clients = Callable[..., FlaskClient]
DIVISION = uuid4()
SAID = {"ground": "deregistered", "reason": "公示系统显示已注销"}
pytestmark = pytest.mark.article("8", "9", "10")


def object_of(cast: Cast) -> tuple[UUID, UUID]:
    """An object of the division with a genuine code, and its place in the category."""
    with db.transaction(write=True):
        [found] = things.objects(1, cast.division)
        found.uscc = CODES[0]
        return found.id, found.categories[0].id


def names_in(category: str) -> list[str]:
    with db.transaction(write=False):
        return [one.name for one in queries.objects_in(category)]


@pytest.mark.parametrize(("roles", "division", "has_left", "is_proposed", "refusal", "code"), [
    ((Role.DIVISION_HEAD,), DIVISION, False, False, Forbidden, "not_your_entry"),
    ((Role.DIVISION_OFFICER,), uuid4(), False, False, Forbidden, "not_your_entry"),
    ((Role.LEGAL_AFFAIRS,), DIVISION, False, False, Forbidden, "not_your_entry"),
    ((Role.DIVISION_OFFICER,), DIVISION, True, False, Conflict, "already_left"),
    ((Role.DIVISION_OFFICER,), DIVISION, False, True, Conflict, "leaving_already_proposed")])
def test_only_the_own_division_proposes_and_once(roles: tuple[Role, ...], division: UUID, has_left: bool, is_proposed: bool,
                                                 refusal: type[Exception], code: str) -> None:
    officer = Officer(uuid4(), "某人", division, frozenset(roles))
    with pytest.raises(refusal, match=code):
        check_may_propose_leaving(officer, DIVISION, has_left=has_left, is_proposed=is_proposed)
    check_may_propose_leaving(Officer(uuid4(), "某人", DIVISION, frozenset({Role.DIVISION_OFFICER})), DIVISION, has_left=False,
                              is_proposed=False)


@pytest.mark.parametrize(("ground", "grounds", "reason", "field"), [
    (None, OF_OBJECTS, "注销", "ground"), (LeavingGround.TRANSFERRED, OF_OBJECTS, "注销", "ground"),
    (LeavingGround.DEREGISTERED, OF_INSPECTORS, "注销", "ground"), (LeavingGround.DEREGISTERED, OF_OBJECTS, " ", "reason")])
def test_an_entry_leaves_for_a_ground_of_its_kind_in_words(ground: LeavingGround | None, grounds: Any, reason: str,
                                                           field: str) -> None:
    with pytest.raises(Refusal) as said:
        check_leaving_is_grounded(ground, grounds, reason)
    assert said.value.field == field


def test_a_proposal_is_decided_once_by_another_and_declined_with_the_reason() -> None:
    agreed, declined = LeavingDecision.AGREED, LeavingDecision.DECLINED
    check_leaving_decision(None, agreed, "", is_own=False)
    for earlier, decision, is_own, code in (("agree", agreed, False, "already_decided"), (None, agreed, True, "own_leaving"),
                                            (None, declined, False, "opinion_missing")):
        with pytest.raises(Refusal, match=code):
            check_leaving_decision(earlier, decision, "", is_own=is_own)


def test_an_object_leaves_its_category_and_a_new_sheet_brings_it_back(cast: Cast, client_of: Clients) -> None:
    object_id, link = object_of(cast)
    address, said = f"/objects/{object_id}/removals", SAID | {"category": str(link)}
    officer, legal = client_of(cast.officer), client_of(cast.legal)
    refused = officer.post(address, data=said | {"ground": ""})
    assert refused.status_code == 422
    assert SAID["reason"] in refused.text
    assert client_of(cast.other_officer).post(address, data=said).status_code == 403
    assert officer.post(address, data=said).status_code == 303
    assert officer.post(address, data=said).status_code == 409
    assert waits_for(cast.legal) == ["leaving"]
    [waiting] = [part for part in legal.get("/removals?state=open").text.split('"') if part.startswith("/removals/")]
    assert legal.post(f"{waiting}/decision", data={"decision": "disagree"}).status_code == 422
    assert names_in(things.ANIMALS) == ["示例单位0"]
    assert legal.post(f"{waiting}/decision", data={"decision": "agree"}).status_code == 303
    assert waits_for(cast.legal) == []
    assert names_in(things.ANIMALS) == []
    assert "示例单位0" not in officer.get("/objects").text
    assert "已移出名录库" in officer.get("/objects?q=示例单位0").text
    with db.transaction(write=False):
        steps = {step.label for step in timeline(object_id)}
    assert {"提出移出名录库", "同意移出名录库", "移出检查对象名录库"} <= steps
    take_in(objects_sheet(("示例单位0", CODES[0], things.ANIMALS)), cast.officer.officer, cast.legal.officer)
    assert names_in(things.ANIMALS) == ["示例单位0"]


def test_what_is_declined_stays_and_may_be_proposed_again(cast: Cast) -> None:
    object_id, link = object_of(cast)
    for _ in range(2):
        with db.transaction(write=True):
            proposal = actions.propose_object_leaving(object_id, link, LeavingGround.MOVED_AWAY, "迁往外省",
                                                      by=cast.officer.officer)
            with pytest.raises(Forbidden, match="own_leaving"):
                actions.decide_leaving(proposal.id, LeavingDecision.AGREED, "", by=cast.officer.officer)
            actions.decide_leaving(proposal.id, LeavingDecision.DECLINED, "住所未变更", by=cast.legal.officer)
    assert names_in(things.ANIMALS) == ["示例单位0"]


@pytest.mark.article("6")
def test_what_has_left_its_category_must_not_be_inspected_there_any_more(cast: Cast) -> None:
    object_id, link = object_of(cast)
    with db.transaction(write=True):
        focus = actions.propose_focus(object_id, "失信", "文书", by=cast.officer.officer)
        actions.decide_focus(focus.id, FocusDecision.AGREED, "第六条", clock.today() + timedelta(days=20), by=cast.legal.officer)
        assert queries.certain_objects(things.ANIMALS) == {object_id}
        leaving = actions.propose_object_leaving(object_id, link, LeavingGround.REVOKED, "吊销", by=cast.officer.officer)
        actions.decide_leaving(leaving.id, LeavingDecision.AGREED, "", by=cast.legal.officer)
    with db.transaction(write=False):
        assert queries.certain_objects(things.ANIMALS) == set()


def test_an_inspector_leaves_the_directory(cast: Cast, client_of: Clients) -> None:
    page = f"/inspectors/{cast.inspector_a.inspector_id}"
    said = {"ground": "duty_changed", "reason": "调整分工"}
    assert client_of(cast.other_officer).post(f"{page}/removals", data=said).status_code == 403
    assert client_of(cast.officer).post(f"{page}/removals", data=said).status_code == 303
    with db.transaction(write=True):
        [proposal] = queries.removals_page("open").rows
        actions.decide_leaving(proposal.id, LeavingDecision.AGREED, "", by=cast.legal.officer)
    with db.transaction(write=False):
        assert cast.inspector_a.inspector_id not in {one.id for one in queries.inspectors_all()}
    assert "已移出名录库" in client_of(cast.officer).get(page).text


def test_who_has_left_the_department_is_not_in_the_directory(cast: Cast) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with db.transaction(write=True):
        accounts.record_departure(cast.inspector_a.id, clock.today(), by=cast.security_admin.officer)
        accounts.record_departure(cast.inspector_b.id, tomorrow, by=cast.security_admin.officer)
    with db.transaction(write=False):
        here = {one.id for one in queries.inspectors_all()}
        assert cast.inspector_a.inspector_id not in here
        assert cast.inspector_b.inspector_id in here
        assert queries.inspector(cast.inspector_b.inspector_id or uuid4()).has_left_by(tomorrow)
