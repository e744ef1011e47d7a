"""The seal on a file, without the register: what it is worth, and what becomes of it when a byte changes."""

import json
import random
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from fieldapp.documents import rules, sealing
from fieldapp.documents.rules import Held, Verdict, verdict
from fieldapp.documents.sealing import checking, child, keys
from tests.documents.test_file import rendered

FLIPS, FULL_FLIPS = 100, 2000
NOT_HELD = Held(is_registered=False, is_voided=False, signed_part_is_registered=False)


@pytest.fixture
def own_keys(tmp_path: Path) -> None:
    """The keys of a department of its own, where no application is wanted."""
    keys.configure(tmp_path / "keys", "某省科学技术厅（示例）")
    sealing.configure()


def sealed(number: str = "鲁科抽试〔2026〕1号") -> bytes:
    return sealing.seal(rendered([rules.text("检查结果：合格")], number), number=number)[0]


def found(pdf: bytes) -> dict[str, Any] | None:
    """What the child finds in a file, in this process: the same function, without its start."""
    answer = BytesIO()
    with ThreadPoolExecutor(1) as alone:  # this thread may have a browser's event loop
        ended = alone.submit(child.main, BytesIO(checking.trusted() + pdf), answer).result()
    return json.loads(answer.getvalue()) if ended == 0 else None


def test_what_is_no_document_of_ours_is_named(own_keys: None, tmp_path: Path) -> None:
    ours = sealed()
    unsigned = found(rendered([]))
    assert verdict(unsigned, NOT_HELD) is Verdict.UNSIGNED
    for junk in (b"%PDF-1.7", b"x" * 4096, ours[:4000], b""):
        assert verdict(found(junk), NOT_HELD) is Verdict.UNREADABLE
    keys.configure(tmp_path / "others", "别的机关")
    assert verdict(found(ours), NOT_HELD) is Verdict.FOREIGN


def test_a_changed_byte_is_always_refused(own_keys: None) -> None:
    refuse_flips(FLIPS)


@pytest.mark.full
def test_two_thousand_changed_bytes_are_refused(own_keys: None) -> None:
    refuse_flips(FULL_FLIPS)


def refuse_flips(count: int) -> None:
    """One byte changed at a place of chance (the seed is printed): never taken for good, and never for whole and registered."""
    seed = random.SystemRandom().randrange(10**6)
    print("seed", seed)
    chance, pdf = random.Random(seed), sealed()
    good = found(pdf)
    assert good is not None
    assert (good["bottom_line"], good["covers_all"]) == (True, True)
    named = {Verdict.UNREADABLE, Verdict.ALTERED, Verdict.NOT_WHOLE, Verdict.NOT_REGISTERED, Verdict.UNSIGNED, Verdict.FOREIGN}
    for _ in range(count):
        place = chance.randrange(len(pdf))
        changed = pdf[:place] + bytes([pdf[place] ^ (1 << chance.randrange(8))]) + pdf[place + 1:]
        assert verdict(found(changed), NOT_HELD) in named, place


def test_a_file_in_the_register_whose_signature_does_not_hold_is_not_good() -> None:
    held = Held(is_registered=True, is_voided=False, signed_part_is_registered=True)
    good = {"signatures": 1, "bottom_line": True, "covers_all": True}
    assert verdict(good, held) is Verdict.REGISTERED
    for broken in (None, good | {"bottom_line": False}, good | {"covers_all": False}):
        assert verdict(broken, held) is Verdict.SEAL_BROKEN


def test_another_service_can_seal(own_keys: None) -> None:
    class Certified:
        scheme = "SM2/GM-T-0031"

        def seal(self, pdf: bytes, *, number: str) -> bytes:
            return pdf + number.encode()

    sealing.use(Certified())
    assert sealing.seal(b"pdf", number="1号") == ("pdf1号".encode(), "SM2/GM-T-0031")
    sealing.configure()


def test_the_child_that_opens_a_file_says_the_same_and_ends_at_what_it_cannot_read(own_keys: None) -> None:
    pdf = sealed()
    assert checking.signature_of(pdf) == found(pdf)
    assert checking.signature_of(b"%PDF-1.7 nothing") is None
