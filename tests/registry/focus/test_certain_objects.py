"""The list of objects that must be inspected: proposed, decided by another person, printed, and at an end by itself."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.refusals import Conflict, Forbidden
from fieldapp.registry import actions, queries
from fieldapp.registry.rules.deciding import FocusDecision
from tests.people import Cast
from tests.planning import things

Clients = Callable[..., FlaskClient]
pytestmark = pytest.mark.article("6")


def listed(cast: Cast) -> UUID:
    """An object that the division proposed and legal affairs put on the list."""
    with db.transaction(write=True):
        [found] = things.objects(1, cast.division)
        proposal = actions.propose_focus(found.id, "列入经营异常名录", "鲁市监异字〔2026〕3号", by=cast.officer.officer)
        actions.decide_focus(proposal.id, FocusDecision.AGREED, "细则第六条", clock.today() + timedelta(days=20),
                             by=cast.legal.officer)
        return proposal.id


def test_a_division_proposes_on_the_objects_page_and_legal_affairs_finds_it(cast: Cast, client_of: Clients) -> None:
    with db.transaction(write=True):
        [found] = things.objects(1, cast.division)
        page = f"/objects/{found.id}"
    assert "提出列入必查对象清单" not in client_of(cast.other_officer).get(page).text
    officer, typed = client_of(cast.officer), {"circumstance": "一年内投诉十二次", "evidence": ""}
    refused = officer.post(f"{page}/focus", data=typed)
    assert refused.status_code == 422
    assert "一年内投诉十二次" in refused.text
    assert officer.post(f"{page}/focus", data=typed | {"evidence": "12345 热线工单"}).status_code == 303
    assert client_of(cast.other_officer).post(f"{page}/focus", data=typed | {"evidence": "无"}).status_code == 403
    with db.transaction(write=False):
        assert [row.kind for row in accounts.waiting_for(cast.legal.officer)] == ["focus"]
        [proposal] = queries.focus_page("open").rows
        assert (proposal.proposed_by, proposal.evidence) == (cast.officer.id, "12345 热线工单")


def test_nobody_decides_a_proposal_of_their_own(cast: Cast) -> None:
    with db.transaction(write=True):
        [found] = things.objects(1, cast.division)
        proposal = actions.propose_focus(found.id, "失信", "文书", by=cast.officer.officer)
        with pytest.raises(Forbidden, match="own_focus"):
            actions.decide_focus(proposal.id, FocusDecision.DECLINED, "不", None, by=cast.officer.officer)


def test_the_list_says_basis_evidence_approver_and_end_and_leaves_as_a_sheet(cast: Cast, client_of: Clients) -> None:
    listed(cast)
    for reader in (cast.legal, cast.head, cast.officer, cast.department_head):
        page = client_of(reader).get("/focus/certain").text
        for words in ("示例单位0", "列入经营异常名录", "鲁市监异字〔2026〕3号", "细则第六条", cast.legal.name, cast.officer.name,
                      "30 天内到期", "共 1 户"):
            assert words in page, words
    sheet = load_workbook(BytesIO(client_of(cast.legal).get("/focus/certain.xlsx").data)).active
    assert sheet is not None
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert {"示例单位0", "鲁市监异字〔2026〕3号", "细则第六条", cast.legal.name} <= cells
    assert "示例单位0" not in client_of(cast.legal).get("/focus/certain?category=科普基地").text
    assert client_of(cast.inspector_a).get("/focus/certain").status_code == 403


def test_what_is_over_or_lifted_leaves_the_list_and_goes_back_into_the_draw(cast: Cast, client_of: Clients) -> None:
    proposal_id, legal = listed(cast), client_of(cast.legal)
    with db.transaction(write=False):
        assert len(queries.certain_objects(things.ANIMALS)) == 1
        assert queries.certain_objects(things.ANIMALS, clock.today() + timedelta(days=21)) == set()
    address = f"/focus/{proposal_id}/lifting"
    assert legal.post(address, data={"reason": ""}).status_code == 422
    assert client_of(cast.officer).post(address, data={"reason": "已移出"}).status_code == 403
    assert legal.post(address, data={"reason": "已移出经营异常名录"}).status_code == 303
    with db.transaction(write=False):
        assert queries.certain_objects(things.ANIMALS) == set()
    page = legal.get("/focus/certain").text
    assert "共 0 户" in page
    assert "已移出经营异常名录" in page
    with db.transaction(write=True), pytest.raises(Conflict, match="focus_not_in_force"):
        actions.lift_focus(proposal_id, "再次", by=cast.legal.officer)
