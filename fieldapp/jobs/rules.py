"""When a job is tried again, and when a person has to look."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

MOST_TRIES = 12
LEASE = timedelta(minutes=10)


def pause_after(tries: int) -> timedelta:
    """How long to wait after the `tries`-th failure: 2 s doubled each time, at most an hour."""
    return timedelta(seconds=min(3600, 2**tries))


def turn(kind: str, moment: datetime, every: timedelta) -> UUID:
    """The id of the job that recurs, one for each span, whoever asks for it."""
    return uuid5(NAMESPACE_URL, f"{kind}/{every.total_seconds():.0f}/{moment.timestamp() // every.total_seconds():.0f}")
