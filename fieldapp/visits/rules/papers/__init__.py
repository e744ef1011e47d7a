"""What the papers of a visit say beside its notice: its approval, a decided recusal, the drawing of a substitute."""

from fieldapp.visits.rules.papers.approval import Approval, approval_form
from fieldapp.visits.rules.papers.replacement import (
    Drawing,
    RecusalDecision,
    Replaced,
    recusal_letter,
    substitute_record,
)

__all__ = ["Approval", "Drawing", "RecusalDecision", "Replaced", "approval_form", "recusal_letter", "substitute_record"]
