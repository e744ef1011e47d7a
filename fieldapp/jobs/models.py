"""The job table."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fieldapp.db import Identified, Model


class Job(Identified, Model):
    """One piece of work to be done after the commit that asked for it."""

    __tablename__ = "job"
    __table_args__ = (sa.Index("ix_job_due", "finished_at", "run_after"),)
    kind: Mapped[str] = mapped_column(sa.String(80))
    facts: Mapped[dict[str, Any]]
    asked_at: Mapped[datetime]
    run_after: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    last_error: Mapped[str | None] = mapped_column(sa.Text)
    gave_up_at: Mapped[datetime | None]
