"""The law of arriving: where, when, whose code, and what is written down when nobody can be inspected."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fieldapp.fieldwork.rules import (
    Arrival,
    AtTheDoor,
    Closure,
    Course,
    Entry,
    Fix,
    ProposedCategory,
    RecordState,
    arrival_gaps,
    check_record_may_close,
    distance_metres,
    door_gaps,
    gaps,
    is_far,
)
from fieldapp.refusals import Refusal

JINAN, JINAN_GCJ = Fix(36.651200, 117.120100), Fix(36.651630, 117.126228)
START, END = datetime(2026, 11, 24, 1, tzinfo=UTC), datetime(2026, 11, 24, 3, tzinfo=UTC)
IN_TIME = Arrival(at=START, slot=(START, END), uscc="91370102MA3N8K2T1M")


def codes(found: list[Refusal]) -> list[str]:
    return [one.code.removeprefix("fieldwork.") for one in found]


@pytest.mark.parametrize(("other", "metres"), [(JINAN, 0), (JINAN_GCJ, 548), (Fix(36.6602, 117.1201), 1001)])
def test_the_way_between_two_positions_is_what_a_map_says(other: Fix, metres: int) -> None:
    assert distance_metres(JINAN, other) == pytest.approx(metres, abs=2)


@pytest.mark.article("23")
def test_a_phone_is_far_only_beyond_the_fence_and_its_own_accuracy() -> None:
    near = Fix(36.6539, 117.1201)  # 300.2 m to the north
    assert is_far(near, JINAN, 300)
    assert not is_far(Fix(36.6539, 117.1201, accuracy=20), JINAN, 300)
    assert not is_far(Fix(36.6538, 117.1201), JINAN, 300)
    assert is_far(Fix(36.6602, 117.1201, accuracy=600), JINAN, 300)
    assert not is_far(Fix(36.6602, 117.1201, accuracy=5000), JINAN, 300)


@pytest.mark.article("21")
@pytest.mark.parametrize(("at", "found"), [
    (START - timedelta(minutes=30), []), (END, []),
    (START - timedelta(minutes=31), ["outside_slot", "arrival_unexplained"]),
    (END + timedelta(minutes=1), ["outside_slot", "arrival_unexplained"]),
])
def test_who_comes_outside_the_agreed_time_is_asked_why(at: datetime, found: list[str]) -> None:
    assert codes(arrival_gaps(Arrival(at=at, slot=(START, END)))) == found


@pytest.mark.article("21")
def test_hours_approved_with_the_slot_need_no_second_reason() -> None:
    late = {"at": START, "in_working_hours": False}
    assert codes(arrival_gaps(Arrival(**late, slot=(START, END), slot_has_reason=True))) == []  # type: ignore[arg-type]
    assert codes(arrival_gaps(Arrival(**late, slot=(START, END)))) == ["out_of_hours", "arrival_unexplained"]  # type: ignore[arg-type]
    assert codes(arrival_gaps(Arrival(**late, slot_has_reason=True))) == [  # type: ignore[arg-type]
        "no_slot", "out_of_hours", "arrival_unexplained"]


@pytest.mark.article("23")
def test_every_doubt_is_told_and_the_reason_beside_it() -> None:
    odd = Arrival(at=END + timedelta(hours=9), slot=(START, END), in_working_hours=False, fix=Fix(36.6602, 117.1201, 20),
                  place=JINAN, scanned="91370602MA9KX4P79F", uscc=IN_TIME.uscc, reason="单位搬到隔壁园区")
    found = arrival_gaps(odd)
    assert codes(found) == ["far_away", "outside_slot", "out_of_hours", "scan_differs", "arrival_explained"]
    assert "1001" in str(found[0])
    assert "单位搬到隔壁园区" in str(found[-1])


def test_an_arrival_as_planned_has_nothing_to_tell_and_one_without_coordinates_neither() -> None:
    assert arrival_gaps(IN_TIME) == []
    assert arrival_gaps(Arrival(at=START, slot=(START, END), fix=JINAN_GCJ, scanned=IN_TIME.uscc, uscc=IN_TIME.uscc)) == []


UNREACHABLE = AtTheDoor(Entry.UNREACHABLE, days=[date(2026, 11, 20), date(2026, 11, 24)], photos=2, has_fix=True,
                        statement="物业称该单位三个月无人。")


@pytest.mark.article("23")
@pytest.mark.parametrize(("change", "code"), [
    ({"photos": 1}, "door_photos_missing"), ({"has_fix": False}, "door_fix_missing"), ({"statement": " "}, "statement_missing"),
    ({"days": [date(2026, 11, 24), date(2026, 11, 24)]}, "attempts_missing"),
])
def test_an_entity_is_unreachable_only_with_photos_a_position_two_days_and_a_statement(
        change: dict[str, object], code: str) -> None:
    facts = {name: getattr(UNREACHABLE, name) for name in AtTheDoor.__slots__}
    assert door_gaps(UNREACHABLE) == []
    assert codes(door_gaps(AtTheDoor(**{**facts, **change}))) == [code]  # type: ignore[arg-type]


@pytest.mark.article("23", "24")
def test_a_closed_door_and_a_refused_entry_say_what_they_lack() -> None:
    assert codes(door_gaps(AtTheDoor(Entry.CLOSED))) == ["closure_missing", "door_photo_missing", "statement_missing"]
    assert door_gaps(AtTheDoor(Entry.CLOSED, Closure.MOVED_AWAY, photos=1, statement="门口贴有搬迁告示。")) == []
    assert codes(door_gaps(AtTheDoor(Entry.REFUSED))) == ["door_explanation_missing"]
    assert door_gaps(AtTheDoor(Entry.REFUSED, explanation="出示证件后仍被拦在门外。")) == []
    assert door_gaps(AtTheDoor(Entry.MET)) == []


@pytest.mark.article("23")
@pytest.mark.parametrize("entry", [Entry.UNREACHABLE, Entry.CLOSED, Entry.REFUSED])
def test_where_nothing_was_inspected_checks_and_notice_are_not_missed(entry: Entry) -> None:
    course = Course("on_site", has_arrival=True, certified_present=2, unanswered=[1, 2], members_without_credential=["赵检一"])
    assert len(gaps(course)) == 3
    door = AtTheDoor(entry, Closure.CLOSED_DOWN, UNREACHABLE.days, 2, True, "说明", "", "", "说明")
    held = {name: getattr(course, name) for name in Course.__slots__}
    assert gaps(Course(**{**held, "door": door})) == []


SIGNED = {"inspectors_signed": 2}


@pytest.mark.article("24")
@pytest.mark.parametrize(("category", "more"), [
    (ProposedCategory.UNREACHABLE, {"entry": "unreachable"}),
    (ProposedCategory.NO_SUCH_ACTIVITY, {"entry": "closed"}),
    (ProposedCategory.REFUSED_COOPERATION, {"entry": "refused", "door_explained": True}),
    (ProposedCategory.PENDING_ACTION, {"entry": "refused", "door_explained": True}),
])
def test_nobody_of_the_entity_signs_where_nobody_was_met(category: ProposedCategory, more: dict[str, object]) -> None:
    check_record_may_close(RecordState(category, **SIGNED, **more))  # type: ignore[arg-type]
    with pytest.raises(Refusal, match="inspector_signatures_missing"):
        check_record_may_close(RecordState(category, inspectors_signed=1, **more))  # type: ignore[arg-type]


@pytest.mark.article("24")
@pytest.mark.parametrize(("category", "more", "code"), [
    (ProposedCategory.NO_PROBLEM, {"entry": "unreachable"}, "entry_differs"),
    (ProposedCategory.NO_PROBLEM, {"entry": "closed"}, "entry_differs"),
    (ProposedCategory.REFUSED_COOPERATION, {"entry": "refused"}, "entity_signature_missing"),
    (ProposedCategory.NO_SUCH_ACTIVITY, {"entry": "met"}, "entity_signature_missing"),
    (ProposedCategory.NO_SUCH_ACTIVITY, {}, "entity_signature_missing"),
])
def test_the_door_and_the_category_tell_one_story(category: ProposedCategory, more: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        check_record_may_close(RecordState(category, **SIGNED, **more))  # type: ignore[arg-type]
