"""One enterprise in several rows, sheets and divisions."""

import json
from typing import Any

import pytest

from fieldapp.registry.rules import (
    Finding,
    FindingKind,
    KnownObject,
    ObjectRow,
    Outcome,
    ParsedRow,
    Proposal,
    mark_duplicates,
    mark_shared,
    merge_proposals,
    parse_objects,
)

FIRST, SECOND, WRONG = "91370102MA3N8K2T1M", "91370602MA9KX4P79F", "91370102MA3N8K2T10"


def rows(*cells: tuple[str | None, str, str]) -> list[ParsedRow[ObjectRow]]:
    return parse_objects([(number, {"uscc": code, "name": name, "category": category, "address": "路1号"})
                          for number, (code, name, category) in enumerate(cells, 4)])


def told(marked: list[ParsedRow[ObjectRow]]) -> list[list[tuple[FindingKind, str, dict[str, Any]]]]:
    kinds = {FindingKind.DUPLICATE, FindingKind.RENAMED_DUPLICATE, FindingKind.SHARED_OBJECT}
    return [[(found.kind, found.value, dict(found.facts)) for found in row.findings if found.kind in kinds]
            for row in marked]


def test_a_repeated_row_is_a_duplicate_and_under_another_name_a_renamed_one() -> None:
    marked = mark_duplicates(rows((FIRST, "甲", "基地"), (FIRST.lower(), "甲", "基地"), (FIRST, "甲新", "基地")))
    assert told(marked) == [[], [(FindingKind.DUPLICATE, FIRST.lower(), {"where": "row", "other_row": 4})],
                            [(FindingKind.RENAMED_DUPLICATE, "甲新",
                              {"where": "row", "other_row": 4, "other_name": "甲"})]]
    assert [row.is_accepted for row in marked] == [True, False, False]


def test_the_same_enterprise_in_another_category_of_the_sheet_stays_accepted() -> None:
    marked = mark_duplicates(rows((FIRST, "甲", "基地"), (FIRST, "甲", "孵化器")))
    assert (told(marked)[1][0][0], marked[1].is_accepted) == (FindingKind.SHARED_OBJECT, True)


def test_a_good_row_is_not_lost_to_an_earlier_refused_one() -> None:
    marked = mark_duplicates(rows((FIRST, "", "基地"), (FIRST, "甲", "基地"), (WRONG, "乙", "基地"),
                                  (WRONG, "乙", "基地"), (None, "丙", "基地"), (None, "丙", "基地")))
    assert [bool(found) for found in told(marked)] == [False, False, False, True, False, True]
    assert marked[1].is_accepted
    assert marked[3].outcome is Outcome.REFUSED


@pytest.mark.parametrize(("name", "category", "kind"), [
    ("甲", "基地", FindingKind.DUPLICATE), ("甲", "孵化器", FindingKind.SHARED_OBJECT),
    ("甲新", "基地", FindingKind.RENAMED_DUPLICATE),
])
def test_a_row_is_compared_with_the_directory(name: str, category: str, kind: FindingKind) -> None:
    marked = mark_duplicates(rows((FIRST, name, category)), {FIRST: KnownObject("甲", frozenset({"基地"}))})
    assert told(marked)[0][0][0] is kind


@pytest.mark.article("9")
def test_two_divisions_proposing_one_enterprise_are_told_on_both_sides_and_accepted() -> None:
    shared = mark_shared({"甲处.xlsx": rows((FIRST, "甲", "基地"), (SECOND, "乙", "基地")),
                          "乙处.xlsx": rows((FIRST, "甲", "孵化器"), (SECOND, "乙新", "孵化器"))})
    here, there = told(shared["甲处.xlsx"]), told(shared["乙处.xlsx"])
    assert here == [[(FindingKind.SHARED_OBJECT, FIRST,
                      {"where": "file", "other_file": "乙处.xlsx", "other_row": 4})], []]
    assert [found[0][0] for found in there] == [FindingKind.SHARED_OBJECT, FindingKind.RENAMED_DUPLICATE]
    assert [row.is_accepted for row in shared["乙处.xlsx"]] == [True, False]


@pytest.mark.article("9")
def test_one_enterprise_of_two_divisions_becomes_one_object_with_two_categories() -> None:
    first = ObjectRow("甲", FIRST, "基地", address=None, telephone="1", focus_proposal="失信行为")
    second = ObjectRow("甲", FIRST, "孵化器", address="路1号", telephone="2")
    [merged] = merge_proposals([Proposal("科普处", first), Proposal("成果转化处", second), Proposal("科普处", first)])
    assert merged.categories == (("科普处", "基地"), ("成果转化处", "孵化器"))
    assert merged.focus_proposals == (("科普处", "失信行为"),)
    assert (merged.row.address, merged.row.telephone) == ("路1号", "1")


def test_a_parsed_row_is_stored_as_json_and_its_findings_come_back() -> None:
    row = mark_duplicates(rows((FIRST, "甲", "基地"), (FIRST, "甲新", "基地")))[1]
    stored = json.loads(json.dumps(row.to_json()))
    assert (stored["row"], stored["outcome"], stored["values"]["uscc"]) == (5, "renamed_duplicate", FIRST)
    again = [Finding.from_json(found) for found in stored["findings"]]
    assert again == list(row.findings)
    assert "甲" in again[-1].message % again[-1].facts
