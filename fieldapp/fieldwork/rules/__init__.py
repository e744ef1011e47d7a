"""The law of the field: places and values of a record, presence, rivals, what is signed, when a visit may close."""

from fieldapp.fieldwork.rules.apart.paper import (
    Backfill,
    NumberedSheet,
    PaperTrail,
    Sheet,
    SheetState,
    check_may_void,
    check_period,
    check_photographed,
    paper_gaps,
)
from fieldapp.fieldwork.rules.apart.unsigned import (
    UnsignedChoice,
    UnsignedDecided,
    check_unsigned_decision,
    others_present,
)
from fieldapp.fieldwork.rules.arrival import (
    CATEGORIES,
    Arrival,
    AtTheDoor,
    Closure,
    Entry,
    Fix,
    Way,
    arrival_gaps,
    distance_metres,
    door_gaps,
    is_far,
)
from fieldapp.fieldwork.rules.content import (
    FORM,
    digest_fits,
    item_content,
    record_content,
    record_digest,
    short_code,
    visit_digest,
)
from fieldapp.fieldwork.rules.course import Course, gaps
from fieldapp.fieldwork.rules.guards import (
    RecordState,
    check_is_member,
    check_kit_may_open,
    check_may_await,
    check_order_number,
    check_own_presence,
    check_part_is_open,
    check_record_is_open,
    check_record_may_close,
    check_states_unsigned,
    check_two_present,
    check_visit_may_close,
    check_visit_takes_operations,
    check_what_was_signed,
    check_witness,
)
from fieldapp.fieldwork.rules.labels import NAMES, Name, field_names, place_name, value_parts, value_words
from fieldapp.fieldwork.rules.media import capture_grade, media_kind
from fieldapp.fieldwork.rules.methods import (
    WRITTEN,
    Inquiry,
    Reply,
    ReplyKind,
    WebPage,
    Zone,
    check_link_is_open,
    check_reply,
    happens_on_site,
    method_gaps,
    zone_gaps,
)
from fieldapp.fieldwork.rules.operations import (
    APPLIED,
    MERGED,
    AppliedOp,
    Move,
    Outcome,
    Ruling,
    Standing,
    happened_at,
    needs_attention,
    ruling,
)
from fieldapp.fieldwork.rules.paths import (
    AFTER_CLOSING,
    AFTER_SIGNATURE,
    BEFORE_PRESENCE,
    ENTITY,
    ITEMS,
    LATEST_STANDS,
    MEDIA,
    OF_EVERY_RECORD,
    PICTURES,
    Place,
    Thing,
    check_act,
    of_record,
    place,
    unknown_place,
)
from fieldapp.fieldwork.rules.record import (
    Addendum,
    CheckLine,
    Finding,
    Head,
    Photo,
    Presence,
    RecordView,
    Refused,
    RivalField,
    Signature,
    Step,
    Wait,
)
from fieldapp.fieldwork.rules.values import check_value, is_empty
from fieldapp.fieldwork.rules.words import (
    Answer,
    Awaited,
    Became,
    Capacity,
    EntityOpinion,
    Grade,
    Kind,
    ProposedCategory,
    Recusal,
    SignerRole,
    Unsigned,
)

__all__ = [
    "AFTER_CLOSING", "AFTER_SIGNATURE", "APPLIED", "BEFORE_PRESENCE", "CATEGORIES", "ENTITY", "FORM", "ITEMS",
    "LATEST_STANDS", "MEDIA", "MERGED", "NAMES", "OF_EVERY_RECORD", "PICTURES", "WRITTEN", "Addendum", "Answer", "AppliedOp",
    "Arrival", "AtTheDoor", "Awaited", "Backfill", "Became", "Capacity", "CheckLine", "Closure", "Course", "EntityOpinion",
    "Entry", "Finding", "Fix", "Grade", "Head", "Inquiry", "Kind", "Move", "Name", "NumberedSheet", "Outcome", "PaperTrail",
    "Photo", "Place", "Presence", "ProposedCategory", "RecordState", "RecordView", "Recusal", "Refused", "Reply", "ReplyKind",
    "RivalField", "Ruling", "Sheet", "SheetState", "Signature", "SignerRole", "Standing", "Step", "Thing", "Unsigned",
    "UnsignedChoice", "UnsignedDecided", "Wait", "Way", "WebPage", "Zone", "arrival_gaps", "capture_grade", "check_act",
    "check_is_member", "check_kit_may_open", "check_link_is_open", "check_may_await", "check_may_void", "check_order_number",
    "check_own_presence", "check_part_is_open", "check_period", "check_photographed", "check_record_is_open",
    "check_record_may_close", "check_reply", "check_states_unsigned", "check_two_present", "check_unsigned_decision",
    "check_value", "check_visit_may_close", "check_visit_takes_operations", "check_what_was_signed", "check_witness",
    "digest_fits", "distance_metres", "door_gaps", "field_names", "gaps", "happened_at", "happens_on_site", "is_empty",
    "is_far", "item_content", "media_kind", "method_gaps", "needs_attention", "of_record", "others_present", "paper_gaps",
    "place", "place_name", "record_content", "record_digest", "ruling", "short_code", "unknown_place", "value_parts",
    "value_words", "visit_digest", "zone_gaps",
]
