"""Divisions."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db
from fieldapp.accounts import queries, rules
from fieldapp.accounts.models import Division
from fieldapp.ledger import actions as ledger
from fieldapp.roles import Officer


def add_division(name: str, *, is_legal_affairs: bool = False, by: Officer) -> Division:
    """Enter a division of the department."""
    division = Division(is_legal_affairs=is_legal_affairs, valid_from=clock.today())
    _name(division, rules.checked_name(name))
    ledger.record(by, "accounts.division_added", division, facts={"name": division.name})
    return division


def rename_division(division_id: UUID, name: str, *, by: Officer) -> Division:
    """Give a division its new name; the old one stays in the ledger and in every document already issued."""
    division = queries.division(division_id)
    before = division.name
    _name(division, rules.checked_name(name))
    ledger.record(by, "accounts.division_renamed", division, facts={"before": before, "after": division.name})
    return division


def _name(division: Division, name: str) -> None:
    taken = queries.division_named(name)
    rules.check_division_is_new(is_taken=taken is not None and taken is not division)
    try:
        with db.session.begin_nested():
            division.name = name
            db.session.add(division)
    except IntegrityError as error:
        raise rules.division_taken() from error
