"""The inspector matching: tickets, the board, the draft in rounds, its repair, and the message when it cannot be."""

from fieldapp.draw.rules.matching.board import Board, Seat, Team
from fieldapp.draw.rules.matching.draft import (
    MatchedTeam,
    Matching,
    Parameters,
    check_seats,
    default_parameters,
    draft,
    match_inspectors,
    transcript_line,
    transcript_root,
)
from fieldapp.draw.rules.matching.odds import Odds, is_predictable, matching_odds
from fieldapp.draw.rules.matching.shortage import Cause, Shortage, WayOut, shortages
from fieldapp.draw.rules.matching.tickets import RollCall, object_ticket

__all__ = [
    "Board",
    "Cause",
    "MatchedTeam",
    "Matching",
    "Odds",
    "Parameters",
    "RollCall",
    "Seat",
    "Shortage",
    "Team",
    "WayOut",
    "check_seats",
    "default_parameters",
    "draft",
    "is_predictable",
    "match_inspectors",
    "matching_odds",
    "object_ticket",
    "shortages",
    "transcript_line",
    "transcript_root",
]
