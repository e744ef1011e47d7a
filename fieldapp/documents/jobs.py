"""After a document is issued its file is made, so that it is there when somebody asks for it."""

from typing import Any
from uuid import UUID

from fieldapp.documents import making
from fieldapp.jobs import actions as jobs


@jobs.job("documents.seal")
def seal(facts: dict[str, Any]) -> None:
    """Make, seal and enter the file of the document."""
    wanted = making.to_make(UUID(facts["document_id"]))
    if wanted is not None:
        making.enter(making.make(wanted))
