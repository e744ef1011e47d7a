"""Handing out the sealed file of a document, or saying that it is being made; having files made before a request goes on."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import quote
from uuid import UUID

from flask import Response, make_response

from fieldapp import clock
from fieldapp.documents import actions, files, making, queries
from fieldapp.documents.models import Document, DocumentFile
from fieldapp.documents.rules import DocumentKind
from fieldapp.web import htmx
from fieldapp.web.pages import render
from fieldapp.web.transactions import aside

SANDBOX = "default-src 'none'; sandbox"
LONG = timedelta(minutes=2)


def send(document: Document) -> Response:
    """The kept bytes as a download under the document's number; where no job has made them yet, a page that looks again by
    itself and offers them when they are there. What was voided and has no file after two minutes is not waited for."""
    row = queries.file_of(document.id)
    if row is None or htmx.wants_fragment():
        return _being_made(document, row)
    response = make_response(files.read(row.sha256))
    response.headers.update({
        "Content-Type": "application/pdf", "ETag": f'"{row.sha256}"', "Cache-Control": "private, no-cache",
        "Content-Disposition": f"attachment; filename=\"{document.kind}-{document.year}-{document.serial}.pdf\"; "
                               f"filename*=UTF-8''{quote(document.number)}.pdf",
        "Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"})
    return response


def have_made(document_ids: Iterable[UUID]) -> None:
    """Have the files of documents made for somebody who waits for them; inside a preparation, each in its own transactions."""
    for document_id in document_ids:
        with aside(write=False):
            wanted = making.to_make(document_id)
        if wanted is not None:
            made = making.make(wanted)
            with aside():
                actions.enter_file(made)


def _being_made(document: Document, row: DocumentFile | None) -> Response:
    is_long = document.issued_at is not None and clock.now() - document.issued_at > LONG
    if row is None and is_long and document.voided_at is not None:
        return render("documents/never_made.html", status=410, document=document, kind=DocumentKind(document.kind))
    response = render("documents/being_made.html", status=202 if row is None else 200, document=document, file=row,
                      kind=DocumentKind(document.kind), is_long=is_long)
    response.headers["Cache-Control"] = "no-store"
    return response
