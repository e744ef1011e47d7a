"""Inspectors, items, checklists and key supervision come out of their sheets, on both databases."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from fieldapp import clock, db
from fieldapp.accounts import queries as accounts
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.registry import actions, queries
from fieldapp.registry.rules.deciding import FocusDecision
from tests.people import Cast
from tests.registry.sheets import workbook
from tests.registry.walks import CODES, accept, bring, objects_sheet, take_in, verdicts

ANIMALS = "实验动物单位"
ITEM = "实验动物生产和使用许可监督检查"
INSPECTORS = ["姓名", "人员编号", "所在处室", "人员类别", "执法证号", "证件有效期至", "业务专长", "有利害关系的单位"]
ITEMS = ["抽查事项名称", "抽查主体（责任处室）", "抽查对象", "抽查内容", "抽查方式", "抽查比例", "抽查频次",
         "检查人员要求", "抽查依据"]
CHECKS = ["序号", "检查内容与标准", "检查方法", "必查", "取证要求"]


def item_sheet(*, content: str = "设施环境", ratio: str = "20%（法定）", division: str = "农村科技处") -> bytes:
    return workbook(["清单"], ITEMS, [ITEM, division, ANIMALS, content, "实地核查", ratio, ">=1", "至少1人具备实验动物专长",
                                    "管理办法第九条"])


def published_item(cast: Cast) -> UUID:
    take_in(item_sheet(), cast.legal.officer, cast.legal.officer)
    with db.transaction(write=True):
        return actions.publish_items(by=cast.legal.officer)[0].id


def inspector_sheet(*rows: list[str]) -> bytes:
    return workbook(["执法检查人员名录库"], INSPECTORS, *rows)


@pytest.mark.article("10")
def test_inspectors_come_in_by_staff_number_and_are_linked_to_their_accounts(cast: Cast) -> None:
    with db.transaction(write=False):
        number = queries.inspector(cast.inspector_a.inspector_id).staff_number
    sheet = inspector_sheet(
        ["赵检一", number, "农村科技处", "行政执法人员", "37000009999", "2029-12-31", "实验动物、生物安全", ""],
        ["新来的", "T004", "农村科技处", "日常监管人员", "", "", "财务审计", ""])
    batch_id = take_in(sheet, cast.officer.officer, cast.legal.officer)
    assert verdicts(batch_id) == ["accepted", "information"]
    with db.transaction(write=False):
        known, new = queries.inspector(cast.inspector_a.inspector_id), queries.inspectors_by_staff_number(["T004"])["T004"]
        assert (known.certificate_number, known.specialities) == ("37000009999", ["实验动物", "生物安全"])
        assert known.person_id == cast.inspector_a.id
        assert new.person_id == cast.head.id
        assert not new.is_certified_on(clock.today())


@pytest.mark.article("10")
def test_a_division_does_not_bring_in_people_of_another(cast: Cast) -> None:
    rows = [["高一", "H01", "高新技术处", "日常监管人员", "", "", "审计", ""],
            ["某一", "X01", "没有的处", "日常监管人员", "", "", "审计", ""],
            ["农一", "N01", "农村科技处", "日常监管人员", "", "", "审计", ""]]
    own = bring(inspector_sheet(*rows), cast.officer.officer)
    assert verdicts(own) == ["refused", "refused", "information"]
    all_divisions = bring(inspector_sheet(*rows), cast.legal.officer)
    assert verdicts(all_divisions) == ["information", "refused", "information"]


def test_a_staff_number_or_certificate_that_is_another_persons_is_set_aside(cast: Cast) -> None:
    with db.transaction(write=False):
        known = queries.inspector(cast.inspector_a.inspector_id)
        number, certificate = known.staff_number, known.certificate_number
    sheet = inspector_sheet(["另一人", number, "农村科技处", "日常监管人员", "", "", "审计", ""],
                            ["第三人", "N02", "农村科技处", "行政执法人员", certificate, "2029-12-31", "审计", ""])
    batch_id = take_in(sheet, cast.officer.officer, cast.legal.officer)
    assert verdicts(batch_id) == ["renamed_duplicate", "refused"]
    with db.transaction(write=False):
        assert queries.inspector(cast.inspector_a.inspector_id).name == "赵检一"
        assert queries.inspectors_by_staff_number(["N02"]) == {}


@pytest.mark.article("17")
def test_an_interest_finds_its_enterprise_whichever_comes_first(cast: Cast) -> None:
    by, legal = cast.officer.officer, cast.legal.officer
    take_in(objects_sheet(("先来研究所（示例）", CODES[0], ANIMALS)), by, legal)
    interests = "先来研究所(示例)、后来研究所（示例）"
    take_in(inspector_sheet(["农一", "N01", "农村科技处", "日常监管人员", "", "", "审计", interests]), by, legal)
    with db.transaction(write=False):
        inspector = queries.inspectors_by_staff_number(["N01"])["N01"].id
        assert list(queries.interests_by_object().values()) == [{inspector}]
    take_in(objects_sheet(("后来研究所（示例）", CODES[1], ANIMALS), ("后来研究所（示例）", CODES[2], ANIMALS)), by, legal)
    with db.transaction(write=False):
        objects = queries.objects_by_uscc(CODES[:3])
        assert queries.interests_by_object() == {one.id: {inspector} for one in objects.values()}


@pytest.mark.article("5", "6", "7")
def test_rows_of_an_item_list_become_drafts_and_then_published_versions(cast: Cast) -> None:
    first = published_item(cast)
    with db.transaction(write=False):
        item = queries.item(first)
        assert (item.code, item.version, item.ratio_basis_points, item.ratio_is_statutory) == ("SX001", 1, 2000, True)
        assert (item.required_specialities, item.inspection_methods) == (["实验动物"], ["on_site"])
        assert [one.id for one in queries.items_published()] == [first]
    same = take_in(item_sheet(), cast.legal.officer, cast.legal.officer)
    assert verdicts(same) == ["duplicate"]
    take_in(item_sheet(content="设施环境与动物质量"), cast.legal.officer, cast.legal.officer)
    with db.transaction(write=True):
        assert [one.id for one in queries.items_published()] == [first]
        second = actions.publish_items(by=cast.legal.officer)[0].id
    with db.transaction(write=False):
        assert [(one.id, one.version) for one in queries.items_published()] == [(second, 2)]
        assert queries.item(first).state == "repealed"
    with pytest.raises(Conflict), db.transaction(write=True):
        actions.publish_items([second], by=cast.legal.officer)


@pytest.mark.article("5")
def test_an_item_list_is_brought_by_legal_affairs_and_a_repealed_item_leaves_it(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        bring(item_sheet(), cast.officer.officer)
    item_id = published_item(cast)
    with pytest.raises(Refusal), db.transaction(write=True):
        actions.repeal_item(item_id, "", by=cast.legal.officer)
    with db.transaction(write=True):
        actions.repeal_item(item_id, "依据废止", by=cast.legal.officer)
    with db.transaction(write=False):
        assert queries.items_published() == []
        assert [one.id for one in queries.items_published(clock.today() - timedelta(days=1))] == []


@pytest.mark.article("20")
def test_a_checklist_becomes_the_next_version_of_its_items_form(cast: Cast) -> None:
    sheet = workbook([f"抽查检查记录表（{ITEM}）"], CHECKS, [1, "许可证有效", "查看原件", "是", "拍照"],
                     [2, "温度", "实测", "否", "数值"])
    with pytest.raises(Refusal, match="checklist_without_item"):
        bring(sheet, cast.officer.officer)
    published_item(cast)
    take_in(sheet, cast.officer.officer, cast.legal.officer)
    batch_id = bring(sheet, cast.officer.officer)
    accept(batch_id, cast.legal.officer)
    with db.transaction(write=False):
        newest = queries.checklist_for("SX001")
        assert newest is not None
        assert [one.version for one in queries.checklists_of("SX001")] == [2, 1]
        assert [(one.number, one.is_mandatory, one.evidence) for one in newest.items] == [
            (1, True, ["photo"]), (2, False, ["number"])]


@pytest.mark.article("6")
def test_key_supervision_is_proposed_by_the_sheet_and_decided_by_legal_affairs(cast: Cast) -> None:
    sheet = objects_sheet(("甲研究所", CODES[0], ANIMALS, "投诉举报多"), ("乙研究所", CODES[1], ANIMALS, "经营异常名录"),
                          extra=("重点监管情形",))
    take_in(sheet, cast.officer.officer, cast.legal.officer)
    with db.transaction(write=False):
        first, second = (proposal.id for proposal in queries.focus_page("open"))
        assert queries.certain_objects(ANIMALS) == set()
        assert [row.kind for row in accounts.waiting_for(cast.legal.officer)] == ["focus"]
    until = clock.today() + timedelta(days=365)
    with db.transaction(write=True):
        actions.decide_focus(first, FocusDecision.AGREED, "12345 热线投诉五次", until, "热线工单五份", by=cast.legal.officer)
        actions.decide_focus(second, FocusDecision.DECLINED, "已移出名录", None, by=cast.legal.officer)
    with pytest.raises(Conflict), db.transaction(write=True):
        actions.decide_focus(first, FocusDecision.DECLINED, "改主意", None, by=cast.legal.officer)
    with db.transaction(write=False):
        certain = queries.certain_objects(ANIMALS)
        assert certain == {queries.focus_proposal(first).object_id}
        assert queries.focus_in_force(certain, until + timedelta(days=1)) == set()
        assert accounts.waiting_for(cast.legal.officer) == []


def test_an_inspector_declares_for_oneself(cast: Cast) -> None:
    own = cast.inspector_a.inspector_id
    with pytest.raises(Forbidden), db.transaction(write=True):
        actions.declare_interest(own, "某研究所", by=cast.inspector_b.officer)
    with db.transaction(write=True):
        actions.declare_interest(own, "某研究所", by=cast.inspector_a.officer)
        day = clock.today()
        actions.declare_absence(own, day, day + timedelta(days=2), "培训", by=cast.inspector_a.officer)
    with db.transaction(write=False):
        assert [row.object_name for row in queries.inspector(own).interests] == ["某研究所"]
        assert queries.unavailable(day, day + timedelta(days=1)) == {own}
        assert queries.unavailable(day, day + timedelta(days=3)) == set()
        assert list(queries.unavailability(day + timedelta(days=2), date(2099, 1, 1))) == [own]
