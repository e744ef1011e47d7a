"""What the registry has done after the commit: taking an accepted sheet in, step by step."""

from typing import Any
from uuid import UUID

from fieldapp.accounts.queries import person
from fieldapp.jobs.actions import job
from fieldapp.registry import actions


@job("registry.accept_rows")
def accept_rows(facts: dict[str, Any]) -> None:
    """Take the next rows of an accepted sheet in, in the name of whoever accepted it."""
    by = person(UUID(facts["person_id"])).officer
    actions.accept_rows(UUID(facts["batch_id"]), facts["beyond"], by=by)
