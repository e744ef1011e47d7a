"""What the papers of a draw say."""

from fieldapp.draw.rules.papers.minutes import MOST_LEAVES, Given, Minutes, minutes_form

__all__ = ["MOST_LEAVES", "Given", "Minutes", "minutes_form"]
