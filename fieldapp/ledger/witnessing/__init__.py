"""Witnesses: independent processes of other organisations that cosign the log's head when it only grew (C2SP tlog-witness)."""
