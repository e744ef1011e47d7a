"""The log as files: names, sizes and contents by the rules of a foreign reader."""

from base64 import b64decode
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldapp import db, merkle
from fieldapp.accounts.models import Division
from fieldapp.ledger import queries, rules
from fieldapp.ledger.actions import record_many, sequence, sign_checkpoint
from fieldapp.ledger.export import export
from tests.people import Cast


@pytest.fixture
def grown(cast: Cast) -> None:
    """Some more than two full tiles of entries, signed."""
    with db.transaction(write=True):
        rows = [db.session.get_one(Division, division) for division in (cast.division, cast.other_division)]
        for _ in range(280):
            record_many(cast.legal.officer, "accounts.division_renamed", rows)
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()


def test_paths_are_those_of_the_specification() -> None:
    assert rules.tile_path(0, 1234067) == "tile/0/x001/x234/067"
    assert rules.tile_path(1, 0) == "tile/1/000"
    assert rules.tile_path(0, 273, 112) == "tile/0/273.p/112"
    assert rules.tile_path("entries", 1000, 1) == "tile/entries/x001/000.p/1"


def test_a_tree_of_70000_has_the_tiles_of_the_specification() -> None:
    tiles = list(rules.tiles_of(70_000))
    assert [tile for tile in tiles if tile[2] < 256] == [(0, 273, 112), (1, 1, 17), (2, 0, 1)]
    assert sum(level == 0 and width == 256 for level, _, width in tiles) == 273
    assert (1, 0, 256) in tiles
    assert list(rules.tiles_of(256)) == [(0, 0, 256), (1, 0, 1)]
    assert list(rules.tiles_of(0)) == []


@pytest.mark.parametrize("name", ["000", "x001/x234/067", "273.p/112", "x001/000.p/1"])
def test_a_tile_is_found_by_its_name(name: str) -> None:
    number, width = rules.read_tile_number(name) or (-1, -1)
    assert rules.tile_path(0, number, width) == f"tile/0/{name}"


@pytest.mark.parametrize("name", ["", "0", "0000", "x000/001", "001/002", "000.p/0", "000.p/256", "000.p/01", "../000", "x001",
                                  "٠٠٠"])
def test_another_name_finds_no_tile(name: str) -> None:
    number, width = rules.read_tile_number(name) or (0, 0)
    assert width in {0, 256}
    assert width == 0 or rules.tile_path(0, number, width) == f"tile/0/{name}"


@pytest.mark.usefixtures("named_keys", "grown")
def test_a_foreign_reader_rebuilds_the_head_out_of_the_files(tmp_path: Path) -> None:
    with db.transaction(write=False):
        size = export(tmp_path, entries=True)
    origin, count, root = (tmp_path / "checkpoint").read_text(encoding="utf-8").split("\n")[:3]
    assert (origin, int(count)) == ("fieldapp.example/ledger", size)
    leaves = b"".join(_read(tmp_path, "0", size))
    entries = [entry for bundle in _read(tmp_path, "entries", size) for entry in _unpack(bundle)]
    assert [merkle.leaf_hash(entry) for entry in entries] == [leaves[at:at + 32] for at in range(0, len(leaves), 32)]
    assert merkle.tree_head(map(merkle.leaf_hash, entries)) == b64decode(root)
    full = [merkle.tree_head([leaves[at:at + 32] for at in range(start, start + 8192, 32)])
            for start in range(0, len(leaves) - 8191, 8192)]
    assert len(full) >= 2
    assert (tmp_path / "tile/1" / f"000.p/{len(full)}").read_bytes() == b"".join(full)


@pytest.mark.usefixtures("named_keys", "grown")
def test_tiles_and_head_are_served_to_anybody(client: FlaskClient, tmp_path: Path) -> None:
    log = tmp_path / "log"
    with db.transaction(write=False):
        export(log, entries=False)
        size = queries.size()
    for file in (path for path in log.rglob("*") if path.is_file()):
        answer = client.get(f"/ledger/{file.relative_to(log)}")
        assert (answer.status_code, answer.data) == (200, file.read_bytes()), file
    assert client.get("/ledger/tile/0/000").headers["Cache-Control"].endswith("immutable")
    for missing in ("tile/0/999", "tile/0/000.p/0", "tile/9/000", "tile/entries/000", f"tile/0/00{size // 256}"):
        assert client.get(f"/ledger/{missing}").status_code == 404, missing
    page = client.get("/ledger").get_data(as_text=True)
    assert f"<dd>{size}</dd>" in page
    root = (log / "checkpoint").read_text(encoding="utf-8").split("\n")[2]
    assert f'value="{root}">{root[:12]}…<' in client.get("/public/").get_data(as_text=True)


@pytest.mark.usefixtures("cast")
def test_before_the_first_signature_the_page_says_so(client: FlaskClient) -> None:
    assert client.get("/ledger/checkpoint").status_code == 404
    assert "账本还没有签署过检查点" in client.get("/ledger").get_data(as_text=True)


def _read(folder: Path, level: str, size: int) -> list[bytes]:
    """The tiles of a level, each of the width that the size asks for."""
    found = []
    for number in range(-(-size // 256)):
        width = min(256, size - 256 * number)
        content = (folder / f"tile/{level}/{number:03d}{'' if width == 256 else f'.p/{width}'}").read_bytes()
        assert level == "entries" or len(content) == 32 * width
        found.append(content)
    return found


def _unpack(bundle: bytes) -> list[bytes]:
    entries = []
    while bundle:
        end = 2 + int.from_bytes(bundle[:2])
        entries.append(bundle[2:end])
        bundle = bundle[end:]
    return entries
