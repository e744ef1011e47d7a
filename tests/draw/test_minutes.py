"""What the minutes of a draw say, without a database."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fieldapp.draw.rules.papers import MOST_LEAVES, Given, Minutes, minutes_form

AT = datetime(2026, 2, 3, 2, tzinfo=UTC)


def parts(**facts: Any) -> list[Any]:
    told: dict[str, Any] = {
        "authority": "某厅", "year": 2026, "number": 1, "task": "任务", "task_number": "2026-1", "item": "事项", "condition": "",
        "directory": 9, "pool": 8, "quota": 3, "shortfall": 0, "frozen_by": "甲", "frozen_at": AT, "drawn_at": AT,
        "drawn": ["aa", "bb"], "matched_at": AT, "seats": 4, "inspectors": 2,
        "given": [Given("处", "乙", AT, "cc", AT)], "proofs": [("种子", "dd")], **facts}
    found: Any = minutes_form(Minutes(**told))["parts"]
    return list(found)


def rows(**facts: Any) -> list[Any]:
    """The course, who gave the seed, the proofs, the leaves."""
    return [part["rows"] for part in parts(**facts) if part["is"] in {"facts", "table"}]


@pytest.mark.article("14", "16")
def test_the_minutes_say_how_was_drawn_and_who_gave_the_seed() -> None:
    course, given, proofs, leaves = rows()
    assert dict(course)["方式"] == "不定向，从名录库全部对象中抽取"
    assert dict(course)["抽取检查对象"] == "2026年2月3日 10:00，2 户"
    assert dict(course)["匹配检查人员"] == "2026年2月3日 10:00，2 个检查组，4 个席位，2 名检查人员"
    assert (given, proofs, leaves) == (
        [["处 乙", "2026年2月3日 10:00", "cc", "2026年2月3日 10:00"]], [["种子", "dd"]], [["1", "aa"], ["2", "bb"]])
    course = rows(condition="定向：济南市", shortfall=1)[0]
    assert (dict(course)["方式"], dict(course)["抽取检查对象"]) == ("定向：济南市", "2026年2月3日 10:00，2 户，尚缺 1 户")


@pytest.mark.article("14")
def test_the_minutes_say_which_round_of_a_public_beacon_came_into_the_seed_and_have_nobody_sign_for_it() -> None:
    beacon = Given("公共随机信标", "第 7 轮", AT, "ee", AT)
    assert rows(beacon=beacon)[1][-1] == ["公共随机信标 第 7 轮", "2026年2月3日 10:00", "ee", "2026年2月3日 10:00"]
    assert [part for part in parts(beacon=beacon) if part["is"] not in {"facts", "table"}] == [
        part for part in parts() if part["is"] not in {"facts", "table"}]


@pytest.mark.article("14")
def test_of_a_great_draw_the_minutes_print_the_first_leaves_and_say_where_the_others_are() -> None:
    leaves = [f"{number:04}" for number in range(MOST_LEAVES + 3)]
    assert [row[1] for row in rows(drawn=leaves)[-1]] == leaves[:MOST_LEAVES]
    assert dict(rows(drawn=leaves)[0])["抽取检查对象"].endswith("203 户")
    assert [part["lines"][0] for part in parts(drawn=leaves) if part["is"] == "text"] == ["其余 3 户见公开数据包 selected.txt。"]
