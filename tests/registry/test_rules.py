"""The registry's rules over codes, words, dates and single rows: no application, no database."""

from datetime import date

import pytest

from fieldapp.refusals import Refusal
from fieldapp.registry.rules import (
    EnterpriseSize,
    EvidenceKind,
    FindingKind,
    Frequency,
    InspectionMethod,
    InspectorKind,
    Outcome,
    SeatRequirement,
    SheetKind,
    as_date,
    data_rows,
    find_header,
    normalise_code,
    normalise_name,
    parse_checklist,
    parse_inspectors,
    parse_items,
    parse_objects,
    ratio_basis_points,
    telephone_fault,
    uscc_fault,
)

CODE = "91370102MA3N8K2T1M"
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("code", [
    CODE, "91370602MA9KX4P79F", "12370000495570629U", "52370700MJD5H21Q5T", "N2370181MF20835W4N",
    "91370203MA3P100190", "91370203MA3P10131Y",
])
def test_well_formed_codes_of_every_registrar_are_valid(code: str) -> None:
    assert uscc_fault(code) is None


@pytest.mark.parametrize("place", range(18))
def test_any_one_changed_character_is_found(place: int) -> None:
    other = "0" if CODE[place] != "0" else "1"
    assert uscc_fault(CODE[:place] + other + CODE[place + 1:]) is FindingKind.CHECK_DIGIT


@pytest.mark.parametrize(("code", "fault"), [
    ("9137O102MA3N8K2T1M", FindingKind.LETTER_O), ("9I370102MA3N8K2T1M", FindingKind.LETTER_I),
    ("91370102MA3N8K2T1S", FindingKind.BAD_CHARACTER), ("370102200012345", FindingKind.CODE_LENGTH),
    ("９1370102MA3N8K2T1M", FindingKind.BAD_CHARACTER),
])
def test_letters_o_and_i_and_other_faults_are_named_and_never_mended(code: str, fault: FindingKind) -> None:
    assert uscc_fault(code) is fault


@pytest.mark.parametrize(("cell", "code", "changes"), [
    (CODE, CODE, ()),
    (CODE.lower(), CODE, (FindingKind.LOWER_CASE,)),
    ("９１３７０１０２ｍa3N8K2T1M", CODE, (FindingKind.FULL_WIDTH, FindingKind.LOWER_CASE)),
    ("\u3000 91370102 MA3N8K2T1M\ufeff", CODE, (FindingKind.SPACES,)),
    (13747382830, "13747382830", (FindingKind.NUMBER_AS_TEXT,)),
    (370102.0, "370102", (FindingKind.NUMBER_AS_TEXT,)),
])
def test_a_code_is_normalised_and_every_change_is_said(cell: object, code: str, changes: tuple[FindingKind]) -> None:
    assert normalise_code(cell) == (code, changes)  # type: ignore[arg-type]


def test_a_name_loses_stray_spaces_and_keeps_every_character() -> None:
    assert normalise_name("  济南示例（集团）有限公司\u3000") == ("济南示例（集团）有限公司", (FindingKind.SPACES,))
    for name in ("阿卜杜拉·买买提", "堃喆昇龑𬱖", "\uf9d1\ufa11", "ＡＢＣ科技"):
        assert normalise_name(name) == (name, ())
    assert normalise_name("Jose\u0301")[0] == "Jos\u00e9"


@pytest.mark.parametrize(("cell", "day"), [
    (date(2028, 6, 28), date(2028, 6, 28)), ("2028-6-28", date(2028, 6, 28)), ("2028.06.28", date(2028, 6, 28)),
    ("2028年6月28日", date(2028, 6, 28)), ("２０２８/６/２８", date(2028, 6, 28)), (20280628, date(2028, 6, 28)),
    (46932, date(2028, 6, 28)), ("2028年2月", date(2028, 2, 29)), ("2028-06-28 00:00:00", date(2028, 6, 28)),
    ("2027-02-29", None), ("长期", None), ("28/6/2028", None), ("0000-01-01", None), (True, None), (None, None),
])
def test_a_day_is_understood_in_the_forms_people_write(cell: object, day: date | None) -> None:
    assert as_date(cell) == day  # type: ignore[arg-type]


@pytest.mark.parametrize(("number", "fault"), [
    ("13747382830", None), ("0531-66778899", None), ("053166778899", None), ("400-123-4567", None),
    ("139803932", FindingKind.SHORT_TELEPHONE), ("1398039321", FindingKind.SHORT_TELEPHONE),
    ("66778899", FindingKind.SHORT_TELEPHONE), ("137473828301", FindingKind.ODD_TELEPHONE),
])
def test_short_and_odd_telephone_numbers_are_told_apart(number: str, fault: FindingKind | None) -> None:
    assert telephone_fault(number) is fault


def test_an_object_without_address_and_telephone_is_accepted_with_warnings() -> None:
    [row] = parse_objects([(4, {"name": "示例一", "uscc": CODE, "category": "科普基地", "size": "大型企业",
                                "credit_grade": "a级", "region_code": 370102})])
    assert {found.kind for found in row.findings} == {
        FindingKind.NO_ADDRESS, FindingKind.NO_TELEPHONE, FindingKind.NUMBER_AS_TEXT, FindingKind.LOWER_CASE}
    assert (row.outcome, row.value.size, row.value.credit_grade) == (Outcome.WARNING, EnterpriseSize.LARGE, "A")


def test_a_focus_circumstance_is_only_proposed() -> None:
    [row] = parse_objects([(4, {"name": "示例一", "uscc": CODE, "category": "科普基地", "focus": "失信行为 "})])
    assert row.value.focus_proposal == "失信行为"


@pytest.mark.parametrize("cell", ["#N/A", "=HYPERLINK(1)", "=cmd|' /C calc'!A0", None, " \u3000", 2026])
def test_a_name_that_is_no_name_is_refused(cell: object) -> None:
    [row] = parse_objects([(4, {"name": cell, "uscc": CODE, "category": "科普基地"})])  # type: ignore[dict-item]
    assert row.outcome is Outcome.REFUSED


@pytest.mark.article("6")
@pytest.mark.parametrize(("cell", "read"), [
    ("5%", (500, False)), ("20%（法定）", (2000, True)), ("２．５％", (250, False)), (0.05, (500, False)),
    (0.07, (700, False)), (5, (500, False)), (1, (10_000, False)), ("不低于5%", (500, False)), ("100%", (10_000, False)),
    ("0%", None), ("101%", None), ("百分之五", None), ("0.001%", None), ("-5%", None), ("", None),
])
def test_a_sampling_ratio_is_read_in_integers(cell: object, read: tuple[int, bool] | None) -> None:
    assert ratio_basis_points(cell) == read  # type: ignore[arg-type]


@pytest.mark.article("6")
@pytest.mark.parametrize(("cell", "frequency"), [
    (">=1", Frequency(">=", 1)), ("≥ 1", Frequency(">=", 1)), ("=1", Frequency("=", 1)), (2, Frequency("=", 2)),
    ("不少于1次/年", Frequency(">=", 1)), ("每年2次", Frequency("=", 2)), ("1次以上", Frequency(">=", 1)),
    ("＜=2", Frequency("<=", 2)), ("0", None), ("按需", None),
])
def test_a_frequency_is_an_operator_and_a_number(cell: object, frequency: Frequency | None) -> None:
    [row] = parse_items([(4, {"name": "事项", "frequency": cell})])  # type: ignore[dict-item]
    assert row.value.frequency == frequency
    assert (FindingKind.BAD_FREQUENCY in {found.kind for found in row.findings}) is (frequency is None)


@pytest.mark.article("5", "6")
def test_an_item_carries_methods_and_typed_seats_and_its_gaps_are_named() -> None:
    [full, thin] = parse_items([
        (4, {"number": 1, "name": "事项一", "division": "科普处", "category": "科普基地", "content": "安全",
             "methods": "实地核查、书面检查", "ratio": "3%", "frequency": ">=1", "legal_basis": "办法第X条",
             "requirement": "至少1人具备财务审计专长、至少两人具备实验动物专长"}),
        (5, {"name": "事项二", "methods": "抽签", "requirement": "经验丰富"}),
    ])
    assert full.value.methods == (InspectionMethod.ON_SITE, InspectionMethod.WRITTEN)
    assert full.value.seats == (SeatRequirement("财务审计", 1), SeatRequirement("实验动物", 2))
    assert [found.kind for found in full.findings] == [FindingKind.RATIO_BELOW_MINIMUM]
    assert {found.kind for found in thin.findings} == {
        FindingKind.NO_RATIO, FindingKind.NO_FREQUENCY, FindingKind.MISSING_DIVISION, FindingKind.MISSING_CATEGORY,
        FindingKind.MISSING_CONTENT, FindingKind.UNKNOWN_METHOD, FindingKind.UNKNOWN_REQUIREMENT, FindingKind.NO_BASIS}


def test_absurd_numbers_do_not_reach_the_item_list() -> None:
    [row] = parse_items([(4, {"number": 1e308, "name": "事项", "requirement": "至少999999999999人具备财务审计专长"})])
    assert (row.value.number, row.value.seats) == (None, ())


def test_a_statutory_ratio_may_be_below_the_minimum() -> None:
    [row] = parse_items([(4, {"name": "事项", "ratio": "1%（法定）"})])
    assert FindingKind.RATIO_BELOW_MINIMUM not in {found.kind for found in row.findings}


@pytest.mark.article("10")
def test_inspectors_are_told_apart_by_certificate_and_marked_by_speciality() -> None:
    base = {"division": "科普处", "specialities": "财务审计,生物安全", "person_kind": "行政执法人员"}
    rows = parse_inspectors([
        (4, base | {"name": "赵一", "staff_number": "S1", "certificate_number": 375646777346, "categories": "全部",
                    "certificate_valid_until": "2026年11月22日", "interests": "甲公司、乙公司"}),
        (5, base | {"name": "钱二", "staff_number": "S2", "categories": "科普基地、实验动物单位"}),
        (6, base | {"name": "孙三", "staff_number": "S3", "person_kind": "日常监管人员", "specialities": None}),
        (7, base | {"name": "李四", "staff_number": "S1", "certificate_number": "1", "certificate_valid_until": "长期"}),
        (8, base | {"name": "周五", "staff_number": "S5", "certificate_number": "375646777346"}),
    ], TODAY)
    kinds = [{found.kind for found in row.findings} for row in rows]
    assert kinds == [
        {FindingKind.NUMBER_AS_TEXT, FindingKind.CERTIFICATE_EXPIRED}, {FindingKind.MISSING_CERTIFICATE},
        {FindingKind.UNCERTIFIED, FindingKind.NO_SPECIALITY}, {FindingKind.BAD_DATE, FindingKind.RENAMED_DUPLICATE},
        {FindingKind.NO_VALID_UNTIL, FindingKind.CERTIFICATE_REPEATED}]
    assert [row.value.is_certified for row in rows] == [True, False, False, True, True]
    assert rows[2].value.kind is InspectorKind.DAILY_SUPERVISION
    assert (rows[0].value.categories, rows[1].value.categories) == (None, ("科普基地", "实验动物单位"))
    assert rows[0].value.interests == ("甲公司", "乙公司")


def test_a_check_says_what_evidence_it_asks_for() -> None:
    rows = parse_checklist([(4, {"number": 1, "content": "台账", "mandatory": "是", "evidence": "拍照、数值"}),
                            (5, {"number": 1, "content": "消防", "mandatory": "否"}),
                            (6, {"number": "x", "content": None, "mandatory": "也许", "evidence": "录音"})])
    assert rows[0].value.evidence == (EvidenceKind.PHOTO, EvidenceKind.NUMBER)
    assert (rows[1].value.is_mandatory, rows[1].value.evidence, rows[1].outcome) == (False, (), Outcome.DUPLICATE)
    assert {found.kind for found in rows[2].findings} == {
        FindingKind.BAD_NUMBER, FindingKind.MISSING_CONTENT, FindingKind.UNKNOWN_MANDATORY, FindingKind.UNKNOWN_EVIDENCE}


def test_the_header_is_found_under_titles_and_by_other_names() -> None:
    rows = [["某处名录（2026）"], [], ["填报日期：2026年1月5日"],
            ["序 号", "企业名称 ", "统一社会信用代码（18位）", "对象类型", "所在县(市、区)", "*住所"],
            [1, "示例一", CODE, "科普基地", "历下区", "路1号"], [None, None], ["注：按季度更新。"],
            [2, None, None, None, None, None], ["合计", 1]]
    header = find_header(rows)
    assert (header.kind, header.row, header.title, header.subject) == (SheetKind.OBJECTS, 4, "某处名录（2026）", "2026")
    assert list(data_rows(rows, header)) == [
        (5, {"number": 1, "name": "示例一", "uscc": CODE, "category": "科普基地", "county": "历下区", "address": "路1号"})]


def test_a_sheet_without_a_known_header_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        find_header([["姓名", "身高"], ["赵一", 180]])
    assert refused.value.code == "registry.sheet_headers_unknown"
