"""The public pages of the draws: each with its number, its bundle, and how to compute it again."""

import json

from flask import Response, make_response, request

from fieldapp.draw import queries
from fieldapp.draw.routes.blueprint import draw
from fieldapp.draw.rules import Circle, DrawState, RowReason, RowStatus, bundle
from fieldapp.policy.rules import CreditGrade
from fieldapp.refusals import NotFound
from fieldapp.registry.rules import EnterpriseSize
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import page_number, render
from fieldapp.words import N_

ONE = "/public/draws/<int(max=9999):year>/<int(max=999999):number>"
FILES_OF_ONE = Limit("draw-bundle", 120, 60, address)
ROW_WORDS = [*RowStatus, *EnterpriseSize]


@draw.get("/public/draws")
@public
def show_public_draws() -> Response:
    return render("draw/public/list.html", page=queries.public_draws(page_number()), DrawState=DrawState)


@draw.get(ONE)
@public
def show_public_draw(year: int, number: int) -> Response:
    found = queries.public_draw(year, number)
    return render("draw/public/draw.html", draw=found, manifest=json.loads(found.manifest), DrawState=DrawState,
                  step=found.steps_done, files=bundle.FILES, leaves=queries.leaves_are_public(found),
                  opened=queries.rows_are_public(found), over=queries.inspections_are_over(found),
                  substitutes=queries.substitutes_of(found.id), stepped_in=queries.stepped_in(found.id), Circle=Circle,
                  drawn=queries.public_leaves(found),
                  CreditGrade=CreditGrade, RowReason=RowReason)


@draw.get(f"{ONE}/row")
@public
def show_row_check(year: int, number: int) -> Response:
    """The page that checks an opened row in the browser; the row stands behind the # and is not sent to us."""
    found = queries.public_draw(year, number)
    return render("draw/public/row.html", draw=found, words=ROW_WORDS, leaves=queries.leaves_are_public(found))


@draw.get(f"{ONE}/{queries.ZIP}")
@limited(FILES_OF_ONE)
@public
def send_bundle(year: int, number: int) -> Response:
    return _send(year, number, queries.ZIP, {"Content-Type": "application/zip",
                                             "Content-Disposition": f'attachment; filename="draw-{year}-{number}.zip"'})


@draw.get(f"{ONE}/<name>")
@limited(FILES_OF_ONE)
@public
def send_file_of_bundle(year: int, number: int, name: str) -> Response:
    if name not in bundle.FILES + bundle.LATER:
        raise NotFound("draw.no_such_file", N_("公开包中没有这个文件"))
    kind = "application/json" if name.endswith(".json") else "text/plain; charset=utf-8"
    return _send(year, number, name, {"Content-Type": kind})


def _send(year: int, number: int, name: str, headers: dict[str, str]) -> Response:
    """A file by what it is made from: whoever has it already is told so, and nothing is made. Weakly: packed it is the same."""
    found = queries.public_draw(year, number)
    version = queries.bundle_version(found, name)
    is_there = request.if_none_match.contains_weak(version)
    response = make_response("", 304) if is_there else make_response(queries.bundle_file(found, name), headers)
    response.set_etag(version, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    return response
