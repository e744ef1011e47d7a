"""Hearing somebody: by which document they identified themselves, and what the 询问笔录 says."""

from fieldapp.documents.rules.interview.identity import (
    Identity,
    IdentityKind,
    is_resident_number,
    masked,
    plain_number,
    revealed,
)
from fieldapp.documents.rules.interview.transcript import (
    MOST_PRESENT,
    RIGHTS,
    Earlier,
    Interview,
    Occasion,
    RightsHeard,
    check_interview,
    check_supplement,
    earlier_interview,
    interview_content,
    interviews_of,
)

__all__ = [
    "MOST_PRESENT", "RIGHTS", "Earlier", "Identity", "IdentityKind", "Interview", "Occasion", "RightsHeard", "check_interview",
    "check_supplement", "earlier_interview", "interview_content", "interviews_of", "is_resident_number", "masked",
    "plain_number", "revealed",
]
