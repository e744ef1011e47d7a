"""The working-day calendar in the database: seeded, provisional, entered by legal affairs."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from fieldapp import clock, db
from fieldapp.app import load_areas
from fieldapp.ledger.models import Entry
from fieldapp.policy import actions, queries
from fieldapp.policy.rules import DayKind, Due
from tests.people import Cast

NOTICE = "国办发明电〔2026〕9号"


@pytest.fixture
def seeded(cast: Cast) -> Iterator[None]:
    """The calendar as it was seeded late in 2026, before the notice for 2027."""
    load_areas()
    clock.set_source(lambda: datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
    with db.transaction(write=True):
        actions.seed_rule_set(by=cast.legal.officer)
        actions.seed_calendar(by=cast.legal.officer)
    yield
    clock.set_source(None)


@pytest.mark.article("25", "26")
@pytest.mark.parametrize(("start", "due"), [
    ("2026-01-15", "2026-02-12"), ("2026-02-10", "2026-03-16"), ("2026-02-14", "2026-03-20"),
    ("2026-04-30", "2026-06-01"), ("2026-09-18", "2026-10-22"), ("2026-09-30", "2026-11-03"),
    ("2026-11-20", "2026-12-18"),
])
def test_a_period_that_ends_in_a_published_year_is_certain(seeded: None, start: str, due: str) -> None:
    with db.transaction(write=False):
        assert queries.due(date.fromisoformat(start), 20) == Due(date.fromisoformat(due), is_provisional=False)


@pytest.mark.article("25")
def test_a_period_that_reaches_into_a_year_without_notice_is_provisional(seeded: None) -> None:
    with db.transaction(write=False):
        assert queries.due(date(2026, 12, 10), 20) == Due(date(2027, 1, 8), is_provisional=True)
        assert queries.due(date(2050, 1, 3), 5).is_provisional
        assert queries.provisional_years() == [2027]


@pytest.mark.article("25")
def test_entering_the_notice_computes_a_provisional_period_anew(seeded: None, cast: Cast) -> None:
    with db.transaction(write=True):
        actions.enter_days(date(2027, 1, 1), date(2027, 1, 4), DayKind.HOLIDAY, NOTICE, by=cast.legal.officer)
        actions.enter_days(date(2026, 12, 26), date(2026, 12, 26), DayKind.MAKEUP_WORKDAY, NOTICE,
                           by=cast.legal.officer)
        assert queries.due(date(2026, 12, 10), 20) == Due(date(2027, 1, 8), is_provisional=True)
        actions.enter_days(date(2027, 1, 5), date(2027, 1, 5), DayKind.HOLIDAY, NOTICE, by=cast.legal.officer)
        assert queries.due(date(2026, 12, 10), 20).day == date(2027, 1, 11)


def test_a_confirmed_year_is_no_longer_provisional(seeded: None, cast: Cast) -> None:
    with db.transaction(write=True):
        actions.confirm_year(2027, NOTICE, by=cast.legal.officer)
        assert queries.provisional_years() == []
        assert not queries.due(date(2026, 12, 10), 20).is_provisional
        assert queries.calendar_day(date(2027, 2, 5)).kind == DayKind.HOLIDAY


def test_the_calendar_is_seeded_once(seeded: None, cast: Cast) -> None:
    with db.transaction(write=True):
        assert actions.seed_calendar(by=cast.legal.officer) == []
        assert len(actions.seed_rule_set(by=cast.legal.officer)) == 2
        assert queries.years() == [2024, 2025, 2026, 2027]


def test_what_was_entered_stays_in_the_ledger(seeded: None, cast: Cast) -> None:
    with db.transaction(write=True):
        notice = actions.enter_days(date(2027, 1, 4), date(2027, 1, 4), DayKind.HOLIDAY, NOTICE, by=cast.legal.officer)
        entry = db.session.query(Entry).filter_by(thing_id=notice.id).one()
        assert (entry.action, entry.actor_id) == ("policy.days_entered", cast.legal.id)
        assert queries.notices(2027)[0].source == NOTICE


def test_legal_affairs_enters_days_on_the_page(seeded: None, cast: Cast, client_of) -> None:
    legal = client_of(cast.legal)
    answer = legal.post("/policy/calendar/2027", data={"first": "2027-02-03", "last": "2027-02-09", "kind": "holiday",
                                                       "source": NOTICE})
    assert answer.status_code == 303
    page = legal.get(answer.location).get_data(as_text=True)
    assert NOTICE in page
    with db.transaction(write=False):
        assert queries.calendar_day(date(2027, 2, 9)).kind == DayKind.HOLIDAY


def test_what_cannot_be_read_keeps_the_form(seeded: None, cast: Cast, client_of) -> None:
    answer = client_of(cast.legal).post("/policy/calendar/2027", data={"first": "2027-02-30", "kind": "holiday",
                                                                       "source": NOTICE})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert 'id="first-error"' in page
    assert NOTICE in page


def test_others_read_the_calendar_and_cannot_change_it(seeded: None, cast: Cast, client_of) -> None:
    officer = client_of(cast.officer)
    page = officer.get("/policy/calendar/2026").get_data(as_text=True)
    assert "248" in page
    assert "录入日期" not in page
    assert officer.post("/policy/calendar/2026", data={}).status_code == 403
    assert officer.get("/policy/calendar/1999").status_code == 404


def test_confirming_on_the_page_needs_the_notice(seeded: None, cast: Cast, client_of) -> None:
    legal = client_of(cast.legal)
    assert legal.post("/policy/calendar/2027/confirmation", data={"confirmation_source": " "}).status_code == 422
    assert legal.post("/policy/calendar/2027/confirmation", data={"confirmation_source": NOTICE}).status_code == 303
