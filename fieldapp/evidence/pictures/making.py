"""Handing an untrusted picture to a limited child process, and taking back JPEGs or a refusal."""

import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path

from fieldapp import confined
from fieldapp.evidence import store
from fieldapp.evidence.rules import UnreadablePicture
from fieldapp.evidence.store import Shelf
from fieldapp.words import N_

WALL_SECONDS = 10
WIDTH_ON_PAPER = 640
LIMITS = {"memory": 480 * 1024 * 1024, "cpu_seconds": 5, "output": 16 * 1024 * 1024}
_CHILD = Path(__file__).with_name("child.py")
_CHILD_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"}
# Two at a time bound the memory that pictures can take together.
_children = threading.BoundedSemaphore(2)


def make_pictures(original: Path, widths: Sequence[int]) -> list[bytes]:
    """A JPEG in each width, upright and without metadata, or the refusal of a picture that cannot be opened.

    """
    with _children, original.open("rb") as question, tempfile.TemporaryFile() as answer:
        try:
            ended = subprocess.run(confined.command(_CHILD, *widths, **LIMITS), stdin=question, stdout=answer,
                                   stderr=subprocess.DEVNULL, timeout=WALL_SECONDS, env=_CHILD_ENVIRONMENT, check=False)
        except subprocess.TimeoutExpired as late:
            raise _unreadable() from late
        if ended.returncode != 0:
            raise _unreadable()
        answer.seek(0)
        return [answer.read(int.from_bytes(answer.read(4), "big")) for _ in widths]


def picture_of(sha256: str) -> bytes | None:
    """The small picture of an original, for a document; None for what is no picture or cannot be opened."""
    try:
        return make_pictures(store.path(Shelf.ORIGINALS, sha256), [WIDTH_ON_PAPER])[0]
    except (UnreadablePicture, FileNotFoundError):
        return None


def _unreadable() -> UnreadablePicture:
    return UnreadablePicture("evidence.picture_unreadable", N_("这张照片无法打开，原件已原样保存，可以下载"))
