"""Making the file of a document: what it needs is read, then rendered, sealed and kept; once for each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fieldapp import clock
from fieldapp.documents import files, personal, queries, rendering, rules, sealing
from fieldapp.documents.qr import qr_image
from fieldapp.documents.rules import DocumentKind
from fieldapp.ledger.queries import last_checkpoint

_public_url = ""
_pictures: Callable[[str], bytes | None] | None = None


@dataclass(frozen=True, slots=True)
class ToMake:
    """What the file of a document is made of."""

    document_id: UUID
    kind: DocumentKind
    number: str
    content: dict[str, Any]
    content_hash: str
    issued_at: datetime
    secret: str
    head: str


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is sealed and kept."""

    document_id: UUID
    sha256: str
    sm3: str
    size: int
    template: str
    scheme: str
    head: str


def configure(public_url: str, picture_of: Callable[[str], bytes | None]) -> None:
    """Say where the documents' codes lead, and who makes the picture of an original (by SHA-256; None where there is none)."""
    global _public_url, _pictures
    _public_url, _pictures = public_url, picture_of


def to_make(document_id: UUID) -> ToMake | None:
    """What is needed to make the file; None where it is made already. A document that is not issued has none."""
    if queries.file_of(document_id) is not None:
        return None
    document = queries.document(document_id)
    rules.check_may_be_sealed(document.kind, issued_at=document.issued_at)
    head = last_checkpoint()
    signed = rules.head_text(head.size, head.root, head.at) if head else rules.NO_HEAD
    return ToMake(document.id, DocumentKind(document.kind), document.number, document.content or {},
                  document.content_hash or "", document.issued_at or clock.now(), document.secret, signed)


def make(wanted: ToMake) -> Made:
    """Render, seal, keep; outside any transaction: it takes long, and a time-stamp server may be slow."""
    template = rules.template_of(wanted.kind, wanted.content, clock.local(wanted.issued_at).date())
    content = rules.revealed(wanted.content, personal.reveal)
    page = rules.layout(wanted.kind, wanted.number, content, wanted.content_hash, template, wanted.head)
    made = {name: _picture_of(sha256) for name, sha256 in page.originals.items()}
    pictures = {name: rendering.framed(picture) for name, picture in made.items() if picture is not None}
    code = qr_image(f"{_public_url}/documents/{wanted.secret}")
    pdf = rendering.render(rules.without_missing(page.page, set(pictures)), {"qr.svg": code, **page.drawings, **pictures},
                           template=template.file, beside=template.beside, at=wanted.issued_at)
    sealed, scheme = sealing.seal(pdf, number=wanted.number)
    sha256, sm3 = files.keep(sealed)
    return Made(wanted.document_id, sha256, sm3, len(sealed), template.version, scheme, wanted.head)


def _picture_of(sha256: str) -> bytes | None:
    if _pictures is None:
        raise RuntimeError("nobody makes the pictures of documents")
    return _pictures(sha256)
