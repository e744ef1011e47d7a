"""What counts as an original: its hashes, its size, its type by content; and how it is handed out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from urllib.parse import quote

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

MEBIBYTE = 1024 * 1024
CHUNK_SIZE = MEBIBYTE
MOST_CHUNKS = 400
MOST_HASHES = 2000
PICTURE_WIDTHS = (320, 1200)
UNKNOWN_TYPE = "application/octet-stream"
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "video/quicktime": "mov",
    "video/3gpp": "3gp",
    "audio/mp4": "m4a",
    "audio/webm": "weba",
    "audio/mpeg": "mp3",
    "audio/wav": "wav",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/ogg": "ogg",
    "application/pdf": "pdf",
}
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/heic"})
LARGEST = 200 * MEBIBYTE
STALE = timedelta(days=7)
ARRIVING = timedelta(minutes=10)
_SAME = {"audio/m4a": "audio/mp4", "audio/x-m4a": "audio/mp4", "audio/x-wav": "audio/wav", "video/x-m4v": "video/mp4",
         "image/heif": "image/heic"}
# What a film's container says at its head when it holds sound alone.
_SOUND_ALONE = {"video/mp4": ("audio/mp4", b"soun", b"vide"), "video/webm": ("audio/webm", b"\x86\x86A_", b"V_VP"),
                "video/3gpp": ("audio/mp4", b"soun", b"vide")}
_FILM_BRANDS = frozenset({b"iso", b"mp4", b"avc", b"das", b"M4V"})

_HASH = re.compile(r"[0-9a-f]{64}\Z")
_UNSAFE_IN_NAMES = re.compile(r"[\x00-\x1f\x7f-\x9f\"'\\/:*?<>|;%\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class StorageFull(Refusal):
    """The disk has no room: nothing is accepted that could not be kept."""

    status = 507


class StorageFailed(Refusal):
    """The disk failed: what was to be kept is not, and the phone keeps it."""

    status = 503


class QuotaUsedUp(Refusal):
    """A person's day or a visit has sent as much as it may: the phone keeps everything."""

    status = 413


@dataclass(frozen=True, slots=True)
class Quotas:
    """The most bytes that a person may send a day, and that a visit may bring."""

    day: int = 4096 * MEBIBYTE
    visit: int = 8192 * MEBIBYTE


class UnreadablePicture(Refusal):
    """A picture that cannot be opened: the original is kept, there is nothing to show."""


def is_hash(text: object) -> bool:
    """Whether a text is a SHA-256 as 64 lower-case hexadecimal digits: the only thing that becomes a file's name."""
    return isinstance(text, str) and _HASH.match(text) is not None


def check_chunk(name: str, content: bytes) -> None:
    """A chunk has at most 1 MiB, and its name is the SHA-256 of its bytes."""
    if not is_hash(name):
        raise Refusal("evidence.not_a_hash", N_("分片名称不是 SHA-256"), field="sha256")
    if not 0 < len(content) <= CHUNK_SIZE:
        raise Refusal("evidence.chunk_size", N_("分片为空，或者大于 1 MiB"), field="sha256")
    if sha256(content).hexdigest() != name:
        raise Refusal("evidence.chunk_hash", N_("分片内容与其校验值不符，请重新发送"), field="sha256")


def check_quotas(most: Quotas, size: int, *, day: int, visit: int) -> None:
    """A person sends no more a day, and a visit brings no more, than the installation allows."""
    if day + size > most.day:
        raise QuotaUsedUp("evidence.day_quota", N_("今天上传的总量已到上限，没有接收。内容仍在您的手机上，请联系管理员"))
    if visit + size > most.visit:
        raise QuotaUsedUp("evidence.visit_quota", N_("本次检查的证据总量已到上限，没有接收。内容仍在您的手机上，请联系管理员"))


def check_size(size: int) -> None:
    """An original has at most 200 MB."""
    if size > LARGEST:
        raise Refusal("evidence.too_large", N_("单个文件超过 200 MB，没有列入记录"))


def check_hashes(hashes: object) -> list[str]:
    """A list of at most 2,000 hashes."""
    if not isinstance(hashes, list) or len(hashes) > MOST_HASHES or not all(map(is_hash, hashes)):
        raise Refusal("evidence.not_hashes", N_("应为 SHA-256 的列表"), field="hashes")
    return hashes


def chunks_of(content: bytes, size: int = CHUNK_SIZE) -> list[tuple[str, bytes]]:
    """The chunks of a file in order, each under its SHA-256; equal ones as often as they stand in it."""
    parts = (content[start:start + size] for start in range(0, len(content), size))
    return [(sha256(part).hexdigest(), part) for part in parts]


@article("24")
def capture_hash(chunk_hashes: Sequence[str]) -> str:
    """The hash of an original at its capture: SHA-256 over the 32-byte hashes of its chunks, in their order."""
    return sha256(b"".join(map(bytes.fromhex, chunk_hashes))).hexdigest()


@article("24")
def check_capture(captured: str, chunk_hashes: Sequence[str]) -> None:
    """An original is what was captured: its chunks, in their order, give the hash made at the capture."""
    if not 0 < len(chunk_hashes) <= MOST_CHUNKS or not all(map(is_hash, chunk_hashes)):
        raise Refusal("evidence.not_hashes", N_("应为 SHA-256 的列表"), field="chunks")
    if capture_hash(chunk_hashes) != captured:
        raise Refusal("evidence.capture_hash", N_("分片与拍摄时的校验值不符"), field="capture_hash")


def media_type(guessed: str | None, head: bytes = b"") -> str:
    """The type by content, if it is one of those that the product knows; everything else is unknown bytes.

    `head` are the first bytes: they tell a sound recording from a film in the same container, and a phone's film whose
    brand nobody has guessed.
    """
    kind = _SAME.get(guessed or "", guessed or "")
    if not kind and head[4:8] == b"ftyp":
        kind = "video/3gpp" if head[8:11] in (b"3gp", b"3g2") else "video/mp4" if head[8:11] in _FILM_BRANDS else ""
    sound, has, has_not = _SOUND_ALONE.get(kind, ("", b"", b""))
    if sound and has in head and has_not not in head:
        return sound
    return kind if kind in EXTENSIONS else UNKNOWN_TYPE


def check_media_type(kind: str) -> None:
    """Evidence is a picture, a film, a sound or a PDF by its content, never by what its sender calls it."""
    if kind not in EXTENSIONS:
        raise Refusal("evidence.unknown_type", N_("文件不是照片、录像、录音或 PDF，已保存原件，未列入记录"))


def check_width(width: object) -> int:
    """Pictures are made in two widths."""
    if width not in PICTURE_WIDTHS:
        raise Refusal("evidence.picture_width", N_("没有这种宽度的图片"), field="w")
    return int(str(width))


def download_name(name: str, kind: str) -> str:
    """A name for a saved file: the sender's, without what breaks headers or paths, and the extension of the content."""
    stem = _UNSAFE_IN_NAMES.sub("_", name).strip(" ._")[:80].rpartition(".")
    return f"{stem[0] or stem[2] or 'original'}.{EXTENSIONS.get(kind, 'bin')}"


def attachment(name: str, kind: str) -> str:
    """The Content-Disposition of a download (RFC 6266): an ASCII name for old readers, the true one after RFC 5987."""
    safe = download_name(name, kind)
    plain = safe.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"
