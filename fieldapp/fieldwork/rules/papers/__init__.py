"""What the papers of a settled record say: the record form, the transcript of the site, the service receipt."""

from fieldapp.fieldwork.rules.papers.record import record_parts
from fieldapp.fieldwork.rules.papers.service import Served, service_parts
from fieldapp.fieldwork.rules.papers.transcript import transcript_parts

__all__ = ["Served", "record_parts", "service_parts", "transcript_parts"]
