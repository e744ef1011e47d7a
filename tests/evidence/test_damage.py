"""R14 for the originals: whatever is done to a file behind the application is found and named."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from fieldapp import db
from fieldapp.evidence import store
from fieldapp.evidence.check import check_store
from fieldapp.evidence.store import Shelf
from tests.databases import ON_SQLITE
from tests.evidence.media import FILES
from tests.evidence.test_receive_chunk import SignIn
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import send, upload

pytestmark = [ON_SQLITE, pytest.mark.article("24")]
FLIPS = 1000
Damage = Callable[[Path, Path, Random], int]


@pytest.fixture
def originals(client_of: SignIn, scene: Scene, cast: Cast) -> list[Path]:
    """Three originals, received as a phone sends them."""
    phone, browser = Phone(scene, cast.inspector_a), client_of(cast.inspector_a)
    ops, files = [phone.here(), phone.here(cast.inspector_b)], []
    for number, content in enumerate(list(FILES.values())[:3]):
        value, chunks = photo(content)
        upload(browser, chunks)
        ops.append(phone.op("add", scene.path(f"evidence/00000000-0000-7000-8000-{number:012d}"), value))
        files.append(store.path(Shelf.ORIGINALS, sha256(content).hexdigest()))
    send(browser, phone, *ops)
    return files


def flip(file: Path, _other: Path, chance: Random) -> int:
    content = bytearray(file.read_bytes())
    place = chance.randrange(8 * len(content))
    content[place // 8] ^= 1 << place % 8
    file.write_bytes(content)
    return 1


def cut(file: Path, _other: Path, chance: Random) -> int:
    content = file.read_bytes()
    file.write_bytes(content[:chance.randrange(len(content))])
    return 1


def lengthen(file: Path, _other: Path, chance: Random) -> int:
    file.write_bytes(file.read_bytes() + chance.randbytes(1 + chance.randrange(9)))
    return 1


def exchange(file: Path, other: Path, _chance: Random) -> int:
    content = file.read_bytes()
    file.write_bytes(other.read_bytes())
    other.write_bytes(content)
    return 2


def take_away(file: Path, _other: Path, _chance: Random) -> int:
    file.unlink()
    return 1


@pytest.mark.parametrize(("damage", "times"), [(flip, FLIPS), (cut, 100), (lengthen, 100), (exchange, 20), (take_away, 20)])
def test_every_damage_is_found_and_named(originals: list[Path], damage: Damage, times: int) -> None:
    chance, whole = Random(14), {file: file.read_bytes() for file in originals}
    for _ in range(times):
        file, other = chance.sample(originals, 2)
        files = damage(file, other, chance)
        with db.transaction(write=False):
            found = check_store()
        assert {*found.missing, *found.mismatched} == {one.name for one in (file, other)[:files]}, (damage, file)
        for one in (file, other):
            one.write_bytes(whole[one])
    with db.transaction(write=False):
        assert check_store().is_sound
