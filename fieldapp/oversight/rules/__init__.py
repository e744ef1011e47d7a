"""Oversight's rules: what is late, what covers what, and how far the regulation is carried by the code."""

from fieldapp.oversight.rules.case_file import Answer, CaseFile, Paper, Piece, case_file_parts, check_case_may_be_filed
from fieldapp.oversight.rules.figures import Bar, bars, covers, percent
from fieldapp.oversight.rules.lateness import Deadline, DeadlineKind, Tally, overdue, tallies
from fieldapp.oversight.rules.regulation import ARTICLES_WITHOUT_CODE, OPEN_ARTICLES
from fieldapp.oversight.rules.voices import (
    FEWEST,
    SCORES,
    Door,
    Given,
    Rated,
    check_answer,
    check_complaint,
    check_rating,
    check_slip,
    rated,
    score_of,
)

__all__ = ["ARTICLES_WITHOUT_CODE", "FEWEST", "OPEN_ARTICLES", "SCORES", "Answer", "Bar", "CaseFile", "Deadline", "DeadlineKind",
           "Door", "Given", "Paper", "Piece", "Rated", "Tally", "bars", "case_file_parts", "check_answer",
           "check_case_may_be_filed", "check_complaint",
           "check_rating", "check_slip", "covers", "overdue", "percent", "rated", "score_of", "tallies"]
