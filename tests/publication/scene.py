"""Results on their way: entered after the review, published by the head."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from fieldapp import db
from fieldapp.publication import actions
from fieldapp.publication.models import InspectionResult
from tests.people import Cast
from tests.review.scene import approved_review, run_jobs


def entered_result(cast: Cast, **record: Any) -> UUID:
    """A result that waits for the head's publication."""
    approved_review(cast, **record)
    run_jobs()
    with db.transaction(write=False):
        return db.session.scalars(sa.select(InspectionResult.id)).one()


def published_result(cast: Cast, **record: Any) -> UUID:
    """A result that everybody can read."""
    result_id = entered_result(cast, **record)
    with db.transaction(write=True):
        actions.publish_result(result_id, by=cast.head.officer)
    return result_id
