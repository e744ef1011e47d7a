"""Which job is due, and which have failed."""

from datetime import datetime

import sqlalchemy as sa

from fieldapp import db
from fieldapp.jobs.models import Job


def next_due(moment: datetime) -> Job | None:
    """The job that has waited longest and that no worker holds; on PostgreSQL no second worker sees it."""
    free = sa.or_(Job.leased_until.is_(None), Job.leased_until < moment)
    due = sa.select(Job).where(Job.finished_at.is_(None), Job.gave_up_at.is_(None), Job.run_after <= moment, free)
    return db.session.scalars(due.order_by(Job.run_after).limit(1).with_for_update(skip_locked=True)).first()
