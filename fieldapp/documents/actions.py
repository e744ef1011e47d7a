"""Take a number, issue the document under it, enter its sealed file, void it. A number is never given twice."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ids, ledger
from fieldapp.canonical import digest
from fieldapp.documents import queries, rules
from fieldapp.documents.making import Made
from fieldapp.documents.models import Document, DocumentFile, NumberCounter
from fieldapp.documents.rules import DocumentKind
from fieldapp.jobs import actions as jobs
from fieldapp.roles import PRODUCT, Officer


def take_number(kind: DocumentKind | str, year: int) -> str:
    """The next number of a kind in a year, for what has its own row elsewhere (plans, tasks, objections)."""
    known = DocumentKind(kind)
    return rules.number_text(known, year, _next_serial(known, year))


def reserve(kind: DocumentKind | str, subject_type: str, subject_id: UUID, *, by: Officer,
            year: int | None = None) -> Document:
    """Take the next number for a document about a thing; what it says comes when it is issued."""
    known, in_year = DocumentKind(kind), year or clock.today().year
    serial = _next_serial(known, in_year)
    document = Document(kind=str(known), year=in_year, serial=serial, number=rules.number_text(known, in_year, serial),
                        subject_type=subject_type, subject_id=subject_id, secret=ids.secret(), reserved_at=clock.now())
    db.session.add(document)
    ledger.record(by, "documents.number_reserved", document, facts={"number": document.number})
    return document


def issue(document_id: UUID, content: dict[str, Any], *, by: Officer) -> Document:
    """Freeze what the document says and which template prints it, with the hash of its canonical form; put it in force."""
    document = queries.document_for_change(document_id)
    rules.check_may_be_issued(issued_at=document.issued_at, voided_at=document.voided_at, content=content)
    frozen = rules.with_edition(DocumentKind(document.kind), content, clock.today())
    document.content, document.content_hash = frozen, digest(frozen)
    document.issued_at, document.issued_by = clock.now(), by.person_id
    ledger.record(by, "documents.document_issued", document, facts={"number": document.number})
    jobs.ask("documents.seal", document_id=str(document.id))
    return document


def issue_new(kind: DocumentKind, subject_type: str, subject_id: UUID, content: dict[str, Any], *, by: Officer) -> Document:
    """Take the next number and issue a document under it at once."""
    return issue(reserve(kind, subject_type, subject_id, by=by).id, content, by=by)


def void(document_id: UUID, reason: str, *, by: Officer) -> Document:
    """Void a number with a reason, issued or not: it stays in the register as void."""
    document = queries.document_for_change(document_id)
    rules.check_may_be_voided(voided_at=document.voided_at, reason=reason)
    document.voided_at, document.void_reason = clock.now(), reason.strip()
    ledger.record(by, "documents.document_voided", document, reason=reason.strip(), facts={"number": document.number})
    return document


def enter_file(made: Made) -> DocumentFile:
    """Enter a kept file as the document's; where another was entered at the same moment, that one stands."""
    known = queries.file_of(made.document_id)
    if known is not None:
        return known
    row = DocumentFile(document_id=made.document_id, sha256=made.sha256, sm3=made.sm3, size=made.size, template=made.template,
                       scheme=made.scheme, head=made.head, sealed_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:
        # Two readers asked at the same moment: the other's file is the document's.
        return queries.file_by_document(made.document_id)
    document = queries.document(made.document_id)
    ledger.record(PRODUCT, "documents.file_sealed", row, case=document.subject_id,
                  facts={"number": document.number, "sha256": made.sha256, "about": str(document.id)})
    return row


def _next_serial(kind: DocumentKind, year: int) -> int:
    """Count one up and hold the counter's row until the transaction ends, so that numbers have no gap and no twin."""
    serial = _count_up(kind, year)
    if serial is None:
        try:
            with db.session.begin_nested():
                db.session.execute(sa.insert(NumberCounter).values(kind=str(kind), year=year, last=0))
        except IntegrityError:
            # Another transaction opened the year's row first: its row is the one to count on.
            db.session.expire_all()
        serial = _count_up(kind, year)
    if serial is None:
        raise LookupError(f"no counter for {kind} in {year}")
    return serial


def _count_up(kind: DocumentKind, year: int) -> int | None:
    ours = sa.and_(NumberCounter.kind == str(kind), NumberCounter.year == year)
    counted = sa.update(NumberCounter).where(ours).values(last=NumberCounter.last + 1).returning(NumberCounter.last)
    return db.session.scalar(counted.execution_options(synchronize_session=False))
