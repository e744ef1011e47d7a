"""Handing out the sealed file of a document; made at the first asking where no job has made it yet, before any transaction."""

from urllib.parse import quote
from uuid import UUID

from flask import Response, make_response

from fieldapp.documents import actions, files, making, queries
from fieldapp.documents.models import Document
from fieldapp.web.transactions import aside

SANDBOX = "default-src 'none'; sandbox"


def be_ready(document_id: UUID) -> None:
    """Make and enter the file if it is not there; inside a preparation."""
    with aside(write=False):
        wanted = making.to_make(document_id)
    if wanted is not None:
        made = making.make(wanted)
        with aside():
            actions.enter_file(made)


def send(document: Document) -> Response:
    """The kept bytes as a download under the document's number."""
    row = queries.file_by_document(document.id)
    response = make_response(files.read(row.sha256))
    response.headers.update({
        "Content-Type": "application/pdf", "ETag": f'"{row.sha256}"', "Cache-Control": "private, no-cache",
        "Content-Disposition": f"attachment; filename=\"{document.kind}-{document.year}-{document.serial}.pdf\"; "
                               f"filename*=UTF-8''{quote(document.number)}.pdf",
        "Content-Security-Policy": SANDBOX, "X-Content-Type-Options": "nosniff"})
    return response
