"""The store on the local disk: files under the hash of their content, written so that a power cut takes nothing back."""

import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from errno import EDQUOT, ENOSPC
from hashlib import new, sha256
from pathlib import Path
from typing import BinaryIO

from fieldapp import ids
from fieldapp.evidence.rules import MEBIBYTE, StorageFailed, StorageFull, is_hash
from fieldapp.words import N_

HEAD = 8192
log = logging.getLogger(__name__)


class Shelf(StrEnum):
    """The folders of the store."""

    CHUNKS = "chunks"
    ORIGINALS = "originals"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class Joined:
    """An original put together: the hashes of the whole file, its size, its first bytes."""

    sha256: str
    sm3: str
    size: int
    head: bytes


_root: Path | None = None
_low_water = 200 * MEBIBYTE


def configure(folder: Path, *, low_water: int = 200 * MEBIBYTE) -> None:
    """Say where the store is, how many bytes of its disk stay free, and make its folders."""
    global _root, _low_water
    _root, _low_water = folder, low_water
    for name in (*Shelf, "staging"):
        (folder / name).mkdir(parents=True, exist_ok=True)


def path(shelf: Shelf, name: str) -> Path:
    """Where the file of that hash lies: 256 folders a shelf; nothing but a hash ever becomes a path."""
    if not is_hash(name):
        raise ValueError("not a hash")
    return _folder() / shelf / name[:2] / name


def holds(shelf: Shelf, name: str) -> bool:
    """Whether the file is there."""
    return path(shelf, name).is_file()


def keep_on(shelf: Shelf, name: str) -> bool:
    """Whether the file is there; if so it is as if it had come just now."""
    try:
        os.utime(path(shelf, name))
    except FileNotFoundError:
        return False
    return True


def files(shelf: Shelf) -> Iterator[tuple[str, os.stat_result]]:
    """The files of a shelf by name, with their sizes and times."""
    for folder in sorted((_folder() / shelf).iterdir()):
        for file in sorted(folder.iterdir()):
            with suppress(FileNotFoundError):
                yield file.name, file.stat()


def sweep(shelf: Shelf, before: datetime) -> list[str]:
    """Take away the files of a shelf that nobody has written or asked for since; their names."""
    swept = []
    for name, found in files(shelf):
        if found.st_mtime < before.timestamp() and path(shelf, name).stat().st_mtime < before.timestamp():
            path(shelf, name).unlink(missing_ok=True)
            swept.append(name)
    return swept


def sweep_staging(before: datetime) -> None:
    """Take away what writes that were cut off have left."""
    for file in (_folder() / "staging").iterdir():
        with suppress(FileNotFoundError):
            if file.stat().st_mtime < before.timestamp():
                file.unlink()


def hashes_of(shelf: Shelf, name: str) -> tuple[str, str]:
    """SHA-256 and SM3 of a file as it lies on the disk."""
    whole, sm3 = sha256(), new("sm3")
    with path(shelf, name).open("rb") as file:
        while content := file.read(MEBIBYTE):
            whole.update(content)
            sm3.update(content)
    return whole.hexdigest(), sm3.hexdigest()


def size_of(chunk_names: Iterable[str]) -> int:
    """How many bytes those of these chunks have that are here."""
    parts = (path(Shelf.CHUNKS, name) for name in chunk_names)
    return sum(part.stat().st_size for part in parts if part.is_file())


def check_room(wanted: int = 0) -> None:
    """Accept nothing once the disk is down to its low-water mark."""
    if shutil.disk_usage(_folder()).free < _low_water + wanted:
        raise _full()


def put(shelf: Shelf, content: bytes) -> str:
    """Keep bytes under their SHA-256, durably; True durability comes before any answer."""
    name = sha256(content).hexdigest()
    if not holds(shelf, name):
        check_room(len(content))
        with _staged(lambda: path(shelf, name)) as file:
            file.write(content)
    return name


def join(chunk_names: Iterable[str]) -> Joined | None:
    """Put an original together out of its chunks, bit-exact, under the SHA-256 of the whole; None if a chunk is missing."""
    names = list(chunk_names)
    parts = [path(Shelf.CHUNKS, name) for name in names]
    if not all(part.is_file() for part in parts):
        return None
    check_room(size_of(names))
    try:
        return _write_out(parts)
    except FileNotFoundError:
        # A chunk that another original shares was freed at this moment: the phone sends it again.
        return None


def _write_out(parts: Iterable[Path]) -> Joined:
    whole, sm3, size, head = sha256(), new("sm3"), 0, b""
    with _staged(lambda: path(Shelf.ORIGINALS, whole.hexdigest())) as file:
        for part in parts:
            content = part.read_bytes()
            whole.update(content)
            sm3.update(content)
            size, head = size + len(content), head or content[:HEAD]
            file.write(content)
    return Joined(whole.hexdigest(), sm3.hexdigest(), size, head)


def discard_chunk(name: str) -> None:
    """Free the room of a chunk whose original is durable."""
    path(Shelf.CHUNKS, name).unlink(missing_ok=True)


@contextmanager
def _staged(target: Callable[[], Path]) -> Iterator[BinaryIO]:
    """Stage, fsync, rename, fsync the folder: the file is there whole or not at all."""
    staging = _folder() / "staging" / ids.uuid7().hex
    try:
        with staging.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        final = target()
        _make_folder(final.parent)
        staging.replace(final)
        _fsync_folder(final.parent)
    except OSError as error:
        if error.errno in (ENOSPC, EDQUOT):
            raise _full() from error
        if isinstance(error, FileNotFoundError):
            raise
        log.exception("the disk of the evidence failed")
        raise StorageFailed("evidence.storage_failed", N_("系统忙，刚才的操作没有保存。请稍后重试。")) from error
    finally:
        staging.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    if not folder.is_dir():
        folder.mkdir(exist_ok=True)
        _fsync_folder(folder.parent)


def _fsync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _folder() -> Path:
    if _root is None:
        raise RuntimeError("the evidence store is not configured")
    return _root


def _full() -> StorageFull:
    return StorageFull("evidence.storage_full", N_("服务器存储空间不足，没有接收。内容仍保存在您的手机上。"))
