"""Handing out the sealed file of a document, or saying that it is being made."""

from urllib.parse import quote

from flask import Response, make_response

from fieldapp.documents import files, queries
from fieldapp.documents.models import Document
from fieldapp.documents.rules import DocumentKind
from fieldapp.web.pages import render

SANDBOX = "default-src 'none'; sandbox"
LOOK_AGAIN = "3"


def send(document: Document) -> Response:
    """The kept bytes as a download under the document's number; a page that looks again where no job has made them yet."""
    row = queries.file_of(document.id)
    if row is None:
        return _being_made(document)
    response = make_response(files.read(row.sha256))
    response.headers.update({
        "Content-Type": "application/pdf", "ETag": f'"{row.sha256}"', "Cache-Control": "private, no-cache",
        "Content-Disposition": f"attachment; filename=\"{document.kind}-{document.year}-{document.serial}.pdf\"; "
                               f"filename*=UTF-8''{quote(document.number)}.pdf",
        "Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"})
    return response


def _being_made(document: Document) -> Response:
    response = make_response(render("documents/being_made.html", document=document, kind=DocumentKind(document.kind)), 202)
    response.headers.update({"Refresh": LOOK_AGAIN, "Cache-Control": "no-store"})
    return response
