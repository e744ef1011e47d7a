"""The demonstration: fictitious people and enterprises, half-way through a year of inspections."""

import shutil
import unicodedata
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from fieldapp import clock, db, ledger
from fieldapp.accounts import queries
from fieldapp.accounts.models import Person
from fieldapp.config import Config, ConfigError
from fieldapp.demo import assisting, cases, course, directories, later, people, today
from fieldapp.demo.cases import guide
from fieldapp.demo.stage import at, moment
from fieldapp.ledger.models import Entry
from fieldapp.roles import Role

BEGAN, LOADED = "demo.load_began", "demo.loaded"
STARTS_OVER = ("上次首次启动没有完成，演示数据不全，现在重新生成。\n"
               "The first start was broken off half-way; the demonstration is made anew.")


def load() -> None:
    """Load everything into an empty database; into one that has people, only bring what is untouched up to today."""
    with db.transaction(write=False):
        is_empty = not queries.people()
    if not is_empty:
        later.start_later()
        return
    load_ground()
    load_course()


def load_ground() -> None:
    """What an inspection rests on, since two months ago: people, rules, item list, directories."""
    with at(moment(_beginning(), 9)):
        with db.transaction(write=True):
            people.load_people()
            _note(BEGAN)
        directories.load_rules()
        directories.load_directories()
        with db.transaction(write=True):
            people.load_inspectors()
        assisting.load_directory()


def load_course() -> None:
    """What has happened up to today, and what waits; the very last thing is the note that all of it is there."""
    for year in sorted({_beginning().year, clock.today().year}):
        with at(moment(_beginning(), 10)):
            course.issue_plan(year)
    course.finish_high_tech()
    cases.load_cases()
    today.load_today()
    for ready in course.READY:
        course.set_up(ready.item, ready.name, ready.division, approve=ready.is_approved, by_grade=ready.by_grade)
    directories.propose_leaving()
    with db.transaction(write=True):
        _note(LOADED)


def is_half_loaded() -> bool:
    """Whether a first start broke off: the log has the beginning of the demonstration, and not its end."""
    with db.transaction(write=False):
        noted = set(db.session.scalars(sa.select(Entry.action).where(Entry.action.in_((BEGAN, LOADED)))))
    return noted == {BEGAN}


def _beginning() -> date:
    return clock.today() - timedelta(days=60)


def _note(action: str) -> None:
    security = people.officer("security")
    ledger.record(security, action, db.session.get_one(Person, security.person_id))


def clear(settings: Config) -> None:
    """Throw the demonstration's data away, so that the next start makes it anew."""
    if not settings.demonstration:
        raise ConfigError("only the demonstration starts over")
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        for suffix in ("", "-wal", "-shm"):
            Path(url.database + suffix).unlink(missing_ok=True)
    else:
        db.connect(settings.database_url)
        with db.transaction(write=True):
            db.session.execute(sa.text("DROP SCHEMA public CASCADE"))
            db.session.execute(sa.text("CREATE SCHEMA public"))
    shutil.rmtree(settings.media_dir, ignore_errors=True)


def welcome(url: str) -> str:
    """The table of accounts and the address, to be printed at every start."""
    with db.transaction(write=False):
        accounts = [*people.accounts(), *((people.in_words(Role.INSPECTOR), *guide.account_of(one))
                                          for one in (*today.two_inspectors(), *guide.leaders()))]
        rows = [("角色 role", "账号 user", "姓名 name", "处室 division", "可看 what to see"),
                *((*account, guide.sight_of(account[1])) for account in accounts)]
        copies = [f"{words}: {url}{path}" for words, path in guide.links()]
    widths = [*(max(_width(row[column]) for row in rows) for column in range(4)), 0]
    lines = ["  ".join(text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(["", *lines, "", *copies, "", f"口令 password: {people.PASSWORD}", f"{url}/", ""])


def _width(text: str) -> int:
    """The columns that a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
