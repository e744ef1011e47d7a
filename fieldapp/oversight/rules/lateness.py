"""What is due, what is late, whose."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fieldapp.law import article
from fieldapp.words import Labelled, N_


class DeadlineKind(Labelled):
    """What is waited for."""

    SIGNATURE = "signature", N_("待签章")
    PAPER = "paper", N_("纸质检查表交回")
    REPORT = "report", N_("委托报告")
    REVIEW = "review", N_("记录审核")
    PUBLICATION = "publication", N_("结果公示")
    OBJECTION = "objection", N_("异议答复")
    DISPOSAL = "disposal", N_("整改和处置")


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing to be done by a day: what, about whom, whose."""

    kind: DeadlineKind
    title: str
    detail: str
    division: str
    due_on: date
    is_provisional: bool
    thing_id: UUID

    def days_late(self, today: date) -> int:
        """By how many days it is late; 0 in time."""
        return max(0, (today - self.due_on).days)


@dataclass(frozen=True, slots=True)
class Tally:
    """How much a division has open, and how much of it is late."""

    division: str
    open: int
    late: int
    worst: int


@article("25", "26", "28")
def overdue(deadlines: Iterable[Deadline], today: date) -> list[Deadline]:
    """The deadlines that have passed, the longest first: they are on the account of their division."""
    late = [one for one in deadlines if one.days_late(today)]
    return sorted(late, key=lambda one: (one.due_on, str(one.thing_id)))


@article("28")
def tallies(deadlines: Iterable[Deadline], today: date) -> list[Tally]:
    """For each division how much is open, how much late, and by how many days at worst; the latest division first."""
    days: dict[str, list[int]] = {}
    for one in deadlines:
        days.setdefault(one.division, []).append(one.days_late(today))
    found = [Tally(name, len(late), sum(map(bool, late)), max(late)) for name, late in days.items()]
    return sorted(found, key=lambda tally: (-tally.late, -tally.worst, tally.division))
