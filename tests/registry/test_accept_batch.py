"""From a division's sheet to the object directory, on both databases."""

from uuid import UUID

import pytest

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.jobs import actions as jobs
from fieldapp.ledger import queries as ledger
from fieldapp.refusals import Conflict, Forbidden, NotFound, Refusal
from fieldapp.registry import actions, queries
from fieldapp.registry.rules.deciding import RowChoice
from tests.people import Cast
from tests.registry.walks import CODES, accept, bring, directory, objects_sheet, take_in, verdicts

INDIVIDUAL = "92370102MA3C0000X2"
ANIMALS, HIGH_TECH = "实验动物单位", "高新技术企业"


def object_of(code: str) -> UUID:
    return queries.objects_by_uscc([code])[code].id


@pytest.mark.article("8", "9")
def test_two_divisions_that_propose_one_enterprise_give_one_object_with_two_categories(cast: Cast) -> None:
    take_in(objects_sheet(("泉城动物（示例）", CODES[0], ANIMALS)), cast.officer.officer, cast.legal.officer)
    second = take_in(objects_sheet(("泉城动物（示例）", CODES[0], HIGH_TECH)), cast.other_officer.officer, cast.legal.officer)
    assert directory() == {CODES[0]: ("泉城动物（示例）", [ANIMALS, HIGH_TECH])}
    with db.transaction(write=False):
        assert "shared_object" in queries.rows_of(second)[0].kinds
        links = queries.objects_by_uscc([CODES[0]])[CODES[0]].categories
        assert {link.category: link.division_id for link in links} == {
            ANIMALS: cast.division, HIGH_TECH: cast.other_division}
        assert (queries.directory_size(ANIMALS), queries.directory_size(HIGH_TECH)) == (1, 1)
        assert [one.uscc for one in queries.objects_in(ANIMALS, conditions={"types": [HIGH_TECH]})] == [CODES[0]]
        steps = [entry.action for entry, _ in ledger.history(object_of(CODES[0]))]
    assert steps == ["registry.object_added", "registry.object_changed"]


@pytest.mark.article("9")
def test_refused_rows_stay_out_and_accepted_ones_go_in(cast: Cast) -> None:
    sheet = objects_sheet(("甲研究所", CODES[0], ANIMALS), ("乙研究所", "91370725MA96PDPBX3", ANIMALS), ("丙研究所", "", ANIMALS),
                          ("丁研究所", CODES[1].lower(), ANIMALS), ("甲研究所", CODES[0], ANIMALS))
    batch_id = take_in(sheet, cast.officer.officer, cast.legal.officer)
    assert verdicts(batch_id) == ["warning", "refused", "refused", "warning", "duplicate"]
    assert sorted(directory()) == sorted(CODES[:2])
    with db.transaction(write=False):
        batch = queries.batch(batch_id)
        assert (batch.state, batch.rows_done, batch.rows_total) == ("accepted", 2, 2)


@pytest.mark.article("25")
def test_an_individual_business_is_marked_as_a_natural_person(cast: Cast) -> None:
    take_in(objects_sheet(("张三丰（示例）", INDIVIDUAL, ANIMALS), ("甲研究所", CODES[0], ANIMALS)), cast.officer.officer,
            cast.legal.officer)
    with db.transaction(write=False):
        found = queries.objects_by_uscc([INDIVIDUAL, CODES[0]])
        assert {code: one.is_natural_person for code, one in found.items()} == {INDIVIDUAL: True, CODES[0]: False}


@pytest.mark.article("9")
def test_a_sheet_is_not_accepted_twice(cast: Cast) -> None:
    batch_id = bring(objects_sheet(("甲研究所", CODES[0], ANIMALS)), cast.officer.officer)
    with db.transaction(write=True):
        actions.accept_batch(batch_id, by=cast.legal.officer)
    with pytest.raises(Conflict), db.transaction(write=True):
        actions.accept_batch(batch_id, by=cast.legal.officer)
    jobs.run_all_due()
    with pytest.raises(Conflict), db.transaction(write=True):
        actions.accept_batch(batch_id, by=cast.legal.officer)
    assert len(directory()) == 1


@pytest.mark.article("9")
def test_a_renamed_object_keeps_its_earlier_name_once_a_person_merges_it(cast: Cast) -> None:
    take_in(objects_sheet(("旧名研究所", CODES[0], ANIMALS)), cast.officer.officer, cast.legal.officer)
    batch_id = bring(objects_sheet(("新名研究院", CODES[0], ANIMALS), ("另一家", CODES[1], ANIMALS)), cast.officer.officer)
    assert verdicts(batch_id) == ["renamed_duplicate", "warning"]
    with db.transaction(write=True):
        row = queries.open_renamed(batch_id)[0]
        actions.choose_row(batch_id, row.id, RowChoice.MERGE, by=cast.officer.officer)
    accept(batch_id, cast.legal.officer)
    assert directory()[CODES[0]] == ("新名研究院", [ANIMALS])
    with db.transaction(write=False):
        assert [name.name for name in queries.names_of(object_of(CODES[0]))] == ["旧名研究所"]
        assert [one.uscc for one in queries.objects_page(queries.ObjectFilters(text="旧名"))] == [CODES[0]]
        assert queries.rows_of(batch_id)[0].choice == "merged"


def test_a_renamed_duplicate_that_nobody_merges_changes_nothing_and_can_be_merged_later(cast: Cast) -> None:
    sheet = objects_sheet(("先写的名字", CODES[0], ANIMALS), ("后写的名字", CODES[0], ANIMALS))
    batch_id = take_in(sheet, cast.officer.officer, cast.legal.officer)
    assert directory()[CODES[0]][0] == "先写的名字"
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.choose_all_rows(batch_id, RowChoice.MERGE, by=cast.officer.officer)
    with db.transaction(write=True):
        actions.choose_all_rows(batch_id, RowChoice.MERGE, by=cast.legal.officer)
    assert directory()[CODES[0]][0] == "后写的名字"
    with pytest.raises(Conflict), db.transaction(write=True):
        row = queries.rows_of(batch_id)[1]
        actions.choose_row(batch_id, row.id, RowChoice.SKIP, by=cast.legal.officer)


def test_a_name_that_became_known_while_the_sheet_waited_is_left_for_a_person(cast: Cast) -> None:
    waiting = bring(objects_sheet(("乙名", CODES[0], HIGH_TECH)), cast.other_officer.officer)
    take_in(objects_sheet(("甲名", CODES[0], ANIMALS)), cast.officer.officer, cast.legal.officer)
    assert verdicts(waiting) == ["warning"]
    accept(waiting, cast.legal.officer)
    assert verdicts(waiting) == ["renamed_duplicate"]
    assert directory()[CODES[0]] == ("甲名", [ANIMALS])


def test_what_a_division_hands_in_waits_for_legal_affairs_and_can_be_returned(cast: Cast) -> None:
    batch_id = bring(objects_sheet(("甲研究所", CODES[0], ANIMALS)), cast.officer.officer)
    with db.transaction(write=True):
        actions.hand_in_batch(batch_id, by=cast.officer.officer)
    with db.transaction(write=False):
        assert [row.kind for row in accounts.waiting_for(cast.legal.officer)] == ["import_batch"]
    with pytest.raises(Refusal, match="remark_missing"), db.transaction(write=True):
        actions.return_batch(batch_id, "", by=cast.legal.officer)
    with db.transaction(write=True):
        actions.return_batch(batch_id, "请补充地址", by=cast.legal.officer)
    with db.transaction(write=False):
        assert queries.batch(batch_id).remark == "请补充地址"
        assert accounts.waiting_for(cast.legal.officer) == []
    assert directory() == {}


def test_a_sheet_of_another_division_is_not_there(cast: Cast) -> None:
    batch_id = bring(objects_sheet(("甲研究所", CODES[0], ANIMALS)), cast.officer.officer)
    for act in (actions.hand_in_batch, actions.withdraw_batch):
        with pytest.raises(NotFound), db.transaction(write=True):
            act(batch_id, by=cast.other_officer.officer)
    with pytest.raises(Forbidden):
        bring(objects_sheet(("甲研究所", CODES[0], ANIMALS)), cast.officer.officer, division_id=cast.other_division)


def test_a_large_sheet_goes_in_step_by_step(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldapp.registry.actions.batches.ROWS_IN_ONE_STEP", 2)
    batch_id = bring(objects_sheet(*((f"第{n}所", code, ANIMALS) for n, code in enumerate(CODES))), cast.officer.officer)
    with db.transaction(write=True):
        actions.accept_batch(batch_id, by=cast.legal.officer)
    seen = []
    while jobs.run_next():
        with db.transaction(write=False):
            batch = queries.batch(batch_id)
            seen.append((batch.rows_done, batch.rows_total, batch.state))
    assert seen == [(2, 5, "accepting"), (4, 5, "accepting"), (5, 5, "accepted")]
    assert len(directory()) == 5
