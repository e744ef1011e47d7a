"""Only who is qualified on the day is entrusted, and stays so through renewals (article 19)."""

from datetime import date, timedelta

import pytest

from fieldapp import db
from fieldapp.entrusting import queries
from fieldapp.entrusting.rules import Held, last_day
from fieldapp.evidence import store
from fieldapp.refusals import Refusal
from fieldapp.visits import actions as visits
from tests.entrusting.scene import TODAY, ask, entrusted, laboratory, lacks, letter_of, renew
from tests.people import Cast
from tests.visits.scene import SLOT, one_visit

pytestmark = pytest.mark.article("19")


@pytest.fixture(autouse=True)
def media(tmp_path_factory: pytest.TempPathFactory) -> None:
    store.configure(tmp_path_factory.mktemp("media"))


def test_a_qualification_that_has_ended_is_refused_and_one_that_ends_before_the_visit_holds_it_up(cast: Cast) -> None:
    visit_id = one_visit(cast)
    expired = laboratory(cast, TODAY - timedelta(days=1))
    with pytest.raises(Refusal) as refused:
        ask(cast, visit_id, expired)
    assert refused.value.code == "entrusting.not_qualified"
    renew(cast, expired, TODAY)
    row_id = entrusted(cast, visit_id, expired, is_on_site=True, people="张工")
    with db.transaction(write=True):
        visits.agree_slot(visit_id, SLOT, by=cast.officer.officer)
    assert "visits.assistant_expired" in lacks(visit_id)
    with pytest.raises(Refusal), db.transaction(write=True):
        visits.submit_visit(visit_id, by=cast.officer.officer)
    renew(cast, expired, date(2028, 1, 1))
    assert "visits.assistant_expired" not in lacks(visit_id)
    with db.transaction(write=False):
        assert queries.entrustment_for(cast.officer.officer, row_id).assistant.valid_until == date(2028, 1, 1)


def test_a_qualification_renewed_without_a_gap_holds_on_and_the_letter_names_the_one_of_the_visits_day(cast: Cast) -> None:
    visit_id, lab = one_visit(cast), laboratory(cast, date(2026, 11, 23))
    renew(cast, lab, date(2027, 12, 31), since=date(2026, 11, 24))
    with db.transaction(write=True):
        visits.agree_slot(visit_id, SLOT, by=cast.officer.officer)
    row_id = entrusted(cast, visit_id, lab, is_on_site=True, people="张工")
    assert "visits.assistant_expired" not in lacks(visit_id)
    with db.transaction(write=False):
        assert (letter_of(row_id, cast).content or {})["qualification"] == "检验检测机构资质认定 CMA-2"
        assert queries.entrustment_for(cast.officer.officer, row_id).assistant.valid_until == date(2027, 12, 31)


@pytest.mark.parametrize(("held", "last"), [
    ([(1, 5), (6, 9)], 9), ([(1, 5), (7, 9)], 5), ([(1, 5), (4, None)], None), ([(3, 5)], 1), ([(1, 4), (2, 6), (7, 8)], 8)])
def test_who_is_qualified_stays_so_through_renewals_that_leave_no_day_out(
    held: list[tuple[int, int | None]], last: int | None,
) -> None:
    def day(number: int | None) -> date | None:
        return date(2026, 1, number) if number else None

    assert last_day([Held(date(2026, 1, since), day(until)) for since, until in held], date(2026, 1, 2)) == day(last)


def test_a_qualification_until_the_last_day_there_is_ends_then() -> None:
    assert last_day([Held(TODAY, date.max)], TODAY) == date.max
