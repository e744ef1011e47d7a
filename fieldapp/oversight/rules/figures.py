"""Coverage and bars: integers in, integers out."""

from collections.abc import Sequence
from dataclasses import dataclass

from fieldapp.law import article

FULL = 1000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: its word, its count, its length in thousandths of the longest."""

    label: str
    count: int
    length: int


def bars(counts: Sequence[tuple[str, int]]) -> list[Bar]:
    """The bars of a chart; a count that is not nought is never shorter than can be seen."""
    longest = max((count for _, count in counts), default=0) or 1
    return [Bar(label, count, max(FULL * count // longest, 8) if count else 0) for label, count in counts]


@article("6")
def covers(visited: int, directory_size: int, ratio_basis_points: int) -> bool:
    """Whether the objects visited are at least the ratio of the directory; an empty directory asks for none."""
    return visited * 10_000 >= ratio_basis_points * directory_size


def percent(part: int, whole: int) -> str:
    """A share as people read it, rounded down to a tenth: 5.0%."""
    if whole == 0:
        return "—"
    tenths = part * 1000 // whole
    return f"{tenths // 10}.{tenths % 10}%"
