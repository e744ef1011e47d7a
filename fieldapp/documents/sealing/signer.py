"""Who seals a finished file and who checks a seal. The own ones do it by PAdES with the department's key; a certified server
stands in their place.
"""

from typing import Any, Protocol


class Signer(Protocol):
    """A sealing service: bytes of a finished PDF in, bytes of the sealed PDF out, nothing of its pages changed.

    A certified server (SM2, GB/T 38540) is such an object: given to `sealing.use`, it signs instead of the own key.
    """

    @property
    def scheme(self) -> str:
        """How it signs, as the register shows it: "PAdES/ECDSA-P256"."""

    def seal(self, pdf: bytes, *, number: str) -> bytes:
        """The sealed file; raises whatever hinders it: a file is never handed out half sealed."""


class Checker(Protocol):
    """The checking half: what the seals of one scheme are worth. Given to `sealing.use` beside its signer, or alone for files
    that an earlier service has sealed."""

    @property
    def scheme(self) -> str:
        """The scheme whose seals it checks, as the register shows it."""

    def found_in(self, pdf: bytes) -> dict[str, Any] | None:
        """What the last seal of a registered file is worth, None where it cannot be read: `bottom_line`, whether it holds and
        is believed; `covers_all`, whether it is over the whole file; `at`, when it says to have been made, or "". Untrusted
        bytes come in: open them apart (`fieldapp.confined`)."""
