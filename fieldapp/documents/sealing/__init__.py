"""Sealing finished files, with the own key or by a server that takes its place, and checking files that come back."""

from fieldapp.documents.sealing.signer import Checker, Signer

__all__ = ["Checker", "Signer", "checker_of", "configure", "seal", "use"]

OWN_SCHEME = "PAdES"
_signer: Signer | None = None
_checkers: dict[str, Checker] = {}
_timestamp_url = ""


def configure(timestamp_url: str = "") -> None:
    """Seal with the own key; name an RFC 3161 server for time-stamps, or none."""
    global _signer, _timestamp_url
    _signer, _timestamp_url = None, timestamp_url
    _checkers.clear()


def use(signer: Signer | None = None, checker: Checker | None = None) -> None:
    """Let another service seal from now on, check what is sealed by its scheme, or both."""
    global _signer  # noqa: PLW0603 - one signer for the process
    _signer = signer or _signer
    if checker is not None:
        _checkers[checker.scheme] = checker


def checker_of(scheme: str) -> Checker | None:
    """Who checks the seals of another scheme than the own; None where nobody here can."""
    return _checkers.get(scheme)


def seal(pdf: bytes, *, number: str) -> tuple[bytes, str]:
    """The sealed file, and by which scheme it was sealed."""
    if _signer is None:
        from fieldapp.documents.sealing.pades import PadesSigner  # noqa: PLC0415 - half a second, only where something is sealed

        use(PadesSigner(_timestamp_url))
    if _signer is None:
        raise RuntimeError("nobody seals")
    return _signer.seal(pdf, number=number), _signer.scheme
