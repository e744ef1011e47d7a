"""Dated rule sets (5 %, at most 2, 20 working days) and the working-day calendar."""
