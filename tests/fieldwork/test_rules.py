"""The law of the field without a database: places, values, rivals, digests, closing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from fieldapp import ids
from fieldapp.canonical import digest
from fieldapp.fieldwork.rules import (
    AppliedOp,
    Arrival,
    Course,
    ProposedCategory,
    RecordState,
    Thing,
    check_act,
    check_kit_may_open,
    check_record_is_open,
    check_record_may_close,
    check_two_present,
    check_value,
    check_visit_takes_operations,
    check_witness,
    digest_fits,
    gaps,
    happened_at,
    item_content,
    may_resume,
    of_record,
    place,
    place_name,
    record_content,
    record_digest,
    short_code,
    value_words,
)
from fieldapp.refusals import Refusal

VT, LINE, PERSON = (UUID(int=number) for number in (1, 2, 3))
HEAD = {"object": "济南某生物（示例）", "uscc": "91370102MA3N8K2T1M", "address": "", "task": "", "task_number": "",
        "item": "", "record_number": "", "notice_number": ""}
HASH = "0" * 64


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def test_a_path_names_record_line_and_item() -> None:
    found = place(f"r/{VT}/check/{LINE}/photo/{PERSON}")
    assert (found.thing, found.visit_task, found.line, found.item) == (Thing.PHOTO, VT, LINE, PERSON)


@pytest.mark.parametrize("path", ["", "r/1/record", f"r/{VT}/check/{LINE}/answer/", "present/me", f"R/{VT}/record",
                                  f"r/{VT}/check/{LINE}/photo/../../x", f"r/{VT}/record\n", "__proto__"])
def test_a_place_that_no_form_has_is_refused(path: str) -> None:
    with refused("fieldwork.unknown_place"):
        place(path)


def test_a_signature_cannot_be_set_and_a_field_cannot_be_signed() -> None:
    for kind, thing in (("set", Thing.RECORD), ("sign", Thing.ANSWER), ("void", Thing.CATEGORY), ("close", Thing.NOTICE)):
        with refused("fieldwork.unknown_act"):
            check_act(kind, thing)


@pytest.mark.parametrize(("kind", "thing", "value"), [
    ("set", Thing.ANSWER, "perhaps"), ("set", Thing.ANSWER, ["compliant"]), ("set", Thing.ANSWER, {"a": 1}),
    ("set", Thing.NOTE, "长" * 2001), ("set", Thing.NOTE, 5), ("set", Thing.ORDER_UNTIL, "2026-02-30"),
    ("set", Thing.CATEGORY, "no_such"), ("set", Thing.ARRIVAL_FIX, {"lat": ["1"]}), ("add", Thing.PHOTO, {"capture_hash": "x"}),
    ("add", Thing.PRESENCE, "me"), ("sign", Thing.NOTICE, {"name": "李", "strokes": [[["a", 1]]]}),
    ("sign", Thing.RECORD, {"name": "李", "strokes": [[[1, 1]] * 1501]}), ("sign", Thing.RECORD, None),
    ("refuse", Thing.RECORD, {"explanation": 7}), ("void", Thing.PHOTO, "why"), ("set", Thing.PAUSE, {"until": 5}),
])
def test_a_value_that_its_place_cannot_hold_is_refused(kind: str, thing: Thing, value: object) -> None:
    with refused("fieldwork.bad_value"):
        check_value(kind, thing, value)


@pytest.mark.article("24")
def test_a_refusal_to_sign_needs_the_inspectors_explanation() -> None:
    with refused("fieldwork.refusal_needs_explanation"):
        check_value("refuse", Thing.RECORD, {"words": "不签", "explanation": "  ", "witness": None})
    check_value("refuse", Thing.RECORD, {"words": "", "explanation": "负责人拒绝签字", "witness": None})


@pytest.mark.article("24")
def test_a_signature_needs_strokes_or_a_seal_or_the_typed_name_of_who_cannot_write() -> None:
    with refused("fieldwork.signature_empty"):
        check_value("sign", Thing.RECORD, {"name": "李某", "strokes": []})
    with refused("fieldwork.signature_needs_name"):
        check_value("sign", Thing.RECORD, {"name": " ", "typed": True})
    with refused("fieldwork.signature_empty"):
        check_value("sign", Thing.INSPECTOR_SIGNATURE, {"name": "赵检一", "seal": "x"})
    for more in ({"strokes": [[[1, 2, 3, 4]]]}, {"seal": str(LINE)}, {"typed": True, "own_phone": True, "strokes": []}):
        check_value("sign", Thing.RECORD, {"name": "李某", **more})


@pytest.mark.article("21")
def test_another_finding_needs_its_reason() -> None:
    with refused("fieldwork.other_finding_needs_reason"):
        check_value("add", Thing.OTHER, {"text": "门口有积水", "reason": ""})
    check_value("add", Thing.OTHER, {"text": "门口有积水", "reason": "与第 2 项有关"})


# --- what is signed ---------------------------------------------------------------------------------------------------


def test_the_digest_is_the_canonical_record_without_what_says_nothing() -> None:
    values = {f"r/{VT}/conclusion/text": "没有问题", f"r/{VT}/conclusion/order": "", f"r/{VT}/entity/words": None}
    items = {f"r/{VT}/other/{LINE}": {"text": "一", "reason": "二"}, f"r/{VT}/check/{LINE}/photo/{PERSON}": HASH}
    content = record_content(HEAD, values, items)
    assert content["values"] == {f"r/{VT}/conclusion/text": "没有问题"}
    assert record_digest(HEAD, values, items) == digest(content)


def test_a_photo_is_signed_by_its_capture_hash_and_a_finding_by_its_words() -> None:
    assert item_content({"capture_hash": HASH, "name": "a.jpg"}) == HASH
    assert item_content({"text": "一", "reason": "二", "more": 1}) == {"text": "一", "reason": "二"}


@pytest.mark.article("24")
def test_every_changed_character_is_another_digest() -> None:
    text = "设施温度 23 ℃，记录连续。"
    whole = record_digest(HEAD, {"r/x/conclusion/text": text}, {})
    changed = {record_digest(HEAD, {"r/x/conclusion/text": text[:at] + "～" + text[at + 1:]}, {}) for at in range(len(text))}
    assert whole not in changed
    assert len(changed) == len(text)
    assert not digest_fits(None, None)


def test_signatures_and_seals_are_not_part_of_what_is_signed() -> None:
    assert of_record(f"r/{VT}/entity/name", VT)
    assert not of_record(f"r/{VT}/record/seal/{LINE}", VT)
    assert not of_record(f"r/{LINE}/entity/name", VT)


def test_the_short_code_is_eight_digits() -> None:
    assert short_code("1a2b3c4d" + "0" * 56) == "1A2B-3C4D"
    assert short_code(None) == ""


# --- guards -----------------------------------------------------------------------------------------------------------


@pytest.mark.article("16", "23")
def test_one_certified_member_is_not_enough() -> None:
    with refused("fieldwork.too_few_present"):
        check_two_present(1)
    check_two_present(2)


@pytest.mark.article("24")
def test_nothing_enters_a_closed_or_unapproved_visit() -> None:
    with refused("fieldwork.visit_closed"):
        check_visit_takes_operations(is_on_site=False, is_closed=True)
    with refused("fieldwork.visit_not_open"):
        check_visit_takes_operations(is_on_site=False, is_closed=False)
    with refused("fieldwork.record_is_signed"):
        check_record_is_open(is_settled=True)


@pytest.mark.article("16")
def test_a_visit_that_stands_still_goes_on_when_nothing_is_waited_for_and_all_are_there() -> None:
    facts = {"is_paused": True, "is_awaited": False, "is_on_site": True, "certified_present": 2, "certified": 2}
    assert [may_resume(**facts | change) for change in (
        {}, {"is_paused": False}, {"is_awaited": True}, {"certified_present": 1}, {"certified_present": 0, "is_on_site": False},
    )] == [True, False, False, False, True]


@pytest.mark.article("23")
def test_a_kit_opens_for_its_person_while_the_visit_lasts() -> None:
    check_kit_may_open(is_own=True, is_on_site=True)
    for own, on_site in ((True, False), (False, True)):
        with refused("fieldwork.kit_closed"):
            check_kit_may_open(is_own=own, is_on_site=on_site)


@pytest.mark.article("24")
def test_an_inspector_is_no_witness() -> None:
    with refused("fieldwork.witness_of_team"):
        check_witness({"name": "赵检一 "}, {"赵检一", "钱检二"}, [])
    check_witness({"name": "王某"}, {"赵检一"}, [])


FINISHED = {"category": "no_problem", "entity_signed": True, "inspectors_signed": 2}


@pytest.mark.article("24")
@pytest.mark.parametrize(("change", "code"), [
    ({"rivals": 1}, "fieldwork.rival_open"),
    ({"category": None}, "fieldwork.conclusion_missing"),
    ({"category": "rectification_ordered"}, "fieldwork.order_missing"),
    ({"entity_signed": False}, "fieldwork.entity_signature_missing"),
    ({"inspectors_signed": 1}, "fieldwork.inspector_signatures_missing"),
])
def test_a_record_does_not_close_while_something_is_missing(change: dict[str, object], code: str) -> None:
    with refused(code):
        check_record_may_close(RecordState(**{**FINISHED, **change}))  # type: ignore[arg-type]


@pytest.mark.article("24")
def test_a_refusal_closes_a_record_and_nobody_met_needs_no_signature() -> None:
    check_record_may_close(RecordState(**FINISHED))  # type: ignore[arg-type]
    check_record_may_close(RecordState("no_problem", entity_refused=True, inspectors_signed=2))
    check_record_may_close(RecordState(str(ProposedCategory.UNREACHABLE), inspectors_signed=2))


@pytest.mark.article("22")
def test_a_written_inspection_has_no_arrival_and_no_credential_shown() -> None:
    codes = {gap.code for gap in gaps(Course("on_site", members_without_credential=["赵检一"], notice_answered=True))}
    assert {"fieldwork.no_arrival", "fieldwork.presence_missing", "fieldwork.credential_not_shown"} <= codes
    assert gaps(Course("written", members_without_credential=["赵检一"])) == []


@pytest.mark.article("21", "23")
def test_what_is_missing_is_named() -> None:
    course = Course("on_site", has_arrival=True, certified_present=2, unanswered=[2, 5], unexplained=[3],
                    arrival=Arrival(at=RECEIVED), skewed_clocks=1, unfitting=1)
    said = [str(gap) for gap in gaps(course)]
    assert [line.partition(":")[0] for line in said] == [
        "fieldwork.no_slot", "fieldwork.arrival_unexplained", "fieldwork.notice_unanswered",
        "fieldwork.checks_unanswered", "fieldwork.not_checked_unexplained", "fieldwork.clock_skew",
        "fieldwork.signature_unfitting"]
    assert "第 2、5 项" in said[3]


# --- time -------------------------------------------------------------------------------------------------------------

ISSUED, RECEIVED = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 24, 9, tzinfo=UTC)


def op_at(at: datetime, offset_ms: int = 0) -> AppliedOp:
    return AppliedOp(ids.uuid7(), "phone", PERSON, VT, "set", "pause", None, None, at, 1, RECEIVED, offset_ms)


@pytest.mark.article("3")
@pytest.mark.parametrize("days", [-400, 400])
def test_a_clock_that_is_400_days_off_lands_between_preparation_and_receipt(days: int) -> None:
    moment = happened_at(op_at(RECEIVED + timedelta(days=days)), not_before=ISSUED)
    assert ISSUED <= moment <= RECEIVED


def test_a_known_offset_puts_the_phones_time_right() -> None:
    true = datetime(2026, 11, 24, 2, tzinfo=UTC)
    assert happened_at(op_at(true - timedelta(hours=3), 3 * 3_600_000), not_before=ISSUED) == true


def test_a_place_has_a_name_with_its_number() -> None:
    name = place_name(f"r/{VT}/check/{LINE}/photo/{PERSON}", {LINE: 4})
    assert name.message % name.facts == "第 4 项的证据"
    assert place_name("nowhere", {}).message == "其他栏目"


@pytest.mark.parametrize(("path", "value", "words"), [
    (f"zone/{LINE}", {"place": "配电室", "from": 1_764_000_000_000, "until": None, "note": ""}, "配电室 · 2025-11-25 00:00"),
    (f"entry/attempt/{LINE}", {"day": "2026-11-25", "way": "telephone", "text": "无人接听"}, "2026-11-25 · 电话 · 无人接听"),
    ("arrival/fix", {"lat": "36.67", "lng": "117.02", "accuracy_m": "20", "at": 0}, "36.67 · 117.02 · ±20 m · 0"),
    (f"r/{VT}/check/{LINE}/answer", "non_compliant", "不符合"),
    ("arrival/place", "", ""),
])
def test_a_value_is_read_in_words_whatever_it_is_made_of(path: str, value: object, words: str) -> None:
    assert value_words(path, value) == words
