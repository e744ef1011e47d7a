"""Tables of visits: visits with their teams, leaders, approvals; merging and mutual recognition."""

from fieldapp.visits.models.credential import CredentialCheck, CredentialDoubt, CredentialKey
from fieldapp.visits.models.merge import MergeConsent, MergeProposal
from fieldapp.visits.models.recognition import MutualRecognition
from fieldapp.visits.models.visit import (
    LeaderAppointment,
    ObjectReplacement,
    Recusal,
    Substitution,
    TeamMember,
    Visit,
    VisitApproval,
    VisitAssistant,
    VisitRemark,
    VisitTask,
)

__all__ = [
    "CredentialCheck",
    "CredentialDoubt",
    "CredentialKey",
    "LeaderAppointment",
    "MergeConsent",
    "MergeProposal",
    "MutualRecognition",
    "ObjectReplacement",
    "Recusal",
    "Substitution",
    "TeamMember",
    "Visit",
    "VisitApproval",
    "VisitAssistant",
    "VisitRemark",
    "VisitTask",
]
