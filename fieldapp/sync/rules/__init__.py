"""The rules of the phone's log: what is received and in which order, earlier forms, phones that are stopped."""

from fieldapp.sync.rules.devices import (
    check_may_restore,
    check_may_revoke,
    check_reason,
    parse_key,
    phone_named,
    unsent_after,
)
from fieldapp.sync.rules.held import (
    capture_named,
    capture_of,
    check_evidence_is_entered,
    check_evidence_is_whole,
    held,
    visit_named,
)
from fieldapp.sync.rules.operations import (
    CANNOT_BE_RECEIVED,
    KINDS,
    LARGEST_N,
    MOST_CHANGES,
    MOST_IMPORTED_OPS,
    MOST_OPS,
    OP_SIZE,
    OWN,
    PAPER,
    Media,
    SentOp,
    TooLarge,
    Verdict,
    answer,
    check_device,
    check_may_send,
    from_envelope,
    is_named,
    is_own_phone,
    is_sealed,
    media_of,
    number_of,
    parse_batch,
    parse_op,
    sequence_verdict,
    visits_of_chunks,
)
from fieldapp.sync.rules.own import (
    CODE_DIGITS,
    MOST_WRONG,
    VALID,
    Opening,
    Signer,
    Unfinished,
    check_has_entered,
    check_has_opinion,
    check_is_ready,
    check_is_served,
    check_is_unsettled,
    check_may_offer,
    check_may_serve,
    check_name,
    check_signer,
    check_what_was_read,
    code_hash,
    refusal,
    said_of_notice,
    said_of_supplement,
    served_until,
    signature,
    slip,
)
from fieldapp.sync.rules.own import said_of_record as said_by_entity
from fieldapp.sync.rules.paper import TEXT, Ground, Said, said_of_record, said_on_arrival, signed_on_paper
from fieldapp.sync.rules.upcasters import FORM, UPCASTERS, upcast
from fieldapp.sync.rules.versions import said_at, short_code, version_words

__all__ = [
    "CANNOT_BE_RECEIVED", "CODE_DIGITS", "FORM", "KINDS", "LARGEST_N", "MOST_CHANGES", "MOST_IMPORTED_OPS", "MOST_OPS",
    "MOST_WRONG", "OP_SIZE", "OWN", "PAPER", "TEXT", "UPCASTERS", "VALID", "Ground", "Media", "Opening", "Said", "SentOp",
    "Signer", "TooLarge", "Unfinished", "Verdict", "answer", "capture_named", "capture_of", "check_device",
    "check_evidence_is_entered", "check_evidence_is_whole",
    "check_has_entered", "check_has_opinion", "check_is_ready", "check_is_served",
    "check_is_unsettled", "check_may_offer", "check_may_restore", "check_may_revoke", "check_may_send", "check_may_serve",
    "check_name", "check_reason", "check_signer", "check_what_was_read", "code_hash", "from_envelope", "held", "is_named",
    "is_own_phone", "is_sealed", "media_of", "number_of", "parse_batch", "parse_key", "parse_op", "phone_named", "refusal",
    "said_at", "said_by_entity",
    "said_of_notice", "said_of_record", "said_of_supplement", "said_on_arrival", "sequence_verdict", "served_until", "short_code",
    "signature", "signed_on_paper", "slip", "unsent_after", "upcast", "version_words", "visit_named", "visits_of_chunks",
]
