"""What counts as an original, and what a download is called."""

from hashlib import sha256
from urllib.parse import unquote

import pytest

from fieldapp.evidence.rules import (
    attachment,
    capture_hash,
    check_capture,
    check_chunk,
    check_hashes,
    check_media_type,
    check_width,
    chunks_of,
    download_name,
    is_hash,
    media_type,
)
from fieldapp.refusals import Refusal

ONE, TWO = sha256(b"one").hexdigest(), sha256(b"two").hexdigest()


def test_a_file_falls_into_chunks_that_give_it_back_equal_ones_too() -> None:
    chunks = chunks_of(b"oneoneX", 3)
    assert [part for _, part in chunks] == [b"one", b"one", b"X"]
    assert [name for name, _ in chunks][:2] == [ONE, ONE]
    assert chunks_of(b"") == []


@pytest.mark.parametrize("name", ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "../" + "0" * 61, "0" * 64 + "\n", None, 7])
def test_nothing_but_a_hash_becomes_a_files_name(name: object) -> None:
    assert not is_hash(name)


@pytest.mark.parametrize(("name", "content"), [(ONE, b"two"), (ONE, b""), (ONE, b"1" * 1_048_577), ("x", b"one")])
def test_a_chunk_is_what_its_name_says(name: str, content: bytes) -> None:
    check_chunk(ONE, b"one")
    with pytest.raises(Refusal):
        check_chunk(name, content)


@pytest.mark.article("24")
def test_an_original_is_its_chunks_in_their_order() -> None:
    whole = sha256(bytes.fromhex(ONE) + bytes.fromhex(TWO)).hexdigest()
    assert capture_hash([ONE, TWO]) == whole
    check_capture(whole, [ONE, TWO])
    for odd in ([TWO, ONE], [ONE], [], [ONE, TWO, TWO], ["x"], [ONE] * 401):
        with pytest.raises(Refusal):
            check_capture(whole, odd)


@pytest.mark.parametrize("said", [None, "x", [1], [ONE, "x"], [ONE] * 2001, {ONE: 1}])
def test_a_list_of_hashes_is_one(said: object) -> None:
    with pytest.raises(Refusal):
        check_hashes(said)


def test_evidence_is_what_its_bytes_are() -> None:
    assert media_type("image/jpeg") == "image/jpeg"
    assert media_type("audio/x-m4a") == "audio/mp4"
    for other in (None, "image/svg+xml", "text/html", "image/gif", "application/zip"):
        assert media_type(other) == "application/octet-stream"
        with pytest.raises(Refusal):
            check_media_type(media_type(other))
    with pytest.raises(Refusal):
        check_width(5000)


@pytest.mark.parametrize(("name", "safe"), [
    ("现场照片.jpg", "现场照片.jpg"), ("a\nSet-Cookie: x.jpg", "a_Set-Cookie_ x.jpg"), ('";filename=x.html', "filename=x.jpg"),
    ("../../etc/passwd", "etc_passwd.jpg"), ("", "original.jpg"), ("...", "original.jpg"), ("\u202egpj.exe", "gpj.jpg"),
    ("\ud800.html", "html.jpg"), ("<img src=x onerror=alert(1)>.html", "img src=x onerror=alert(1)_.jpg"),
    ("长" * 300 + ".jpg", "长" * 80 + ".jpg"), ("CON.jpg", "CON.jpg"), ("\x00\x7f.jpg", "jpg.jpg"), ("100%.jpg", "100_.jpg"),
])
def test_a_hostile_name_harms_no_header_and_no_folder(name: str, safe: str) -> None:
    assert download_name(name, "image/jpeg") == safe
    header = attachment(name, "image/jpeg")
    header.encode("latin-1")
    assert "\n" not in header
    assert "\r" not in header
    assert header.count('"') == 2
    assert unquote(header.rpartition("''")[2]) == safe
