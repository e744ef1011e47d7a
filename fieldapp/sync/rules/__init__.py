"""The rules of the phone's log: what is received and in which order, earlier forms, phones that are stopped."""

from fieldapp.sync.rules.devices import check_may_restore, check_may_revoke, check_reason, parse_key, unsent_after
from fieldapp.sync.rules.held import capture_of, held, visit_named
from fieldapp.sync.rules.operations import (
    CANNOT_BE_RECEIVED,
    KINDS,
    LARGEST_N,
    MOST_CHANGES,
    MOST_IMPORTED_OPS,
    MOST_OPS,
    OP_SIZE,
    Media,
    SentOp,
    TooLarge,
    Verdict,
    answer,
    check_device,
    check_may_send,
    from_envelope,
    is_named,
    is_sealed,
    media_of,
    number_of,
    parse_batch,
    parse_op,
    sequence_verdict,
)
from fieldapp.sync.rules.paper import PAPER, TEXT, Ground, Said, said_of_record, said_on_arrival, signed_on_paper
from fieldapp.sync.rules.upcasters import FORM, UPCASTERS, upcast
from fieldapp.sync.rules.versions import said_at, short_code, version_words

__all__ = [
    "CANNOT_BE_RECEIVED", "FORM", "KINDS", "LARGEST_N", "MOST_CHANGES", "MOST_IMPORTED_OPS", "MOST_OPS", "OP_SIZE", "PAPER",
    "TEXT", "UPCASTERS", "Ground", "Media", "Said", "SentOp", "TooLarge", "Verdict", "answer", "capture_of", "check_device",
    "check_may_restore", "check_may_revoke", "check_may_send", "check_reason", "from_envelope", "held", "is_named",
    "is_sealed", "media_of", "number_of", "parse_batch", "parse_key", "parse_op", "said_at", "said_of_record", "said_on_arrival",
    "sequence_verdict", "short_code", "signed_on_paper", "unsent_after", "upcast", "version_words", "visit_named",
]
