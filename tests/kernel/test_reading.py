"""One way to page a long list, and one to hold what is about to change."""

import pytest
import sqlalchemy as sa

from fieldapp import db
from fieldapp.accounts.models import Division
from tests.databases import ON_SQLITE

NUMBERS = sa.select(sa.union_all(*(sa.select(sa.literal(n).label("n")) for n in range(1, 8))).subquery().c.n)


@ON_SQLITE
@pytest.mark.parametrize(("asked", "given", "rows"), [(1, 1, [1, 2, 3]), (3, 3, [7]), (9, 3, [7]), (0, 1, [1, 2, 3])])
def test_a_page_beyond_either_end_is_the_last_or_the_first(database: str, asked: int, given: int, rows: list[int]) -> None:
    with db.transaction(write=False):
        page = db.page_of(NUMBERS.order_by("n"), asked, 3)
    assert (page.page, page.pages, page.total, list(page)) == (given, 3, 7, rows)


@ON_SQLITE
def test_an_empty_list_has_one_page_and_what_is_told_of_its_rows_stays_a_page(database: str) -> None:
    with db.transaction(write=False):
        empty, second = (db.page_of(found, 2, 3).each(str) for found in (NUMBERS.where(sa.false()), NUMBERS.order_by("n")))
    assert (empty.rows, empty.page, empty.pages, empty.total) == ([], 1, 1, 0)
    assert (second.rows, second.page, second.pages, second.total) == (["4", "5", "6"], 2, 3, 7)


def test_what_is_held_is_read_as_it_stands_also_where_it_was_read_before(database: str) -> None:
    with db.transaction(write=True):
        db.session.add(Division(name="旧名"))
        db.session.flush()
        db.session.execute(sa.update(db.table_of(Division)).values(name="新名"))
        assert db.session.scalars(sa.select(Division)).one().name == "旧名"
        assert db.session.scalars(db.held(sa.select(Division), Division)).one().name == "新名"
