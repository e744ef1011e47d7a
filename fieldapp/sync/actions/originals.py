"""The photos of a batch: put together before the transaction, entered with the operation that speaks of them."""

from collections.abc import Mapping, Sequence

from fieldapp.evidence import actions as evidence
from fieldapp.evidence import queries, rules
from fieldapp.evidence.rules import StorageFailed, StorageFull
from fieldapp.evidence.store import Joined
from fieldapp.refusals import Refusal, passes
from fieldapp.roles import Officer
from fieldapp.sync.rules import Media, SentOp, media_of


def captures(ops: Sequence[SentOp]) -> dict[str, Media]:
    """The originals that a batch speaks of and that its chunks can give, by capture hash."""
    found = {}
    for op in ops:
        media = media_of(op)
        if media is not None and _is_whole(media):
            found[media.capture_hash] = media
    return found


def join_originals(wanted: Mapping[str, Media], kept: set[str]) -> dict[str, Joined]:
    """Put the files of those together whose chunks are here and that are not kept yet, durably, before any transaction."""
    joined = {}
    for capture_hash, media in wanted.items():
        done = _join(media) if capture_hash not in kept else None
        if done is not None:
            joined[capture_hash] = done
    return joined


def enter_original(op: SentOp, joined: Mapping[str, Joined], *, by: Officer) -> list[str]:
    """Enter the original that an operation speaks of; the chunks that are still missing, if any are.

    An operation whose chunks do not give its capture hash is received without it: it will need attention, not block.
    """
    media = media_of(op)
    if media is None or not _is_whole(media) or queries.find_original(media.capture_hash) is not None:
        return []
    if media.capture_hash in joined:
        evidence.enter_original(media.capture_hash, media.chunks, media.size, joined[media.capture_hash], by=by)
        return []
    missing = evidence.missing(media.chunks)
    if not missing and (late := _join(media)) is not None:
        evidence.enter_original(media.capture_hash, media.chunks, media.size, late, by=by)
    return missing


def _join(media: Media) -> Joined | None:
    """The file; None while a chunk is missing, and for what is too large to be evidence: its operation is received."""
    try:
        return evidence.join(media.capture_hash, media.chunks)
    except (StorageFull, StorageFailed):
        raise
    except Refusal:
        return None


def _is_whole(media: Media) -> bool:
    return passes(rules.check_capture, media.capture_hash, media.chunks)
