"""Films, sounds and documents as far as their heads go: made here, a few bytes each."""

import random

from tests.evidence.pictures import mutate

EBML = bytes.fromhex("1a45dfa39f4286810142f7810142f2810442f381084282 84") + b"webm" + bytes.fromhex("42878104")


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + kind + content


def iso(brand: bytes, *handlers: bytes, brands: bytes = b"") -> bytes:
    """An ISO file of that brand with a track for each handler: `vide`, `soun`."""
    tracks = b"".join(box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13)))) for handler in handlers)
    return box(b"ftyp", brand + bytes(4) + (brands or brand)) + box(b"moov", tracks) + box(b"mdat", b"\x11" * 64)


def webm(*codecs: bytes) -> bytes:
    """A WebM file with a track for each codec."""
    tracks = b"".join(b"\xae\x90\x86" + (0x80 + len(codec)).to_bytes(1, "big") + codec for codec in codecs)
    return EBML + bytes.fromhex("18538067") + b"\xff" * 8 + bytes.fromhex("1654ae6b") + tracks + b"\x1f" * 64


FILES = {
    "video/mp4": iso(b"isom", b"vide", b"soun", brands=b"isomiso2avc1mp41"),
    "video/quicktime": iso(b"qt  ", b"vide", b"soun"),
    "video/3gpp": iso(b"3gp4", b"vide", b"soun"),
    "video/webm": webm(b"V_VP8", b"A_OPUS"),
    "audio/webm": webm(b"A_OPUS"),
    "audio/mp4": iso(b"M4A ", b"soun"),
    "audio/mpeg": b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 40,
    "audio/wav": b"RIFF" + (164).to_bytes(4, "little") + b"WAVEfmt " + bytes(150),
    "audio/aac": b"\xff\xf1\x50\x80" * 40,
    "audio/amr": b"#!AMR\n" + b"\x3c" * 120,
    "audio/ogg": b"OggS" + bytes(24) + b"OpusHead" + bytes(100),
    "application/pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
}
# The same, as other phones and browsers write them.
MORE = [
    ("video/mp4", iso(b"iso5", b"vide")), ("video/mp4", iso(b"avc1", b"vide")), ("video/mp4", iso(b"M4V ", b"vide")),
    ("audio/mp4", iso(b"isom", b"soun")), ("audio/mp4", iso(b"iso5", b"soun")), ("audio/mp4", iso(b"3gp4", b"soun")),
]


def mutated(seed: int, rounds: int) -> list[bytes]:
    """Heads cut short, flipped, moved, filled, of every kind in turn."""
    chance, sources = random.Random(seed), list(FILES.values())
    return [mutate(bytearray(sources[number % len(sources)]), chance) for number in range(rounds)]
