"""The phone's door for operations, an exported file, receipts with all versions, phones and their stopping."""

from fieldapp.sync.routes import devices, imports, paper, phone, receipts
from fieldapp.sync.routes.door import sync
from fieldapp.sync.routes.own import notice, offering, opening, record, supplement, visit
from fieldapp.sync.routes.own.door import sign
from fieldapp.sync.routes.program import bundle

__all__ = ["bundle", "devices", "imports", "notice", "offering", "opening", "paper", "phone", "receipts", "record", "sign",
           "supplement", "sync", "visit"]
