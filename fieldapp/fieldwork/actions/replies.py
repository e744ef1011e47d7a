"""What the entity sends through the link that a written inspection has served to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp import clock, db, ledger
from fieldapp.evidence import actions as evidence
from fieldapp.evidence.rules import capture_hash, chunks_of
from fieldapp.evidence.store import Joined
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.models import EntityReply, ReplyFile
from fieldapp.fieldwork.rules import ReplyKind
from fieldapp.refusals import Refusal
from fieldapp.roles import Outsider
from fieldapp.words import N_

VERBS = {ReplyKind.RECEIPT: "fieldwork.request_received", ReplyKind.REPLY: "fieldwork.reply_received"}
MOST_REPLIES = 40


@dataclass(frozen=True, slots=True)
class Sender:
    """Who answers for the entity."""

    name: str
    capacity: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file of an answer that lies in the store already, with its chunks in order and its hashes."""

    name: str
    chunks: tuple[str, ...]
    joined: Joined


def check_may_reply(secret: str, sender: Sender, text: str, files: Sequence[tuple[str, bytes]]) -> None:
    """Refuse an answer whose files (name, bytes) could not be taken in, before anything of them is kept."""
    visit = queries.copy_by_secret(secret).visit
    inquiry = queries.inquiry_of(visit)
    rules.check_link_is_open(inquiry, clock.today())
    rules.check_reply(ReplyKind.REPLY, sender.name, text, so_far=len(inquiry.replies), most=MOST_REPLIES, files=len(files))
    rules.check_files([(evidence.type_of(content), len(content)) for _name, content in files],
                      so_far=queries.bytes_sent(visit.id))


def hold_files(files: Sequence[tuple[str, bytes]]) -> list[Sent]:
    """Put the files in the store under their hashes, before any transaction."""
    return [_hold(name, content) for name, content in files]


def reply(secret: str, kind: ReplyKind, sender: Sender, text: str = "", files: Sequence[Sent] = ()) -> EntityReply:
    """Take in a confirmation of receipt or an answer, while the link is open; every one is kept as it came."""
    visit = queries.copy_by_secret(secret).visit
    inquiry = queries.inquiry_of(visit)
    rules.check_link_is_open(inquiry, clock.today())
    rules.check_reply(kind, sender.name, text, so_far=len(inquiry.replies), most=MOST_REPLIES, files=len(files))
    row = EntityReply(visit_id=visit.id, kind=kind.value, name=sender.name, capacity=sender.capacity, text=text,
                      at=clock.now())
    db.session.add(row)
    ledger.record(Outsider(sender.name), VERBS[kind], row)
    for file in files:
        _enter(row, file, by=Outsider(sender.name))
    return row


def _hold(name: str, content: bytes) -> Sent:
    chunks = chunks_of(content)
    for chunk, part in chunks:
        evidence.hold_chunk(chunk, part)
    names = tuple(chunk for chunk, _part in chunks)
    joined = evidence.join(capture_hash(names), names)
    if joined is None:
        raise Refusal("evidence.chunks_missing", N_("还有分片没有收到"), field="files")
    return Sent(name, names, joined)


def _enter(row: EntityReply, file: Sent, *, by: Outsider) -> None:
    kept = evidence.enter_original(capture_hash(file.chunks), file.chunks, file.joined.size, file.joined, by=by)
    sent = ReplyFile(reply_id=row.id, visit_id=row.visit_id, original_id=kept.id, name=file.name)
    db.session.add(sent)
    ledger.record(by, "fieldwork.reply_file_received", sent, facts={"sha256": kept.sha256, "sm3": kept.sm3})
