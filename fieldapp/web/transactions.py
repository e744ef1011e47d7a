"""One request, one transaction: a GET's is read-only, all others write; what takes long is prepared before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import OperationalError

from fieldapp import db
from fieldapp.web.access import READING, check_access
from fieldapp.web.errors import unable
from fieldapp.words import N_

View = TypeVar("View", bound=Callable[..., Any])


def prepared(preparation: Callable[[], Any]) -> Callable[[View], View]:
    """Run `preparation` before the transaction opens and leave its answer in `g.prepared` (parsing a sheet)."""

    def mark(view: View) -> View:
        view.fieldapp_preparation = preparation  # type: ignore[attr-defined]
        return view

    return mark


def install(app: Flask) -> None:
    """Put begin, commit and rollback around every request, and the guard on its threshold."""
    app.before_request(prepare)
    app.before_request(begin)
    app.after_request(finish)
    app.teardown_request(abandon)


def prepare() -> None:
    """Do what the view wants done before the database is locked, for those who may call it."""
    view = current_app.view_functions.get(request.endpoint or "")
    preparation = getattr(view, "fieldapp_preparation", None)
    if preparation is None:
        return
    with db.transaction(write=False):
        check_access()
    g.prepared = preparation()


def begin() -> None:
    """Open the request's transaction, and let nobody in whom the route does not name."""
    db.begin(write=request.method not in READING)
    check_access()
    db.session().info[db.WHERE] = where()


def finish(response: Response) -> Response:
    """Commit what a successful answer promises; roll back everything else."""
    if response.status_code >= 400 or request.method in READING:
        db.session.rollback()
        return response
    try:
        db.session.commit()
    except OperationalError as error:
        return unable(error)
    return response


@contextmanager
def aside(*, write: bool = True) -> Iterator[None]:
    """A small transaction beside a request's own (who looked at what, which picture is there), inside a preparation."""
    with db.transaction(write=write):
        db.session().info[db.WHERE] = where()
        yield


def commit_and_go_on() -> None:
    """Make the first half of a request durable and open a second transaction (sync: receive, then apply)."""
    db.session.commit()
    db.begin(write=True)
    db.session().info[db.WHERE] = where()


def where() -> str:
    """From where the request comes, as a history tells it: the phone on site, a sheet, outside, a phone, the office."""
    if "import" in request.path:
        return N_("导入文件")
    if g.officer is None:
        return N_("外部网页")
    if request.path.startswith("/field/"):
        return N_("现场手机")
    return N_("手机") if "Mobi" in request.user_agent.string else N_("办公电脑")


def abandon(_error: BaseException | None) -> None:
    """Give the connection back, whatever happened."""
    db.session.remove()
