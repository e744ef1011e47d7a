"""The phone's door for operations, an exported file, receipts with all versions, phones and their stopping."""

from fieldapp.sync.routes import devices, imports, paper, phone, receipts
from fieldapp.sync.routes.door import sync

__all__ = ["devices", "imports", "paper", "phone", "receipts", "sync"]
