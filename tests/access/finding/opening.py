"""What is found by nobody's division: a notice that opens a row of a draw, a doubt about an inspector."""

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.config import DEMO_SECRET
from fieldapp.documents.models import Document
from fieldapp.visits.models import CredentialCheck, CredentialDoubt
from fieldapp.visits.rules import portrait_token as token_of
from tests.access.finding import Thing, credential


def notice_with_a_row(_side: str) -> Thing:
    """The secret address of a notice to an object that was drawn here."""
    issued = db.session.scalars(sa.select(Document).where(Document.kind == "notice", Document.issued_at.is_not(None)))
    return Thing(next(one.secret for one in issued if one.content and one.content.get("rows")))


def doubt(_side: str) -> Thing:
    """What somebody who checked an inspector doubted."""
    return Thing(db.session.scalars(sa.select(CredentialDoubt.id)).first())


def portrait_token(side: str) -> Thing:
    """By what the portrait of a verified code is fetched."""
    with_portrait = sa.select(CredentialCheck.id).where(CredentialCheck.secret == credential(side).value)
    key = DEMO_SECRET.encode()
    return Thing(token_of(key, db.session.scalars(with_portrait).one(), clock.now()))
