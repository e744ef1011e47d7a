"""人员核验: what a second browser is told of an inspector, the certificate and this visit."""

from dataclasses import dataclass
from datetime import date

from fieldapp.law import article
from fieldapp.visits.rules.states import BEFORE_NOTICE, VisitState
from fieldapp.words import Labelled, N_


class Verdict(Labelled):
    """The answer to: may this person inspect here, now?"""

    VALID = "valid", N_("核验通过：持证人员，本次检查有效")
    OTHER_DAY = "other_day", N_("人员和证件有效，但本次检查约定在另一天")
    ASSISTING = "assisting", N_("协助检查人员，没有执法证件，不能单独检查")
    NOT_APPROVED = "not_approved", N_("无效：这次检查尚未批准")
    CANCELLED = "cancelled", N_("无效：这次检查已取消或已并入另一次检查")
    CLOSED = "closed", N_("无效：这次检查已经结束")
    LEFT = "left", N_("无效：该人员已不是本次检查的成员")
    EXPIRED = "expired", N_("无效：执法证件不在有效期内")

    @property
    def is_good(self) -> bool:
        """Whether the person may be let in today as an inspector of this visit."""
        return self is Verdict.VALID

    @property
    def shows_person(self) -> bool:
        """Whether the portrait is shown: only as long as the visit and the membership last."""
        return self in {Verdict.VALID, Verdict.OTHER_DAY, Verdict.ASSISTING, Verdict.EXPIRED}


@dataclass(frozen=True, slots=True)
class CredentialFacts:
    """What the verdict rests on."""

    visit_state: str
    has_left: bool
    certificate_number: str | None
    certificate_until: date | None
    slot_day: date | None


@article("23")
def verdict(facts: CredentialFacts, today: date) -> Verdict:
    """The first reason against, else valid; on another day than the agreed one a visit not yet begun says so."""
    if facts.visit_state in {VisitState.CANCELLED, VisitState.MERGED}:
        return Verdict.CANCELLED
    if facts.has_left:
        return Verdict.LEFT
    if facts.visit_state == VisitState.CLOSED:
        return Verdict.CLOSED
    if facts.visit_state in BEFORE_NOTICE:
        return Verdict.NOT_APPROVED
    if not facts.certificate_number:
        return Verdict.ASSISTING
    if facts.certificate_until is None or facts.certificate_until < today:
        return Verdict.EXPIRED
    if facts.visit_state == VisitState.APPROVED and facts.slot_day != today:
        return Verdict.OTHER_DAY
    return Verdict.VALID
