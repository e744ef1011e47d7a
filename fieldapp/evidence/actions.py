"""Receive chunks, put originals together, make pictures."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import filetype
from sqlalchemy.exc import IntegrityError

from fieldapp import clock, db, ledger
from fieldapp.evidence import pictures, queries, quotas, rules, seals, store
from fieldapp.evidence.models import Chunk, Derivative, Original
from fieldapp.evidence.store import Joined, Shelf
from fieldapp.jobs import actions as jobs
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer, Outsider
from fieldapp.words import N_


def hold_chunk(sha256: str, content: bytes) -> bool:
    """Keep a chunk's bytes durably, before any transaction; whether they are new. A sealed one is opened."""
    content = seals.unseal_chunk(sha256, content)
    rules.check_chunk(sha256, content)
    is_new = not store.keep_on(Shelf.CHUNKS, sha256)
    if is_new:
        store.put(Shelf.CHUNKS, content)
    return is_new


def receive_chunk(sha256: str, content: bytes, *, by: Officer, visit_id: UUID | None = None) -> bool:
    """Keep a chunk and note who sent it for which visit; whether it is new. A known chunk is received again without harm."""
    is_new = hold_chunk(sha256, content)
    return note_chunk(sha256, len(content), by=by, visit_id=visit_id) and is_new


def note_chunk(sha256: str, size: int, *, by: Officer, visit_id: UUID | None = None) -> bool:
    """Note who sent a chunk that is kept, for which visit, how large: it counts for their room. False where another
    connection was first."""
    if queries.chunk(sha256) is None:
        row = Chunk(sha256=sha256, size=size, received_at=clock.now(), received_from=by.person_id,
                    visit_id=queries.visit_of_sender(visit_id, by.person_id))
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            # The same chunk came by another connection at the same moment: its row stands.
            return False
    return True


def missing(hashes: Sequence[str]) -> list[str]:
    """Which of these chunks are not here, in the order asked; those that are here are wanted, and stay."""
    return [name for name in hashes if not store.keep_on(Shelf.CHUNKS, name)]


def check_room(sha256: str, size: int, *, by: Officer, visit_id: UUID | None) -> None:
    """Refuse a chunk that its sender's day or its visit has no room for; one that is here already takes none."""
    if not rules.is_hash(sha256) or not store.holds(Shelf.CHUNKS, sha256):
        quotas.check_room(by.person_id, queries.visit_of_sender(visit_id, by.person_id), size)


def check_room_for_all(sizes: Mapping[str, int], visit_of: Mapping[str, UUID], *, by: Officer) -> None:
    """Refuse many chunks that come in one file where all of them together have no room; by name their sizes and visits."""
    new = {name: size for name, size in sizes.items() if not rules.is_hash(name) or not store.holds(Shelf.CHUNKS, name)}
    quotas.check_room(by.person_id, None, sum(new.values()))
    for visit_id in sorted({visit_of[name] for name in new if name in visit_of}):
        of_visit = sum(size for name, size in new.items() if visit_of.get(name) == visit_id)
        quotas.check_room(by.person_id, queries.visit_of_sender(visit_id, by.person_id), of_visit)


def sweep() -> int:
    """Take away chunks that no original has claimed and nobody has sent or asked for in seven days, and what writes that
    were cut off have left; how many chunks that were. A phone that still has them sends them again."""
    before = clock.now() - rules.STALE
    swept = store.sweep(Shelf.CHUNKS, before)
    store.sweep_staging(before)
    for name in swept:
        row = queries.chunk(name)
        if row is not None:
            db.session.delete(row)
    return len(swept)


def join(capture_hash: str, chunk_hashes: Sequence[str]) -> Joined | None:
    """Put the file of an original together, before any transaction; None while a chunk is missing."""
    rules.check_capture(capture_hash, chunk_hashes)
    rules.check_size(store.size_of(chunk_hashes))
    return store.join(chunk_hashes)


def assemble(capture_hash: str, chunk_hashes: Sequence[str], size: int, *, by: Officer) -> Original:
    """Put an original together out of its chunks and enter it with its hashes; one that is here is given back."""
    known = queries.find_original(capture_hash)
    if known is not None:
        return known
    joined = join(capture_hash, chunk_hashes)
    if joined is None:
        raise Refusal("evidence.chunks_missing", N_("还有分片没有收到"), field="chunks")
    return enter_original(capture_hash, chunk_hashes, size, joined, by=by)


def enter_original(capture_hash: str, chunk_hashes: Sequence[str], size: int, joined: Joined, *,
                   by: Officer | Outsider) -> Original:
    """Enter an original whose file is durable; its chunks' room is freed after the commit."""
    known = queries.find_original(capture_hash)
    if known is not None:
        return known
    original = Original(capture_hash=capture_hash, sha256=joined.sha256, sm3=joined.sm3, size=joined.size,
                        media_type=type_of(joined.head), stored_at=clock.now())
    try:
        with db.session.begin_nested():
            db.session.add(original)
    except IntegrityError:
        # The same original came by another connection at the same moment: its row stands.
        return queries.original(capture_hash)
    ledger.record(by, "evidence.original_stored", original, facts={"said_size": size})
    jobs.ask("evidence.free_chunks", hashes=list(chunk_hashes))
    return original


def type_of(head: bytes) -> str:
    """The type by the first bytes."""
    guessed = filetype.guess(head) if head else None
    return rules.media_type(guessed.mime if guessed else None, head)


def check_picture(kind: str) -> None:
    """Only of a picture a picture is made."""
    if kind not in rules.PICTURES:
        raise rules.UnreadablePicture("evidence.not_a_picture", N_("这份证据不是照片，请下载原件查看"))


def make_pictures(sha256: str) -> list[str]:
    """Make all pictures of an original, before any transaction; their hashes, in the order of the widths."""
    made = pictures.make_pictures(store.path(Shelf.ORIGINALS, sha256), rules.PICTURE_WIDTHS)
    return [store.put(Shelf.PICTURES, content) for content in made]


def enter_pictures(original_id: UUID, hashes: Sequence[str]) -> None:
    """Enter the pictures made of an original: a rendering, not evidence, so that the ledger knows only the original."""
    for width, sha256 in zip(rules.PICTURE_WIDTHS, hashes, strict=True):
        if queries.picture(original_id, width) is None:
            row = Derivative(original_id=original_id, width=width, sha256=sha256, media_type="image/jpeg",
                             made_at=clock.now())
            try:
                with db.session.begin_nested():
                    db.session.add(row)
            except IntegrityError:
                # Two readers asked at the same moment: the other's picture is the same.
                continue
