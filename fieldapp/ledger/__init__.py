"""The ledger: an append-only entry in the transaction of every change."""

from fieldapp.ledger.actions import record, record_many

__all__ = ["record", "record_many"]
