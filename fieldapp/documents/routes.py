"""The address at which anybody who holds a document reads it and sees whether it is in force."""

from flask import Blueprint, Response, current_app

from fieldapp.documents import queries, rules
from fieldapp.documents.qr import qr_svg
from fieldapp.documents.rules import DocumentKind
from fieldapp.web.access import public
from fieldapp.web.limits import Limit, address, limited
from fieldapp.web.pages import render

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
                  short_code=rules.short_code(document.content_hash or ""), qr=_own_code(secret))


def _own_code(secret: str) -> str:
    """The QR code of the document's own address, for the printed copy."""
    return qr_svg(f"{current_app.config['PUBLIC_URL']}/documents/{secret}")
