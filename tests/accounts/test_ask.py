"""待我审批: who is asked, and when it is off the list."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db, ids
from fieldapp.accounts import actions, queries
from fieldapp.roles import Role
from tests.people import Cast, Player

Client = Callable[[Player], FlaskClient]
THING = ids.uuid7()


def ask(kind: str = "task_approval", **whom: Any) -> None:
    facts: dict[str, Any] = {"title": "实验动物许可监督检查", "endpoint": "accounts.show_portrait",
                             "arguments": {"person_id": THING}, "role": Role.DIVISION_HEAD} | whom
    with db.transaction(write=True):
        actions.ask(kind, THING, **facts)


def who_is_asked(cast: Cast) -> set[str]:
    with db.transaction(write=False):
        lists = {part: queries.waiting_for(player.officer) for part, player in cast.players.items()}
        assert {part: queries.waiting_count(cast.players[part].officer) for part in lists} == {
            part: len(rows) for part, rows in lists.items()}
    return {part for part, rows in lists.items() if rows}


def test_a_division_head_is_asked_and_the_deputy_too(cast: Cast) -> None:
    ask(division_id=cast.division)
    assert who_is_asked(cast) == {"head", "deputy"}


def test_the_author_is_not_asked(cast: Cast) -> None:
    ask(division_id=cast.division, not_person_ids=[cast.head.id])
    assert who_is_asked(cast) == {"deputy"}


def test_a_role_without_division_is_asked_everywhere(cast: Cast) -> None:
    ask(role=Role.DIVISION_HEAD)
    assert who_is_asked(cast) == {"head", "deputy", "other_head"}


def test_a_certain_person_is_asked_alone(cast: Cast) -> None:
    ask("leader_review", role=Role.INSPECTOR, division_id=cast.division, person_id=cast.inspector_c.id)
    assert who_is_asked(cast) == {"inspector_c"}


def test_what_has_been_answered_waits_for_nobody(cast: Cast) -> None:
    ask(division_id=cast.division)
    ask("work_plan", division_id=cast.division)
    with db.transaction(write=True):
        assert actions.answered("task_approval", THING, by=cast.head.officer) == 1
        assert actions.answered("task_approval", THING, by=cast.head.officer) == 0
    with db.transaction(write=False):
        assert [row.kind for row in queries.waiting_for(cast.head.officer)] == ["work_plan"]


def test_the_list_leads_to_the_thing_and_the_header_counts(client_of: Client, cast: Cast) -> None:
    ask(division_id=cast.division)
    ask("work_plan", division_id=cast.division, due_on=date(2020, 1, 2), title="<b>早就到期</b>")
    page = client_of(cast.head).get("/waiting").text
    assert page.index("早就到期") < page.index("实验动物许可监督检查")
    assert "<b>早就到期" not in page
    for words in (f'href="/people/{THING}/portrait"', '<span class="chip bad">2</span>', "抽查任务审核", "逾期"):
        assert words in page
    assert "现在没有等您审批的事项" in client_of(cast.other_head).get("/waiting").text


def test_an_unknown_kind_is_a_fault_of_ours(cast: Cast) -> None:
    with pytest.raises(ValueError, match="whatever"):
        ask("whatever")
