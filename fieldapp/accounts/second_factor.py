"""The place of a second factor at the sign-in; an installation registers one, or none."""

from typing import Protocol
from uuid import UUID


class SecondFactor(Protocol):
    """A second proof of who signs in (a one-time code, a key)."""

    name: str

    def is_required(self, person_id: UUID) -> bool:
        """Whether this person must give it."""

    def accepts(self, person_id: UUID, answer: str) -> bool:
        """Whether the answer is right; a right one counts once."""


class _Registered:
    factor: SecondFactor | None = None


def register(factor: SecondFactor | None) -> None:
    """Put a second factor in place; None takes it away."""
    _Registered.factor = factor


def registered() -> SecondFactor | None:
    """The second factor of this installation, if there is one."""
    return _Registered.factor
