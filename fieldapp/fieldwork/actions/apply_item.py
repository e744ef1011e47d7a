"""Add a photo, a person present, another finding; strike one out with its reason."""

from typing import Any

from fieldapp import db, ledger
from fieldapp.evidence import queries as evidence
from fieldapp.evidence import rules as evidence_rules
from fieldapp.evidence.models import Original
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.actions.site import Site
from fieldapp.fieldwork.rules import MEDIA, Outcome, Thing
from fieldapp.refusals import Refusal
from fieldapp.words import N_

KINDS = {Thing.PRESENCE: queries.PRESENCE, Thing.PHOTO: "photo", Thing.EVIDENCE: "evidence", Thing.OTHER: "other",
         Thing.SEAL: "seal", Thing.LETTER: "letter", Thing.SHEET: "sheet", **dict.fromkeys(rules.PICTURES, "photo")}


def add(site: Site) -> Outcome:
    """Take an item into the record; one that is there already is merged; after the signature it is an addendum.

    Whoever struck the own presence out and comes again confirms it anew: a row beside the one struck out. A phone that does
    not know of the striking out says nothing new.
    """
    thing = site.place.thing
    if thing is Thing.PRESENCE:
        _check_own(site)
    found = queries.item_at(site.visit.id, site.op.path)
    if found is not None:
        if thing is not Thing.PRESENCE or found.voided_by_op is None:
            return rules.MERGED
        rules.check_is_confirmed_anew(seen=site.op.base, voided_by=found.voided_by_op)
    original = _original(site.op.value) if thing in MEDIA else None
    value = {name: fact for name, fact in site.op.value.items() if name != "chunks"}
    original_id = original.id if original else None
    if thing not in rules.AFTER_SIGNATURE:
        try:
            site.check_record_is_open()
        except Refusal as refusal:
            db.session.add(site.item(queries.ADDENDUM, value, original_id))
            return rules.needs_attention(refusal)
    db.session.add(site.item(KINDS[thing], value, original_id))
    db.session.flush()
    return rules.APPLIED


def void(site: Site) -> Outcome:
    """Strike an item out, with the reason; it stays legible and its original stays stored (E28)."""
    if site.place.thing is Thing.PRESENCE:
        _check_own(site)
        rules.check_presence_may_be_struck(is_signed_over=queries.is_signed_over(site.visit, site.op.person_id))
    site.check_record_is_open()
    item = queries.item_at(site.visit.id, site.op.path)
    if item is None:
        raise Refusal("fieldwork.nothing_to_void", N_("没有找到要作废的内容，操作已收到并保存"))
    if item.voided_by_op is not None:
        return rules.MERGED
    item.voided_by_op, item.void_reason = site.op.id, site.op.value.get("reason", "")
    ledger.record(site.by, "fieldwork.item_voided", item, case=site.visit.id, reason=item.void_reason)
    return rules.APPLIED


def _check_own(site: Site) -> None:
    if site.place.person is not None:
        rules.check_own_presence(site.place.person, site.op.person_id)


def _original(value: dict[str, Any]) -> Original:
    """The original of a photo: it is here before its operation is received."""
    original = evidence.find_original(value["capture_hash"])
    if original is None:
        raise Refusal("fieldwork.original_missing", N_("照片的原件与拍摄时的校验值对不上，内容已收到并保存，未记入"))
    evidence_rules.check_media_type(original.media_type)
    return original
