"""What the entity sends through the link that a written inspection has served to it."""

from dataclasses import dataclass

from fieldapp import clock, db, ledger
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.models import EntityReply
from fieldapp.fieldwork.rules import ReplyKind
from fieldapp.roles import Outsider

VERBS = {ReplyKind.RECEIPT: "fieldwork.request_received", ReplyKind.REPLY: "fieldwork.reply_received"}
MOST_REPLIES = 40


@dataclass(frozen=True, slots=True)
class Sender:
    """Who answers for the entity."""

    name: str
    capacity: str = ""


def reply(secret: str, kind: ReplyKind, sender: Sender, text: str = "") -> EntityReply:
    """Take in a confirmation of receipt or an answer, while the link is open; every one is kept as it came."""
    visit = queries.copy_by_secret(secret).visit
    inquiry = queries.inquiry_of(visit)
    rules.check_link_is_open(inquiry, clock.today())
    rules.check_reply(kind, sender.name, text, so_far=len(inquiry.replies), most=MOST_REPLIES)
    row = EntityReply(visit_id=visit.id, kind=kind.value, name=sender.name, capacity=sender.capacity, text=text,
                      at=clock.now())
    db.session.add(row)
    ledger.record(Outsider(sender.name), VERBS[kind], row)
    return row
