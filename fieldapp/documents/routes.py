"""The address at which anybody who holds a document reads it and sees whether it is in force."""

from typing import Any

from flask import Blueprint, Response, current_app, make_response, url_for
from flask_babel import gettext as _

from fieldapp.canonical import canonical
from fieldapp.documents import queries, rules
from fieldapp.documents.qr import qr_svg
from fieldapp.documents.rules import DocumentKind
from fieldapp.refusals import NotFound
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import render
from fieldapp.words import N_

documents = Blueprint("documents", __name__, url_prefix="/documents")


@documents.get("/<secret>")
@limited(Limit("document", 120, 60, address))
@public
def show_document(secret: str) -> Response:
    document = queries.public_document(secret)
    content = document.content or {}
    sections = rules.notice_sections(content) if document.kind == DocumentKind.NOTICE else []
    return render(f"documents/{document.kind}.html", document=document, content=content, sections=sections,
                  kind=DocumentKind(document.kind), fits=rules.content_fits(content, document.content_hash or ""),
                  short_code=rules.short_code(document.content_hash or ""), qr=_own_code(secret), rows=_rows(secret, content))


@documents.get("/<secret>/rows/<int(max=99):place>.json")
@limited(Limit("document", 120, 60, address))
@public
def send_row(secret: str, place: int) -> Response:
    """The row of the draw that the notice opens to its holder, as a file."""
    rows = (queries.public_document(secret).content or {}).get("rows", [])
    if place >= len(rows):
        raise NotFound("documents.no_row", N_("这份告知书没有附抽取凭证"))
    opened = rows[place]["file"]
    return make_response(canonical(opened), {
        "Content-Type": "application/json",
        "Content-Disposition": f'attachment; filename="row-{opened["year"]}-{opened["number"]}.json"'})


def _rows(secret: str, content: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows that a notice opens: of which draw, where they are checked, as a code and as a file."""
    found = []
    for place, one in enumerate(content.get("rows", [])):
        draw = one["file"]
        check = f"/public/draws/{draw['year']}/{draw['number']}/row#{one['code']}"
        found.append({"draw": draw, "check": check, "file": url_for("documents.send_row", secret=secret, place=place),
                      "qr": qr_svg(f"{current_app.config['PUBLIC_URL']}{check}", _("抽取凭证"))})
    return found


def _own_code(secret: str) -> str:
    """The QR code of the document's own address, for the printed copy."""
    return qr_svg(f"{current_app.config['PUBLIC_URL']}/documents/{secret}")
