"""The served link of a written inspection: what is asked until when; receipt and answers without an account."""

from typing import Any

from flask import Response, g, request, url_for
from flask_babel import gettext as _

from fieldapp import clock
from fieldapp.fieldwork import actions, queries
from fieldapp.fieldwork.actions import Sender
from fieldapp.fieldwork.routes.copies import LIMIT, inspectors
from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.fieldwork.rules import FILE_SIZE, Capacity, ReplyKind, is_link_open
from fieldapp.refusals import Refusal
from fieldapp.web.access import public
from fieldapp.web.fields import text
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import choices, keep_form, public_address, render, see_other
from fieldapp.web.transactions import aside, prepared

REPLIES = Limit("inquiry", 10, 3600, address)
OF_ONE = Limit("inquiry_of", 20, 86400, lambda: str((request.view_args or {}).get("secret", "")))
NAME, TEXT, FILE_NAME = 60, 5000, 200


@fieldwork.get("/copies/<secret>/inquiry")
@limited(LIMIT)
@public
def show_inquiry(secret: str) -> Response:
    return render("fieldwork/inquiry.html", inquiry=_inquiry(secret))


@fieldwork.post("/copies/<secret>/inquiry/receipt")
@limited(REPLIES, OF_ONE)
@public
def confirm_receipt(secret: str) -> Response:
    return _take(secret, ReplyKind.RECEIPT)


def _hold_files() -> Any:
    """The files of an answer in the store before the database is locked, or why it is refused."""
    secret = str((request.view_args or {})["secret"])
    files = [(_name(one.filename or ""), one.read(FILE_SIZE + 1)) for one in request.files.getlist("files") if one.filename]
    try:
        if files:
            with aside(write=False):
                actions.check_may_reply(secret, _sender(), text(request.form, "text", TEXT), files)
        return actions.hold_files(files)
    except Refusal as refusal:
        return refusal


@fieldwork.post("/copies/<secret>/inquiry/reply")
@limited(REPLIES, OF_ONE)
@prepared(_hold_files)
@public
def send_reply(secret: str) -> Response:
    return _take(secret, ReplyKind.REPLY)


def _take(secret: str, kind: ReplyKind) -> Response:
    try:
        if kind is ReplyKind.RECEIPT:
            actions.reply(secret, kind, _sender())
        elif isinstance(g.prepared, Refusal):
            raise g.prepared
        else:
            actions.reply(secret, kind, _sender(), text(request.form, "text", TEXT), g.prepared)
    except Refusal as refusal:
        return keep_form(refusal, "fieldwork/inquiry.html", inquiry=_inquiry(secret))
    return see_other("fieldwork.show_inquiry", secret=secret)


def _sender() -> Sender:
    capacity = request.form.get("capacity", "")
    return Sender(text(request.form, "name", NAME), capacity if capacity in set(Capacity) else "")


def _name(said: str) -> str:
    """What the sender calls a file, as text that is only ever shown."""
    return "".join(one for one in said if one.isprintable()).strip()[-FILE_NAME:] or "file"


def _inquiry(secret: str) -> dict[str, Any]:
    visit = queries.copy_by_secret(secret).visit
    found = queries.inquiry_of(visit)
    notice = {"number": visit.notice.number, "url": public_address(f"/documents/{visit.notice.secret}")} if visit.notice else None
    return {
        "secret": secret, "object_name": visit.object.name, "items": [part.task.item.name for part in visit.visit_tasks],
        "notice": notice, "inspectors": inspectors(visit), "asked": found.asked, "until": found.until,
        "served_at": found.served_at, "is_open": is_link_open(found, clock.today()),
        "back_url": url_for("fieldwork.show_copy", secret=secret),
        "capacities": choices(Capacity),
        "replies": [{"kind": _(one.kind.label), "text": one.text, "name": one.name, "at": one.at,
                     "files": one.files} for one in found.replies],
        "is_received": found.is_received}
