"""Handing an untrusted PDF to a limited child process, and taking back what it found, or nothing for what cannot be read."""

import json
import subprocess
import tempfile
import threading
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from fieldapp import confined
from fieldapp.documents.sealing import keys
from fieldapp.refusals import Refusal
from fieldapp.words import N_

WALL_SECONDS, WAIT_SECONDS = 20, 2
LIMITS = {"memory": 768 * 1024 * 1024, "cpu_seconds": 10, "output": 64 * 1024}
_CHILD = Path(__file__).with_name("child.py")
_CHILD_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
# Two at a time bound the memory that strangers' files can take together.
_children = threading.BoundedSemaphore(2)


class Busy(Refusal):
    """As many files are being checked as may be at a time, and none was done soon."""

    status = 503


def signature_of(pdf: bytes) -> dict[str, Any] | None:
    """What the last signature of a file is worth, as `child.found_in` says it; None for a file that cannot be read. Raises
    Busy after WAIT_SECONDS."""
    pem = trusted()
    if not _children.acquire(timeout=WAIT_SECONDS):
        raise Busy("documents.checks_busy", N_("正在核对的文件太多，请稍后再试"))
    try:
        return _asked(pem + pdf)
    finally:
        _children.release()


def _asked(given: bytes) -> dict[str, Any] | None:
    with tempfile.TemporaryFile() as question, tempfile.TemporaryFile() as answer:
        question.write(given)
        question.seek(0)
        try:
            ended = subprocess.run(confined.command(_CHILD, **LIMITS), stdin=question, stdout=answer,
                                   stderr=subprocess.DEVNULL, timeout=WALL_SECONDS, env=_CHILD_ENVIRONMENT, check=False)
        except subprocess.TimeoutExpired:
            return None
        answer.seek(0)
        said = answer.read()
    return json.loads(said) if ended.returncode == 0 and said else None


def trusted() -> bytes:
    """Who is believed, as the child reads it: the certificates of seals, then those of time-stamps, each after its length."""
    both = (b"".join(one.public_bytes(Encoding.PEM) for one in sort) for sort in (keys.certificates(), keys.stampers()))
    return b"".join(len(pem).to_bytes(4, "big") + pem for pem in both)
