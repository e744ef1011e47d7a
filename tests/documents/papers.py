"""Reading a document of the register as it is printed."""

from uuid import UUID

from fieldapp import db
from fieldapp.documents import queries
from fieldapp.documents.rules import DocumentKind
from tests.documents.test_file import text_of
from tests.documents.test_forms import printed


def paper(subject_id: UUID, kind: DocumentKind) -> str:
    """The text on paper of the one document in force of a kind about a thing, without spaces."""
    with db.transaction(write=False):
        [found] = [one for one in queries.documents_about([subject_id]) if one.kind == kind and one.voided_at is None]
        content = found.content or {}
    return text_of(printed(kind, content))
