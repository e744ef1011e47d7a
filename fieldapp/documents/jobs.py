"""After a document is issued its file is made, so that it is there when somebody asks for it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from fieldapp import db
from fieldapp.documents import actions, making, queries
from fieldapp.jobs import actions as jobs

AT_A_TIME = 500


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
def seal_missing(facts: dict[str, Any]) -> None:
    """Ask for the files of issued documents that have none (of an older release, or given up): so many at a time, then for
    those after them, until none is left."""
    lacking = queries.without_file(UUID(facts["last"]) if "last" in facts else None, most=AT_A_TIME)
    for document_id in lacking:
        jobs.ask("documents.seal", document_id=str(document_id))
    if len(lacking) == AT_A_TIME:
        jobs.ask("documents.seal_missing", last=str(lacking[-1]))
