"""The law of written and online inspections, and of places where no phone may go."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from fieldapp.fieldwork.rules import (
    Inquiry,
    Photo,
    Reply,
    ReplyKind,
    WebPage,
    Zone,
    check_link_is_open,
    check_refusal_off_site,
    check_reply,
    method_gaps,
    zone_gaps,
)
from fieldapp.refusals import Refusal

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
UNTIL, LATE = date(2026, 11, 30), date(2026, 12, 1)
PICTURE = Photo("r/x", "0" * 64, "", "in_app", "image/jpeg", "", "", "赵检一", NOW)
SERVED = Inquiry("请提供设备台账", UNTIL, NOW)


def codes(found: list[Refusal]) -> list[str]:
    return [one.code.removeprefix("fieldwork.") for one in found]


def replied(kind: ReplyKind) -> Inquiry:
    return Inquiry("请提供设备台账", UNTIL, NOW, [Reply(kind, "李某", "", "见附件", NOW)])


@pytest.mark.article("22")
@pytest.mark.parametrize(("inquiry", "found"), [
    (Inquiry(), ["request_missing"]), (SERVED, ["request_unconfirmed", "request_unanswered"]),
    (replied(ReplyKind.RECEIPT), ["request_unanswered"]), (replied(ReplyKind.REPLY), []),
    (Inquiry("x", UNTIL, NOW, (), [PICTURE]), ["request_unconfirmed"]),
])
def test_a_written_inspection_is_served_confirmed_and_answered(inquiry: Inquiry, found: list[str]) -> None:
    assert codes(method_gaps("written", inquiry, [], UNTIL)) == found
    assert method_gaps("on_site", inquiry, [], UNTIL) == []


def test_after_its_day_an_unanswered_request_says_that_the_time_is_over() -> None:
    assert "期限已过" in str(method_gaps("written", replied(ReplyKind.RECEIPT), [], date(2026, 12, 1))[0])


@pytest.mark.article("22")
def test_an_online_inspection_has_addresses_with_pictures() -> None:
    bare, whole = WebPage("https://example.cn/", NOW, "", []), WebPage("https://example.cn/", NOW, "", [PICTURE])
    assert codes(method_gaps("online", Inquiry(), [], UNTIL)) == ["no_pages"]
    assert codes(method_gaps("online", Inquiry(), [whole, bare], UNTIL)) == ["page_without_picture"]
    assert method_gaps("online", Inquiry(), [whole], UNTIL) == []


@pytest.mark.article("22")
def test_the_served_link_is_open_from_its_serving_to_the_end_of_its_day() -> None:
    check_link_is_open(SERVED, UNTIL)
    with pytest.raises(Refusal, match="request_over"):
        check_link_is_open(SERVED, date(2026, 12, 1))
    with pytest.raises(Refusal, match="request_not_served"):
        check_link_is_open(Inquiry("请提供", UNTIL), UNTIL)


def test_a_reply_has_a_name_and_says_something() -> None:
    check_reply(ReplyKind.RECEIPT, "李某", "", so_far=39, most=40)
    for kind, name, text, so_far, code in (
            (ReplyKind.RECEIPT, " ", "", 0, "reply_needs_name"), (ReplyKind.REPLY, "李某", " ", 0, "reply_empty"),
            (ReplyKind.REPLY, "李某", "见附件", 40, "too_many_replies")):
        with pytest.raises(Refusal, match=code):
            check_reply(kind, name, text, so_far=so_far, most=40)


@pytest.mark.article("21")
def test_a_stay_without_a_phone_has_an_end_and_a_note() -> None:
    def zone(until: datetime | None, note: str) -> Zone:
        return Zone(UUID(int=1), "负压实验室", "防爆", NOW, until, note, "", [], [])

    assert zone_gaps([zone(NOW, "压差 12 Pa")]) == []
    assert codes(zone_gaps([zone(None, "")])) == ["zone_open", "zone_without_note"]


@pytest.mark.article("22", "24")
@pytest.mark.parametrize(("words", "cause", "was_heard", "until", "day", "code"), [
    ("", "silent", False, None, UNTIL, "record_not_served"), ("来函不签。", "refused", False, None, UNTIL, "record_not_served"),
    ("", "silent", False, UNTIL, UNTIL, "answer_not_due"), (" ", "refused", False, UNTIL, UNTIL, "answer_not_due"),
    ("来函不签。", "refused", False, UNTIL, UNTIL, None), ("", "refused", True, UNTIL, NOW.date(), None),
    ("", "silent", False, UNTIL, LATE, None), ("", "unable", False, UNTIL, LATE, None),
    (" ", "refused", False, UNTIL, LATE, "silence_is_no_refusal"),
    ("来函不签。", "silent", False, UNTIL, LATE, "words_are_no_silence"),
    ("", "silent", True, UNTIL, LATE, "words_are_no_silence"),
])
def test_off_site_a_refusal_was_said_or_the_day_of_the_served_record_is_over(
        words: str, cause: str, was_heard: bool, until: date | None, day: date, code: str | None) -> None:
    found: list[Refusal] = []
    try:
        check_refusal_off_site(words, cause=cause, was_heard=was_heard, until=until, day=day)
    except Refusal as refusal:
        found.append(refusal)
    assert codes(found) == ([code] if code else [])
