"""Handing an untrusted PDF to a limited child process, and taking back what it found, or nothing for what cannot be read."""

import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from fieldapp import confined
from fieldapp.documents import sealing
from fieldapp.documents.sealing import keys
from fieldapp.refusals import Refusal
from fieldapp.words import N_

WAIT_SECONDS = 2
_CHILD = confined.Program(Path(__file__).with_name("child.py"), wall_seconds=20, cpu_seconds=10,
                          memory=768 * 1024 * 1024, output=64 * 1024)


class Busy(Refusal):
    """As many files are being checked as may be at a time, and none was done soon."""

    status = 503


def signature_of(pdf: bytes) -> dict[str, Any] | None:
    """What the last signature of a file is worth, as `child.found_in` says it; None for a file that cannot be read. Raises
    Busy after WAIT_SECONDS."""
    try:
        said = _CHILD.answer(trusted() + pdf, wait=WAIT_SECONDS)
    except confined.Occupied as occupied:
        raise Busy("documents.checks_busy", N_("正在核对的文件太多，请稍后再试")) from occupied
    except confined.Unanswered:
        return None
    return json.loads(said) if said else None


def found_by(scheme: str | None, pdf: bytes) -> dict[str, Any] | None:
    """What the seal of a file is worth, by whoever checks the scheme under which it is registered, the own one for what is not
    registered. Where nobody here can, that is all that is found: `unchecked`."""
    if scheme in {None, sealing.OWN_SCHEME}:
        return signature_of(pdf)
    checker = sealing.checker_of(scheme)
    return checker.found_in(pdf) if checker is not None else {"unchecked": True}


def trusted() -> bytes:
    """Who is believed, as the child reads it: the certificates of seals, then those of time-stamps, each after its length."""
    both = (b"".join(one.public_bytes(Encoding.PEM) for one in sort) for sort in (keys.certificates(), keys.stampers()))
    return b"".join(len(pem).to_bytes(4, "big") + pem for pem in both)
