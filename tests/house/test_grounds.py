"""The grounds that the other tests stand on: two kinds of databases, and a phone that stays on this machine."""

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
import sqlalchemy as sa
from playwright.sync_api import Error, Page
from pysqlite3 import dbapi2

from fieldapp import db
from tests.databases import Databases


class Hello(BaseHTTPRequestHandler):
    """Answers every address with one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<!doctype html><link rel=icon href=data:,><title>hello</title>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """Say nothing."""


def test_a_new_database_is_empty_and_a_copy_holds_what_was_there(databases: Databases, database_url: str) -> None:
    assert sa.inspect(_engine(database_url)).get_table_names() == []
    _run(database_url, "CREATE TABLE plan (quota integer)", "INSERT INTO plan VALUES (7)")
    copy = databases.copy_of(database_url)
    _run(copy, "UPDATE plan SET quota = 8")
    assert [_quota(database_url), _quota(copy)] == [7, 8]
    databases.drop(copy)


def test_a_copy_holds_what_somebody_wrote_who_is_still_connected(databases: Databases, database_url: str) -> None:
    engine = db.connect(database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE plan (quota integer)")
        connection.exec_driver_sql("INSERT INTO plan VALUES (7)")
    copy = databases.copy_of(database_url)
    engine.dispose()
    assert _quota(copy) == 7
    databases.drop(copy)


def test_sqlite_is_past_the_version_whose_log_can_break() -> None:
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


@pytest.mark.browser
def test_a_phone_reaches_this_machine_and_no_other(phone: Page, complaints: list[str]) -> None:
    server = HTTPServer(("127.0.0.1", 0), Hello)
    Thread(target=server.serve_forever, daemon=True).start()
    phone.goto(f"http://127.0.0.1:{server.server_port}/")
    assert phone.title() == "hello"
    assert phone.evaluate("[innerWidth, navigator.language]") == [360, "zh-CN"]
    assert complaints == []
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        phone.goto("http://elsewhere.example/")
    server.shutdown()
    server.server_close()


@pytest.mark.browser
def test_what_a_page_complains_about_is_heard(open_phone: Callable[..., Page], complaints: list[str]) -> None:
    page = open_phone(color_scheme="dark")
    page.set_content("<script>console.error('red ink'); setTimeout(() => { throw new Error('no paper') })</script>")
    page.wait_for_timeout(200)
    assert complaints == ["red ink", "uncaught: no paper"]


def _engine(url: str) -> sa.Engine:
    options = {"module": dbapi2} if url.startswith("sqlite") else {}
    return sa.create_engine(url, poolclass=sa.NullPool, **options)


def _run(url: str, *statements: str) -> None:
    with _engine(url).begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)


def _quota(url: str) -> int:
    with _engine(url).connect() as connection:
        return connection.exec_driver_sql("SELECT quota FROM plan").scalar_one()
