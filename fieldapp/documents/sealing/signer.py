"""Who seals a finished file. The own one signs by PAdES with the department's key; a certified server stands in its place."""

from typing import Protocol


class Signer(Protocol):
    """A sealing service: bytes of a finished PDF in, bytes of the sealed PDF out, nothing of its pages changed.

    A certified server (SM2, GB/T 38540) is such an object: given to `sealing.use`, it signs instead of the own key.
    """

    @property
    def scheme(self) -> str:
        """How it signs, as the register shows it: "PAdES/ECDSA-P256"."""

    def seal(self, pdf: bytes, *, number: str) -> bytes:
        """The sealed file; raises whatever hinders it: a file is never handed out half sealed."""
