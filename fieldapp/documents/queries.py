"""Reading the register of documents."""

from collections.abc import Iterable
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.documents.models import Document, DocumentFile
from fieldapp.documents.rules import NO_PAPER, PUBLIC_KINDS
from fieldapp.refusals import NotFound
from fieldapp.words import N_


def document(document_id: UUID) -> Document:
    """One document of the register."""
    found = db.session.get(Document, document_id)
    if found is None:
        raise _unknown()
    return found


def document_for_change(document_id: UUID) -> Document:
    """One document, held against others who would issue or void it at the same moment."""
    found = db.session.scalar(db.held(sa.select(Document).where(Document.id == document_id), Document))
    if found is None:
        raise _unknown()
    return found


def public_document(secret: str) -> Document:
    """The issued document behind a secret address, if its kind is one that outsiders hold; a voided one is shown as void."""
    found = db.session.scalar(sa.select(Document).where(Document.secret == secret))
    if found is None or found.issued_at is None or found.kind not in PUBLIC_KINDS:
        raise _unknown()
    return found


def held_document(secret: str) -> Document:
    """The issued document of any kind behind the address that it bears: whoever has it holds the document."""
    found = db.session.scalar(sa.select(Document).where(Document.secret == secret))
    if found is None or found.issued_at is None:
        raise _unknown()
    return found


def document_by_number(number: str) -> Document | None:
    """The issued document under a number, voided ones too."""
    return db.session.scalar(sa.select(Document).where(Document.number == number, Document.issued_at.is_not(None)))


def file_of(document_id: UUID) -> DocumentFile | None:
    """The sealed file of a document, if it is made."""
    return db.session.scalar(sa.select(DocumentFile).where(DocumentFile.document_id == document_id))


def file_by_document(document_id: UUID) -> DocumentFile:
    """The sealed file of a document; raises NoResultFound where there is none."""
    return db.session.scalars(sa.select(DocumentFile).where(DocumentFile.document_id == document_id)).one()


def document_of_file(sha256: str) -> Document | None:
    """The document whose sealed file has that SHA-256."""
    return db.session.scalar(sa.select(Document).join(DocumentFile).where(DocumentFile.sha256 == sha256))


def scheme_of_file(sha256: str) -> str | None:
    """By which scheme the sealed file with that SHA-256 was sealed."""
    return db.session.scalar(sa.select(DocumentFile.scheme).where(DocumentFile.sha256 == sha256))


def without_file(after: UUID | None = None, *, most: int) -> list[UUID]:
    """The issued documents that stand, should have a sealed file and have none, the oldest first; those after one of them."""
    lacking = sa.select(Document.id).outerjoin(DocumentFile).where(
        DocumentFile.id.is_(None), Document.issued_at.is_not(None), Document.voided_at.is_(None),
        Document.kind.not_in(sorted(NO_PAPER)))
    following = lacking if after is None else lacking.where(Document.id > after)
    return list(db.scalars(following.order_by(Document.id).limit(most)))


def files_of(document_ids: Iterable[UUID]) -> dict[UUID, DocumentFile]:
    """The sealed files of documents, by document."""
    rows = sa.select(DocumentFile).where(DocumentFile.document_id.in_(list(document_ids)))
    return {row.document_id: row for row in db.scalars(rows)}


def documents_of(subject_type: str, subject_id: UUID) -> list[Document]:
    """All documents about one thing, voided ones too, in the order of their numbers."""
    about = sa.select(Document).where(Document.subject_type == subject_type, Document.subject_id == subject_id)
    return db.scalars(about.order_by(Document.kind, Document.year, Document.serial))


def documents_about(subject_ids: Iterable[UUID]) -> list[Document]:
    """All issued documents about several things, voided ones too, in the order of their issue."""
    about = sa.select(Document).where(Document.subject_id.in_(list(subject_ids)), Document.issued_at.is_not(None))
    return db.scalars(about.order_by(Document.issued_at, Document.id))


def _unknown() -> NotFound:
    return NotFound("documents.unknown", N_("没有这份文书"))
