"""What is answered when it does not work: a refusal's sentence, or a plain page; JSON for programs."""

import logging

from flask import Flask, Response, g, jsonify, make_response, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import HTTPException, Unauthorized, UnprocessableEntity

from fieldapp import db
from fieldapp.refusals import Refusal
from fieldapp.web.pages import render, sentence, wants_json

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    """Answer refusals, missing pages and faults in the reader's language."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(HTTPException, failed)
    app.register_error_handler(DataError, unstorable)
    app.register_error_handler(OperationalError, unable)
    app.register_error_handler(Exception, broken)


def refused(refusal: Refusal) -> Response:
    """A clear no: roll back, then the sentence with the way back."""
    db.session.rollback()
    if wants_json():
        return make_response(jsonify(error=refusal.code, message=sentence(refusal), field=refusal.field), refusal.status)
    return render("web/refused.html", status=refusal.status, refusal=refusal, back=_way_back())


def failed(error: HTTPException) -> Response:
    """No such page, no access, too large, too many: or the way to the sign-in."""
    status = error.code or 500
    if wants_json():
        return _answer(status)
    if isinstance(error, Unauthorized):
        db.session.rollback()
        unsent = request.method != "GET" or None
        return make_response(redirect(url_for("accounts.show_sign_in", next=_next_page(), unsent=unsent and 1), 303))
    if error.response is not None:
        return make_response(error.get_response())
    return _answer(status)


def unstorable(_error: DataError) -> Response:
    """What the database cannot hold, a NUL in a text or a number beyond its range, is a fault of the request."""
    return failed(UnprocessableEntity())


def unable(error: OperationalError) -> Response:
    """The database has no room, or no time: said as what it is, for a phone keeps what it has and comes again."""
    out_of_room = db.is_out_of_room(error)
    if not out_of_room and not db.is_unavailable(error):
        return broken(error)
    log.error("database unable: %s", error.orig)
    return _answer(507 if out_of_room else 503)


def broken(error: Exception) -> Response:
    """A fault of ours: logged with its trace, nothing half-saved. By the route's rule: an address may hold a secret."""
    log.exception("request failed: %s %s", request.method, request.url_rule, exc_info=error)
    return _answer(500)


def _answer(status: int) -> Response:
    """A number and its reason, as a page or for a program."""
    db.session.rollback()
    if wants_json():
        return make_response(jsonify(error=f"http.{status}", message=_reason(status)), status)
    return render("web/failed.html", status=status, code=status, reason=_reason(status), back=_way_back())


def _reason(status: int) -> str:
    return {
        401: _("请先登录。内容没有丢失。"),
        403: _("这一步不由您办理，或者请求不是从本系统页面发出的。"),
        404: _("没有这个页面，或者您无权查看。"),
        405: _("这个地址不接受这种操作。"),
        413: _("内容太大，没有保存。请减小后重试。"),
        429: _("操作过于频繁，请稍后再试。"),
        500: _("系统出错，刚才的操作没有保存，已有内容没有丢失。请重试；仍然出错请联系系统管理员。"),
        503: _("系统忙，刚才的操作没有保存。请稍后重试。"),
        507: _("服务器存储空间不足，没有接收。内容仍保存在您的手机上。"),
    }.get(status, _("操作没有完成，没有保存。"))


def _way_back() -> str:
    referrer = request.referrer or ""
    return referrer if referrer.startswith(request.host_url) else "/"


def _next_page() -> str | None:
    """Where to go on after signing in: the page asked for, or the one whose form could not be taken."""
    if g.get("officer"):
        return None
    return request.full_path.rstrip("?") if request.method == "GET" else _way_back().removeprefix(request.host_url.rstrip("/"))
