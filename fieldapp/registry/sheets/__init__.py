"""Sheets of divisions: opened in a limited child process, then judged by the registry's rules."""

from fieldapp.registry.sheets.check import ReportedFinding, check_folder
from fieldapp.registry.sheets.parsing import ParsedSheet, parse_sheet
from fieldapp.registry.sheets.reading import Worksheet, read_sheet
from fieldapp.registry.sheets.regions import shandong_regions
from fieldapp.registry.sheets.writing import harmless, write_sheet

__all__ = ["ParsedSheet", "ReportedFinding", "Worksheet", "check_folder", "harmless", "parse_sheet", "read_sheet",
           "shandong_regions", "write_sheet"]
