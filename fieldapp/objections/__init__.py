"""Objections: intake, re-examination, corrected or upheld."""
