"""Issuing what a visit leaves on paper beside its notice."""

from fieldapp.visits.actions.issuing.approval import issue_approval
from fieldapp.visits.actions.issuing.interview import write_interview
from fieldapp.visits.actions.issuing.replacement import issue_recusal_decision, issue_substitute_record

__all__ = ["issue_approval", "issue_recusal_decision", "issue_substitute_record", "write_interview"]
