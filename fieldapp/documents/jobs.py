"""After a document is issued its file is made, so that it is there when somebody asks for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fieldapp import db
from fieldapp.documents import actions, making, queries
from fieldapp.jobs import actions as jobs


def make(facts: dict[str, Any]) -> making.Made | None:
    """Render, seal and keep the file of the document while nobody has to wait for it; None where it is made already."""
    with db.transaction(write=False):
        wanted = making.to_make(UUID(facts["document_id"]))
    return making.make(wanted) if wanted is not None else None


@jobs.job("documents.seal", prepare=make)
def seal(_facts: dict[str, Any], made: making.Made | None) -> None:
    """Enter the file of the document."""
    if made is not None:
        actions.enter_file(made)


@jobs.job("documents.seal_missing", every=timedelta(days=1))
def seal_missing(_facts: dict[str, Any]) -> None:
    """Ask for the files of issued documents that have none: of an older release, or given up."""
    for document_id in queries.without_file():
        jobs.ask("documents.seal", document_id=str(document_id))


def make_at_once(document_id: UUID) -> None:
    """Make and enter the file of a document for somebody who waits for it; in transactions of its own."""
    made = make({"document_id": str(document_id)})
    if made is not None:
        with db.transaction(write=True):
            actions.enter_file(made)
