"""Files handed in at the desk: kept bit-exact by the evidence area, like everything that proves something."""

from dataclasses import dataclass

from fieldapp.entrusting import rules
from fieldapp.evidence import actions as evidence
from fieldapp.evidence.models import Original
from fieldapp.evidence.rules import capture_hash, chunks_of
from fieldapp.roles import Officer


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file whose chunks are durable already: its name, its size, its chunks in order."""

    name: str
    size: int
    chunks: tuple[str, ...]


def hold_file(name: str, content: bytes, *, by: Officer) -> HandedIn:
    """Keep the chunks of a PDF or picture durably, before any transaction; refuses anything else."""
    rules.check_file(evidence.type_of(content), is_empty=not content)
    chunks = chunks_of(content)
    for chunk, part in chunks:
        evidence.check_room(chunk, len(part), by=by, visit_id=None)
        evidence.hold_chunk(chunk, part)
    return HandedIn(name, len(content), tuple(chunk for chunk, _part in chunks))


def enter_file(file: HandedIn, *, by: Officer) -> Original:
    """Enter the original with its hashes; the same file handed in again is the same original."""
    return evidence.assemble(capture_hash(file.chunks), file.chunks, file.size, by=by)
