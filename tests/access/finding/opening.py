"""What is found by nobody's division: a notice that opens a row of a draw, a doubt about an inspector."""

import sqlalchemy as sa

from fieldapp import db
from fieldapp.documents.models import Document
from fieldapp.visits.models import CredentialDoubt
from tests.access.finding import Thing


def notice_with_a_row(_side: str) -> Thing:
    """The secret address of a notice to an object that was drawn here."""
    issued = db.session.scalars(sa.select(Document).where(Document.kind == "notice", Document.issued_at.is_not(None)))
    return Thing(next(one.secret for one in issued if one.content and one.content.get("rows")))


def doubt(_side: str) -> Thing:
    """What somebody who checked an inspector doubted."""
    return Thing(db.session.scalars(sa.select(CredentialDoubt.id)).first())
