"""How many bytes one person may send a day, and how many one visit may bring: as the installation decides."""

from datetime import datetime, time
from uuid import UUID

from fieldapp import clock
from fieldapp.evidence import queries, rules

_most = rules.Quotas()


def configure(*, day: int, visit: int) -> None:
    """Say how many bytes a person may send a day, and how many a visit may bring."""
    global _most  # noqa: PLW0603 - one installation for the process
    _most = rules.Quotas(day, visit)


def check_room(person_id: UUID, visit_id: UUID | None, size: int) -> None:
    """Refuse a chunk of that size when its sender's day or its visit has no room for it."""
    begin = datetime.combine(clock.today(), time(), tzinfo=clock.SHANGHAI)
    rules.check_quotas(_most, size, day=queries.bytes_sent(person_id, begin), visit=queries.bytes_of_visit(visit_id))
