"""fieldapp: random inspection, random matching, public results, from the item list to the published result."""

__version__ = "0.1.0"
