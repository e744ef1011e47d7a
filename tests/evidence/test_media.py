"""Films, sounds and documents: known by their bytes, kept to the bit, played where they stand, harmless however broken."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.evidence import actions
from fieldapp.evidence.rules import EXTENSIONS, UNKNOWN_TYPE
from fieldapp.fieldwork import queries, rules
from fieldapp.refusals import Refusal
from tests.databases import ON_SQLITE
from tests.evidence.media import FILES, MORE, mutated
from tests.evidence.test_receive_chunk import JSON, SignIn
from tests.fieldwork.scene import NOW, Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import outcomes, upload

SEED = 20261125
TAKEN = int(NOW.timestamp() * 1000)
HOUR = 3_600_000


@pytest.mark.parametrize(("kind", "content"), [*FILES.items(), *MORE])
def test_a_file_is_what_its_bytes_are(kind: str, content: bytes) -> None:
    assert actions.type_of(content) == kind


@pytest.mark.parametrize("content", [b"", b"x", b"<svg/>", b"<html>%PDF-1.7", b"PK\x03\x04", b"\0\0\0\x18ftypevil", b"MZ\x90"])
def test_what_is_neither_picture_film_sound_nor_document_is_unknown_bytes(content: bytes) -> None:
    assert actions.type_of(content) == UNKNOWN_TYPE


def test_5000_mutated_heads_are_a_known_type_or_unknown_bytes() -> None:
    print(f"seed {SEED}")
    found = {actions.type_of(content) for content in mutated(SEED, 5000)}
    assert found <= {*EXTENSIONS, UNKNOWN_TYPE}
    assert UNKNOWN_TYPE in found
    assert len(found) > 8


class Sender:
    """A phone on site that uploads files and adds them to the record."""

    def __init__(self, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
        self.browser, self.scene, self.phone = browser, scene, Phone(scene, cast.inspector_a)
        self.send(self.phone.here(), self.phone.here(cast.inspector_b))

    def send(self, *ops: dict[str, Any]) -> Any:
        body = {"v": 1, "dev": self.phone.device, "ops": list(ops), "since": 0}
        return self.browser.post("/field/sync", json=body, headers=JSON)

    def add(self, content: bytes, name: str, at: str = "", **more: Any) -> dict[str, Any]:
        """Add a file for the record at large, or at a place."""
        value, chunks = photo(content, name=name)
        upload(self.browser, chunks)
        number = len(queries_of(self.scene)) + 1
        path = at or self.scene.path(f"evidence/00000000-0000-7000-8000-{number:012d}")
        assert len(self.send(self.phone.op("add", path, {**value, **more})).get_json()["out"]) == 1
        return value


def queries_of(scene: Scene) -> list[Any]:
    with db.transaction(write=False):
        return list(queries.items(scene.visit))


@pytest.fixture
def sender(client_of: SignIn, scene: Scene, cast: Cast) -> Sender:
    return Sender(client_of(cast.inspector_a), scene, cast)


@pytest.mark.article("24")
def test_every_kind_is_kept_to_the_bit_and_enters_what_is_signed(sender: Sender, scene: Scene, cast: Cast,
                                                                 client_of: SignIn) -> None:
    before = digest(scene)
    for kind, content in FILES.items():
        value = sender.add(content, f"证据.{EXTENSIONS[kind]}", seconds=7)
        got = sender.browser.get(f"/media/{value['capture_hash']}")
        assert (got.data, got.mimetype) == (content, kind)
        assert got.headers["Content-Security-Policy"].endswith("sandbox")
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Disposition"].startswith("attachment; ")
        assert client_of(cast.inspector_c).get(f"/media/{value['capture_hash']}").status_code == 404
    assert set(outcomes()) == {"applied"}
    with db.transaction(write=False):
        view = queries.record(scene.part)
        assert [one.media_type for one in view.evidence] == list(FILES)
        assert {one.kind for one in view.evidence} == {"film", "sound", "file"}
        assert all(one.seconds == 7 and one.size == len(FILES[one.media_type]) for one in view.photos)
    assert digest(scene) != before


def digest(scene: Scene) -> str:
    with db.transaction(write=False):
        return queries.record(scene.part).digest


@ON_SQLITE
def test_a_film_plays_from_where_the_reader_points(sender: Sender) -> None:
    content = FILES["video/mp4"] + bytes(range(256)) * 4096
    value = sender.add(content, "录像.mp4")
    part = sender.browser.get(f"/media/{value['capture_hash']}", headers={"Range": "bytes=1000-1999"})
    assert (part.status_code, part.data) == (206, content[1000:2000])
    assert part.headers["Content-Range"] == f"bytes 1000-1999/{len(content)}"
    assert part.headers["Content-Security-Policy"].endswith("sandbox")
    last = sender.browser.get(f"/media/{value['capture_hash']}", headers={"Range": "bytes=-10"})
    assert (last.status_code, last.data) == (206, content[-10:])
    assert sender.browser.get(f"/media/{value['capture_hash']}", headers={"Range": "bytes=99999999-"}).status_code == 416


@ON_SQLITE
def test_broken_media_are_kept_and_nothing_breaks(sender: Sender) -> None:
    print(f"seed {SEED}")
    for number, content in enumerate(mutated(SEED + 1, 60)):
        value = sender.add(content, f"{number}.mp4")
        assert sender.browser.get(f"/media/{value['capture_hash']}").status_code in {200, 404}
        assert sender.browser.get(f"/media/{value['capture_hash']}/picture?w=320", headers=JSON).status_code in {404, 422}


@pytest.mark.article("24")
@pytest.mark.parametrize(("said", "made_at", "shown"), [
    ("in_app", TAKEN - 5_000, "in_app"), ("in_app", TAKEN - HOUR, "gallery"), ("in_app", TAKEN - 13 * HOUR, "imported"),
    ("in_app", TAKEN + HOUR, "imported"), ("in_app", None, "in_app"), ("gallery", TAKEN - HOUR, "gallery"),
    ("gallery", TAKEN - 13 * HOUR, "imported"), ("gallery", TAKEN, "gallery"), ("imported", TAKEN, "imported"),
    ("backfilled", TAKEN - 99 * HOUR, "backfilled"), ("nonsense", TAKEN, "imported"),
])
def test_a_capture_is_never_called_better_than_its_dates_allow(said: str, made_at: int | None, shown: str) -> None:
    assert rules.capture_grade(said, made_at=made_at, taken_at=TAKEN) == shown


def test_dates_and_lengths_of_media_are_whole_numbers() -> None:
    value = photo(b"x")[0]
    for odd in ({"made_at": "yesterday"}, {"taken_at": 1.5}, {"seconds": True}):
        with pytest.raises(Refusal):
            rules.check_value("add", rules.Thing.EVIDENCE, value | odd)
    rules.check_value("add", rules.Thing.EVIDENCE, value | {"made_at": TAKEN, "seconds": None})
