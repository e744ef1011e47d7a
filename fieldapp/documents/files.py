"""The sealed files on the disk, under the hash of their content; written so that a power cut takes nothing back."""

import os
from hashlib import new, sha256
from pathlib import Path

from fieldapp import ids

_folder: Path | None = None


class FileChanged(Exception):
    """The file on the disk is missing or is not the one that was kept: it is not handed out."""


def configure(folder: Path) -> None:
    """Say where the files lie, and make the folder."""
    global _folder  # noqa: PLW0603 - one store for the process
    _folder = folder
    folder.mkdir(parents=True, exist_ok=True)


def keep(content: bytes) -> tuple[str, str]:
    """Keep a file durably; its SHA-256 and SM3 in hexadecimal digits."""
    name, sm3 = sha256(content).hexdigest(), new("sm3", content).hexdigest()
    place = _place(name)
    if not place.is_file():
        place.parent.mkdir(exist_ok=True)
        staged = place.with_name(f"{name}.{ids.uuid7().hex}")
        with staged.open("xb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        staged.replace(place)
        _sync(place.parent)
    return name, sm3


def read(name: str) -> bytes:
    """A file by its SHA-256; raises FileChanged rather than hand out another."""
    try:
        content = _place(name).read_bytes()
    except FileNotFoundError as missing:
        raise FileChanged(name) from missing
    if sha256(content).hexdigest() != name:
        raise FileChanged(name)
    return content


def _place(name: str) -> Path:
    if _folder is None:
        raise RuntimeError("the store of the documents is not configured")
    if len(name) != 64 or set(name) - set("0123456789abcdef"):
        raise ValueError("not a hash")
    return _folder / name[:2] / name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
