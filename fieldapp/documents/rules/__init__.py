"""Official documents: their kinds and numbers, the life of a number, and what a notice and an order say."""

from fieldapp.documents.rules.entrustment import EntrustmentFacts, entrustment_content
from fieldapp.documents.rules.notice import (
    NoticeFacts,
    NoticeItem,
    NoticeText,
    Section,
    notice_content,
    notice_sections,
    notice_text_on,
)
from fieldapp.documents.rules.numbers import (
    PUBLIC_KINDS,
    DocumentKind,
    check_may_be_issued,
    check_may_be_voided,
    content_fits,
    number_text,
    short_code,
)
from fieldapp.documents.rules.order import OrderFacts, order_content
from fieldapp.documents.rules.sheets import PaperSheet, SheetKind, sheets_of
from fieldapp.documents.rules.supplement import SupplementFacts, names_others, supplement_content
from fieldapp.documents.rules.who import Assisting, Member, day_text

__all__ = [
    "PUBLIC_KINDS", "Assisting", "DocumentKind", "EntrustmentFacts", "Member", "NoticeFacts", "NoticeItem", "NoticeText",
    "OrderFacts", "PaperSheet", "Section", "SheetKind", "SupplementFacts", "check_may_be_issued", "check_may_be_voided",
    "content_fits", "day_text", "entrustment_content", "names_others", "notice_content", "notice_sections", "notice_text_on",
    "number_text", "order_content", "sheets_of", "short_code", "supplement_content",
]
