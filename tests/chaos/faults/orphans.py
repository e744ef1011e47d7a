"""What must not be left lying when everything has settled: files without rows, rows without files, half-done work."""

from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.documents import files, making
from fieldapp.documents.sealing import keys
from fieldapp.evidence import actions as evidence
from fieldapp.evidence import pictures, store
from fieldapp.evidence.models import Original
from fieldapp.jobs import actions as jobs
from fieldapp.jobs.models import Job
from tests.chaos.audit import Findings, audit
from tests.chaos.phone import Phone

LATER = (timedelta(minutes=20), timedelta(hours=3), timedelta(days=8))


def settle(media: Path) -> None:
    """Let the product do what it left for later: its jobs, the sweeping of what nobody claimed within a week."""
    store.configure(media)
    files.configure(media / "documents")
    keys.configure(media / "document-keys", "示例机关")
    making.configure("http://localhost", pictures.picture_of)
    now = clock.now()
    try:
        for span in LATER:
            clock.set_source(lambda span=span: now + span)  # type: ignore[misc]
            jobs.run_all_due()
        with db.transaction(write=True):
            evidence.sweep()
    finally:
        clock.set_source(None)


def findings(phones: list[Phone], media: Path) -> list[str]:
    """Everything that is lost, doubled, torn, left over."""
    found: Findings = audit(phones, media)
    return found.all() + orphans(media)


def orphans(media: Path) -> list[str]:
    """Files that no row names, and jobs that nobody will do."""
    with db.transaction(write=False):
        kept = set(db.scalars(sa.select(Original.sha256)))
        given_up = db.scalars(sa.select(Job.kind).where(Job.finished_at.is_(None)))
    left = [f"staged: {file.name}" for file in (media / "staging").iterdir()]
    left += [f"chunk: {file.name}" for file in (media / "chunks").glob("??/*")]
    left += [f"original: {file.name}" for file in (media / "originals").glob("??/*") if file.name not in kept]
    return left + [f"job: {kind}" for kind in given_up]
