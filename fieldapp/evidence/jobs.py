"""What evidence leaves to be done after the commit."""

import logging
from datetime import timedelta
from typing import Any

from fieldapp.evidence import actions, store
from fieldapp.jobs.actions import job

log = logging.getLogger(__name__)


@job("evidence.sweep", every=timedelta(days=1))
def sweep(_facts: dict[str, Any]) -> None:
    """Take away what nobody claims any more."""
    swept = actions.sweep()
    if swept:
        log.info("%s chunks that nobody claimed were taken away", swept)


@job("evidence.free_chunks")
def free_chunks(facts: dict[str, Any]) -> None:
    """Free the room of the chunks of an original that is durable."""
    for name in facts["hashes"]:
        store.discard_chunk(name)
