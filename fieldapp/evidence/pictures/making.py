"""Handing an untrusted picture to a limited child process, and taking back JPEGs or a refusal."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from fieldapp import confined
from fieldapp.evidence import store
from fieldapp.evidence.rules import UnreadablePicture
from fieldapp.evidence.store import Shelf
from fieldapp.words import N_

WIDTH_ON_PAPER = 640
_CHILD = confined.Program(Path(__file__).with_name("child.py"), wall_seconds=10, cpu_seconds=5,
                          memory=480 * 1024 * 1024, output=16 * 1024 * 1024)


def make_pictures(original: Path, widths: Sequence[int]) -> list[bytes]:
    """A JPEG in each width, upright and without metadata, or the refusal of a picture that cannot be opened."""
    try:
        with original.open("rb") as file:
            answer = BytesIO(_CHILD.answer(file, *widths))
    except confined.Unanswered as ended:
        raise _unreadable() from ended
    return [answer.read(int.from_bytes(answer.read(4), "big")) for _ in widths]


def picture_of(sha256: str) -> bytes | None:
    """The small picture of an original, for a document; None for what is no picture or cannot be opened."""
    try:
        return make_pictures(store.path(Shelf.ORIGINALS, sha256), [WIDTH_ON_PAPER])[0]
    except (UnreadablePicture, FileNotFoundError):
        return None


def _unreadable() -> UnreadablePicture:
    return UnreadablePicture("evidence.picture_unreadable", N_("这张照片无法打开，原件已原样保存，可以下载"))
