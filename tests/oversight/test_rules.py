from datetime import date
from uuid import UUID

import pytest

from fieldapp.oversight import rules
from fieldapp.oversight.rules import Deadline, DeadlineKind, Door, Given, score_of
from fieldapp.refusals import Conflict

TODAY = date(2026, 12, 25)


def deadline(day: int, division: str = "甲处", number: int = 1) -> Deadline:
    return Deadline(DeadlineKind.PUBLICATION, "某单位", "", division, date(2026, 12, day), False, UUID(int=number))


@pytest.mark.article("25", "26", "28")
def test_a_deadline_is_missed_the_day_after_it() -> None:
    assert rules.overdue([deadline(25), deadline(24), deadline(20)], TODAY) == [deadline(20), deadline(24)]


@pytest.mark.article("28")
def test_what_is_late_stands_on_the_account_of_its_division() -> None:
    tallies = rules.tallies([deadline(26), deadline(20, "乙处"), deadline(24, "乙处"), deadline(30)], TODAY)
    assert [(one.division, one.open, one.late, one.worst) for one in tallies] == [("乙处", 2, 2, 5), ("甲处", 2, 0, 0)]


@pytest.mark.article("6")
@pytest.mark.parametrize(("visited", "size", "enough"), [(1, 20, True), (1, 21, False), (2, 21, True), (0, 0, True)])
def test_five_per_cent_are_compared_in_integers(visited: int, size: int, enough: bool) -> None:
    assert rules.covers(visited, size, 500) is enough


def test_bars_are_thousandths_of_the_longest() -> None:
    assert [bar.length for bar in rules.bars([("a", 200), ("b", 100), ("c", 0), ("d", 1)])] == [1000, 500, 0, 8]
    assert rules.bars([("a", 0)])[0].length == 0
    assert (rules.percent(2, 41), rules.percent(0, 0)) == ("4.8%", "—")


def test_no_article_is_both_open_and_beyond_code() -> None:
    assert not set(rules.OPEN_ARTICLES) & set(rules.ARTICLES_WITHOUT_CODE)
    assert all(3 <= int(number) <= 29 for number in (*rules.OPEN_ARTICLES, *rules.ARTICLES_WITHOUT_CODE))


@pytest.mark.article("28")
@pytest.mark.parametrize(("given", "sees_all", "tenths"), [
    ([3] * 4, False, None), ([3] * 4, True, 30), ([5, 4, 4, 4, 4], False, 42)])
def test_the_mean_of_fewer_than_five_is_kept_from_the_division(given: list[int], sees_all: bool, tenths: int | None) -> None:
    [one] = rules.rated({"农村科技处": given, "高新技术处": []}, sees_all=sees_all)
    assert (one.count, one.tenths) == (len(given), tenths)


@pytest.mark.article("28")
def test_the_own_phones_rating_counts_whatever_came_by_the_copy() -> None:
    given = [Given(5, Door.COPY), Given(2, Door.OWN_PHONE), Given(5, Door.COPY)]
    assert score_of(given) == 2
    assert (score_of(given[:1]), score_of([given[0], given[2]]), score_of([])) == (5, None, None)


@pytest.mark.article("28")
def test_ratings_by_the_copy_hinder_one_another_only_when_there_are_ten() -> None:
    rules.check_rating(1, Door.COPY, [Door.COPY] * 9 + [Door.OWN_PHONE], has_begun=True)
    rules.check_rating(1, Door.OWN_PHONE, [Door.COPY] * 10, has_begun=True)
    with pytest.raises(Conflict):
        rules.check_rating(1, Door.COPY, [Door.COPY] * 10, has_begun=True)


@pytest.mark.article("3")
def test_the_file_of_a_case_is_made_when_its_visit_has_ended() -> None:
    rules.check_case_may_be_filed(is_closed=True)
    with pytest.raises(Conflict, match=r"oversight\.visit_not_closed"):
        rules.check_case_may_be_filed(is_closed=False)
