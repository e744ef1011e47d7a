"""A sheet handed in: its rows with what was found in them, until a person accepts it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fieldapp.accounts.models import Division, Person
from fieldapp.db import Identified, Model


class ImportBatch(Identified, Model):
    """One sheet: who handed it in for which division, what kind it is, what became of it."""

    __tablename__ = "import_batch"
    kind: Mapped[str] = mapped_column(sa.String(20))
    file_name: Mapped[str] = mapped_column(sa.String(200))
    file_hash: Mapped[str] = mapped_column(sa.String(64))
    division_id: Mapped[UUID] = mapped_column(sa.ForeignKey("division.id"), index=True)
    handed_in_by: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"))
    handed_in_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(sa.String(20))
    item_code: Mapped[str | None] = mapped_column(sa.String(20))
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    rows_done: Mapped[int] = mapped_column(default=0)
    rows_total: Mapped[int] = mapped_column(default=0)
    decided_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    remark: Mapped[str | None] = mapped_column(sa.Text)
    division: Mapped[Division] = relationship(lazy="joined")
    hander: Mapped[Person] = relationship(foreign_keys=[handed_in_by], lazy="joined")


class ImportRow(Identified, Model):
    """One row of a sheet: `number` as in the sheet, the values read, the findings, a person's choice."""

    __tablename__ = "import_row"
    __table_args__ = (sa.UniqueConstraint("batch_id", "number"),)
    batch_id: Mapped[UUID] = mapped_column(sa.ForeignKey("import_batch.id"), index=True)
    number: Mapped[int]
    verdict: Mapped[str] = mapped_column(sa.String(20), index=True)
    kinds: Mapped[list[str]] = mapped_column(default=list)
    values: Mapped[dict[str, Any]]
    findings: Mapped[list[Any]]
    choice: Mapped[str | None] = mapped_column(sa.String(20))
    chosen_by: Mapped[UUID | None] = mapped_column(sa.ForeignKey("person.id"))
