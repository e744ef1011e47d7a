"""After a document is issued its file is made, so that it is there when somebody asks for it."""

from typing import Any
from uuid import UUID

from fieldapp import db
from fieldapp.documents import actions, making
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
