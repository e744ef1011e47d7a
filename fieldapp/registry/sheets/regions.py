"""The regions of Shandong by code: counties and districts of GB/T 2260 and the development zones."""

import csv
from functools import cache
from pathlib import Path

from fieldapp.registry.rules import Region


@cache
def shandong_regions() -> dict[str, Region]:
    """Every known county, district and development zone by its six-digit code."""
    with Path(__file__).with_name("regions-37.csv").open(encoding="utf-8", newline="") as table:
        return {row["code"]: Region(row["code"], row["name"], row["city_code"], row["city"])
                for row in csv.DictReader(table)}
