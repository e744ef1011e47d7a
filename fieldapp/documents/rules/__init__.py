"""Official documents: their kinds and numbers, the life of a number, and what a notice and an order say."""

from fieldapp.documents.rules.entrustment import EntrustmentFacts, entrustment_content
from fieldapp.documents.rules.interview import (
    MOST_PRESENT,
    RIGHTS,
    Earlier,
    Identity,
    IdentityKind,
    Interview,
    Occasion,
    RightsHeard,
    check_interview,
    check_supplement,
    earlier_interview,
    interview_content,
    interviews_of,
    is_resident_number,
    masked,
    plain_number,
    revealed,
)
from fieldapp.documents.rules.layout import NO_HEAD, Layout, head_text, layout, parts_of, without_missing
from fieldapp.documents.rules.notice import (
    METHODS,
    NoticeFacts,
    NoticeItem,
    NoticeText,
    Section,
    notice_content,
    notice_sections,
    notice_text_on,
)
from fieldapp.documents.rules.numbers import (
    NO_PAPER,
    PUBLIC_KINDS,
    DocumentKind,
    check_may_be_issued,
    check_may_be_sealed,
    check_may_be_voided,
    code_fits,
    content_fits,
    number_text,
    short_code,
)
from fieldapp.documents.rules.order import REMEDY_AFTER_REEXAMINATION, OrderFacts, order_content
from fieldapp.documents.rules.parts import (
    addressee,
    facts,
    form,
    heading,
    numbered,
    picture,
    pictures,
    signature,
    signatures,
    slip,
    table,
    text,
    to_sign,
)
from fieldapp.documents.rules.sheets import PaperSheet, SheetKind, sheets_of
from fieldapp.documents.rules.supplement import SupplementFacts, names_others, supplement_content
from fieldapp.documents.rules.templates import TEMPLATES, Template, template_of, template_on, with_edition
from fieldapp.documents.rules.verifying import MOST_BYTES, Held, Verdict, check_upload, verdict
from fieldapp.documents.rules.who import Assisting, Member, day_text, moment_text

__all__ = [
    "METHODS", "MOST_BYTES", "MOST_PRESENT", "NO_HEAD", "NO_PAPER", "PUBLIC_KINDS", "REMEDY_AFTER_REEXAMINATION",
    "RIGHTS", "TEMPLATES", "Assisting", "DocumentKind", "Earlier", "EntrustmentFacts", "Held", "Identity", "IdentityKind",
    "Interview", "Layout", "Member", "NoticeFacts", "NoticeItem", "NoticeText", "Occasion", "OrderFacts", "PaperSheet",
    "RightsHeard", "Section", "SheetKind", "SupplementFacts", "Template", "Verdict", "addressee", "check_interview",
    "check_may_be_issued", "check_may_be_sealed", "check_may_be_voided", "check_supplement", "check_upload", "code_fits",
    "content_fits", "day_text", "earlier_interview", "entrustment_content", "facts", "form", "head_text", "heading",
    "interview_content", "interviews_of", "is_resident_number", "layout", "masked", "moment_text", "names_others",
    "notice_content", "notice_sections", "notice_text_on", "number_text", "numbered", "order_content", "parts_of",
    "picture", "pictures", "plain_number", "revealed", "sheets_of", "short_code", "signature", "signatures", "slip",
    "supplement_content", "table", "template_of", "template_on", "text", "to_sign", "verdict", "with_edition",
    "without_missing",
]
