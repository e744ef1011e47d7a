"""Agencies and experts, what they are entrusted with, what they hand in."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model, append_only
from fieldapp.documents.models import Document
from fieldapp.evidence.models import Original
from fieldapp.registry.models import InspectionObject, Inspector
from fieldapp.visits.models import VisitAssistant, VisitTask


class EntrustedParty(Identified, Model):
    """An agency or an expert of the directory; `division_id` is whose entry it is, None that of legal affairs."""

    __tablename__ = "entrusted_party"
    kind: Mapped[str] = mapped_column(sa.String(20))
    name: Mapped[str] = mapped_column(sa.String(120))
    code: Mapped[str] = mapped_column(sa.String(18), default="")
    unit: Mapped[str] = mapped_column(sa.String(120), default="")
    fields_of_work: Mapped[str] = mapped_column(sa.String(200))
    contact: Mapped[str] = mapped_column(sa.String(120), default="")
    division_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("division.id"))
    added_at: Mapped[datetime]
    added_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(sa.Text, default="")
    division: Mapped[Division | None] = relationship(lazy="joined")
    certificates: Mapped[list["PartyCertificate"]] = relationship(order_by="PartyCertificate.id", lazy="selectin")
    interests: Mapped[list["PartyInterest"]] = relationship(order_by="PartyInterest.id", lazy="selectin")


class PartyCertificate(Identified, Model):
    """A qualification with its evidence: renewed by another row beside it, never changed."""

    __tablename__ = "party_certificate"
    party_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entrusted_party.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    number: Mapped[str] = mapped_column(sa.String(60))
    issuer: Mapped[str] = mapped_column(sa.String(120), default="")
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    original_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("evidence_original.id"))
    file_name: Mapped[str] = mapped_column(sa.String(200), default="")
    entered_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    original: Mapped[Original | None] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """A qualification belongs to its holder's case."""
        return self.party_id


class PartyInterest(Identified, Model):
    """A declared interest in an enterprise, by name until it is in the directory, or with an inspector."""

    __tablename__ = "party_interest"
    party_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entrusted_party.id"), index=True)
    object_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspection_object.id"))
    object_name: Mapped[str] = mapped_column(sa.String(120), default="")
    inspector_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("inspector.id"))
    text: Mapped[str] = mapped_column(sa.Text)
    entered_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    object: Mapped[InspectionObject | None] = relationship(lazy="joined")
    inspector: Mapped[Inspector | None] = relationship(lazy="joined")

    @property
    def case_id(self) -> UUID:
        """What is declared belongs to the declarer's case."""
        return self.party_id


class Entrustment(Model):
    """An agency entrusted, or an expert invited, for a visit or one task of it; one row with the visit's assistant."""

    __tablename__ = "entrustment"
    id: Mapped[UUID] = mapped_column(sa.ForeignKey("visit_assistant.id"), primary_key=True)
    party_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entrusted_party.id"), index=True)
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"))
    visit_task_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("visit_task.id"))
    work: Mapped[str] = mapped_column(sa.String(20))
    scope: Mapped[str] = mapped_column(sa.Text)
    basis: Mapped[str] = mapped_column(sa.Text)
    asked_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    ending: Mapped[str | None] = mapped_column(sa.String(20))
    document_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("document.id"))
    assistant: Mapped[VisitAssistant] = relationship(lazy="joined")
    party: Mapped[EntrustedParty] = relationship(lazy="joined")
    division: Mapped[Division] = relationship(lazy="joined")
    visit_task: Mapped[VisitTask | None] = relationship(lazy="joined")
    document: Mapped[Document | None] = relationship(lazy="joined")
    asker: Mapped[Person] = relationship(foreign_keys=[asked_by], lazy="joined")
    recusals: Mapped[list["EntrustedRecusal"]] = relationship(order_by="EntrustedRecusal.id", lazy="selectin")
    reports: Mapped[list["EntrustmentReport"]] = relationship(order_by="EntrustmentReport.id", lazy="selectin")

    @property
    def case_id(self) -> UUID:
        """An entrustment belongs to its visit's case."""
        return self.assistant.visit_id


class EntrustedRecusal(Identified, Model):
    """That an agency or expert stay away: said by themselves, by the inspected party, or found by the division."""

    __tablename__ = "entrusted_recusal"
    entrustment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entrustment.id"), index=True)
    said_by: Mapped[str] = mapped_column(sa.String(20))
    text: Mapped[str] = mapped_column(sa.Text)
    noted_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    decision: Mapped[str | None] = mapped_column(sa.String(20))
    opinion: Mapped[str] = mapped_column(sa.Text, default="")
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]


class EntrustmentReport(Identified, Model):
    """A report as it was handed in: the original with its hash, who signed it and when; `is_annex` after the record."""

    __tablename__ = "entrustment_report"
    entrustment_id: Mapped[UUID] = mapped_column(sa.ForeignKey("entrustment.id"), index=True)
    original_id: Mapped[UUID] = mapped_column(sa.ForeignKey("evidence_original.id"))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    author: Mapped[str] = mapped_column(sa.String(120))
    made_on: Mapped[date]
    summary: Mapped[str] = mapped_column(sa.Text)
    is_annex: Mapped[bool]
    handed_in_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    at: Mapped[datetime]
    original: Mapped[Original] = relationship(lazy="joined")
    giver: Mapped[Person] = relationship(lazy="joined")


append_only(PartyCertificate, PartyInterest, EntrustmentReport)
