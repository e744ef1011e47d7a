"""Oversight's rules: what is late, what covers what, and how far the regulation is carried by the code."""

from fieldapp.oversight.rules.figures import Bar, bars, covers, percent
from fieldapp.oversight.rules.lateness import Deadline, DeadlineKind, Tally, overdue, tallies
from fieldapp.oversight.rules.regulation import ARTICLES_WITHOUT_CODE, OPEN_ARTICLES

__all__ = ["ARTICLES_WITHOUT_CODE", "OPEN_ARTICLES", "Bar", "Deadline", "DeadlineKind", "Tally", "bars", "covers", "overdue",
           "percent", "tallies"]
