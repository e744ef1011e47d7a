"""Room for evidence, and order in the store: quotas, sweeping, crashes between two steps, the check of everything."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.cli import main
from fieldapp.config import Config
from fieldapp.evidence import actions, queries, quotas, store
from fieldapp.evidence.check import check_store
from fieldapp.evidence.jobs import sweep
from fieldapp.evidence.models import Chunk
from fieldapp.evidence.rules import ARRIVING, LARGEST, STALE, Quotas, QuotaUsedUp, check_quotas
from fieldapp.evidence.store import Shelf
from fieldapp.jobs import actions as jobs
from tests.databases import ON_SQLITE
from tests.evidence.media import FILES
from tests.evidence.test_receive_chunk import JSON, SignIn
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import outcomes, send, upload

DAY, VISIT = 3000, 2000


@pytest.fixture
def browser(client_of: SignIn, scene: Scene, cast: Cast) -> FlaskClient:
    return client_of(cast.inspector_a)


@pytest.fixture
def put(browser: FlaskClient, scene: Scene) -> Callable[..., tuple[int, str]]:
    """Send a chunk for a visit; the status and the refusal's code."""

    def send_one(content: bytes, visit: object = None) -> tuple[int, str]:
        address = f"/field/chunk/{sha256(content).hexdigest()}?visit={scene.visit if visit is None else visit}"
        answer = browser.put(address, data=content, headers=JSON)
        return answer.status_code, (answer.get_json() or {}).get("error", "")

    return send_one


def age(shelf: Shelf, name: str, by: timedelta) -> None:
    """Let a file lie there for so long."""
    moment = (clock.now() - by).timestamp()
    os.utime(store.path(shelf, name), (moment, moment))


def test_a_day_and_a_visit_hold_no_more_than_the_installation_allows() -> None:
    most = Quotas(day=100, visit=50)
    check_quotas(most, 10, day=90, visit=40)
    for day, visit, code in ((91, 0, "evidence.day_quota"), (0, 41, "evidence.visit_quota")):
        with pytest.raises(QuotaUsedUp) as refused:
            check_quotas(most, 10, day=day, visit=visit)
        assert (refused.value.code, refused.value.status) == (code, 413)


def test_a_used_up_quota_is_a_clear_refusal_and_what_is_here_needs_no_room(
    put: Callable[..., tuple[int, str]], browser: FlaskClient,
) -> None:
    quotas.configure(day=DAY, visit=VISIT)
    one, two, three, four = (letter * 1000 for letter in (b"1", b"2", b"3", b"4"))
    assert [put(one), put(two)] == [(201, ""), (201, "")]
    assert put(three) == (413, "evidence.visit_quota")
    assert put(one) == (200, "")
    assert put(three, "nonsense") == (201, "")
    assert put(four, "00000000-0000-7000-8000-000000000001") == (413, "evidence.day_quota")
    refused = browser.put(f"/field/chunk/{sha256(four).hexdigest()}", data=four, headers={**JSON, "Cookie": "language=en"})
    assert refused.is_json
    assert not store.holds(Shelf.CHUNKS, sha256(four).hexdigest())


def test_nobody_uses_up_the_room_of_a_visit_of_others(client_of: SignIn, scene: Scene, cast: Cast) -> None:
    quotas.configure(day=DAY, visit=VISIT)
    name = sha256(b"x").hexdigest()
    assert client_of(cast.inspector_c).put(f"/field/chunk/{name}?visit={scene.visit}", data=b"x", headers=JSON).status_code == 201
    with db.transaction(write=False):
        assert queries.bytes_of_visit(scene.visit) == 0
        assert db.session.get_one(Chunk, name).visit_id is None


def test_chunks_that_nobody_claims_go_after_seven_days_and_what_is_wanted_stays(
    put: Callable[..., tuple[int, str]], browser: FlaskClient, scene: Scene,
) -> None:
    contents = [b"stale", b"asked for", b"sent again", b"fresh"]
    stale, asked, again, fresh = names = [sha256(content).hexdigest() for content in contents]
    for content in contents:
        put(content)
    for name in names[:3]:
        age(Shelf.CHUNKS, name, STALE + timedelta(hours=1))
    age(Shelf.CHUNKS, fresh, STALE - timedelta(hours=1))
    left = store.path(Shelf.CHUNKS, fresh).parents[2] / "staging" / "cut-off"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    assert browser.post("/field/have", json={"hashes": [asked]}, headers=JSON).get_json() == {"missing": []}
    put(contents[2])
    with db.transaction(write=True):
        sweep({})
    assert [store.holds(Shelf.CHUNKS, name) for name in names] == [False, True, True, True]
    assert not left.exists()
    with db.transaction(write=False):
        assert queries.chunk(stale) is None
        assert queries.chunk(again) is not None
    assert browser.post("/field/have", json={"hashes": names}, headers=JSON).get_json() == {"missing": [stale]}
    assert put(b"stale") == (201, "")


def test_the_sweeper_comes_once_a_day_however_many_workers_ask(database: str, tmp_path: Path) -> None:
    store.configure(tmp_path)
    begin = clock.now()
    for hours in (0, 0, 1, 24, 25):
        clock.set_source(lambda hours=hours: begin.replace(hour=1) + timedelta(hours=hours))  # type: ignore[misc]
        jobs.ask_recurring()
    clock.set_source(lambda: begin + timedelta(days=2))
    jobs.run_all_due()
    with db.transaction(write=False):
        asked = db.session.query(jobs.Job).filter(jobs.Job.kind == "evidence.sweep").all()
        assert len({row.id for row in asked}) == len(asked) == 2
        assert all(row.finished_at for row in asked)


@pytest.mark.article("24")
def test_a_crash_between_file_and_row_leaves_an_orphan_that_the_next_try_takes_in(
    browser: FlaskClient, scene: Scene, cast: Cast,
) -> None:
    phone = Phone(scene, cast.inspector_a)
    value, chunks = photo(FILES["video/mp4"] * 3000, name="录像.mp4")
    upload(browser, chunks)
    joined = actions.join(value["capture_hash"], value["chunks"])  # and here the power goes
    assert joined is not None
    with db.transaction(write=False):
        assert (check_store().arriving, check_store().orphans) == (1, [])
        age(Shelf.ORIGINALS, joined.sha256, ARRIVING * 2)
        assert check_store().orphans == [joined.sha256]
    ops = [phone.here(), phone.here(cast.inspector_b),
           phone.op("add", scene.path("evidence/00000000-0000-7000-8000-000000000001"), value)]
    assert len(send(browser, phone, *ops).get_json()["out"]) == 3
    with db.transaction(write=False):
        found = check_store()
    assert (found.originals, found.bytes, found.orphans, found.arriving, found.is_sound) == (1, value["size"], [], 0, True)
    assert jobs.run_all_due() >= 1
    with db.transaction(write=False):
        assert check_store().chunks_waiting == 0


def test_a_chunk_freed_at_the_moment_of_joining_is_asked_for_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store.configure(tmp_path)
    name = store.put(Shelf.CHUNKS, b"shared with another original")
    monkeypatch.setattr(store, "size_of", lambda _names: store.discard_chunk(name) or 1)
    assert store.join([name]) is None
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


@pytest.mark.article("24")
def test_the_check_names_what_is_gone_and_what_was_changed(
    browser: FlaskClient, scene: Scene, cast: Cast, settings: Config, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    phone = Phone(scene, cast.inspector_a)
    ops, names = [phone.here(), phone.here(cast.inspector_b)], []
    for number, content in enumerate(list(FILES.values())[:3]):
        value, chunks = photo(content)
        upload(browser, chunks)
        ops.append(phone.op("add", scene.path(f"evidence/00000000-0000-7000-8000-{number:012d}"), value))
        names.append(sha256(content).hexdigest())
    send(browser, phone, *ops)
    store.path(Shelf.ORIGINALS, names[0]).unlink()
    changed = store.path(Shelf.ORIGINALS, names[1])
    changed.write_bytes(changed.read_bytes()[:-1] + b"!")
    for name, value in {"DATABASE_URL": settings.database_url, "MEDIA_DIR": changed.parents[2], "SECRET_KEY": "s" * 40,
                        "DATA_DIR": changed.parents[2]}.items():
        monkeypatch.setenv(name, str(value))
    assert main(["evidence", "check", "--json"]) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["originals"], said["missing"], said["mismatched"], said["orphans"]) == (3, [names[0]], [names[1]], [])
    assert main(["evidence", "check"]) == 1
    assert f"damaged          {names[0]}" in capsys.readouterr().out


@ON_SQLITE
def test_a_disk_that_fills_before_the_file_is_put_together_takes_no_operation(
    browser: FlaskClient, scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    phone = Phone(scene, cast.inspector_a)
    value, chunks = photo(FILES["video/webm"])
    upload(browser, chunks)
    ops = [phone.here(), phone.op("add", scene.path("evidence/00000000-0000-7000-8000-000000000001"), value)]
    usage = shutil.disk_usage("/")
    with monkeypatch.context() as full:
        full.setattr(store.shutil, "disk_usage", lambda _folder: usage._replace(free=200 * 1024 * 1024))
        answer = send(browser, phone, *ops)
        assert (answer.status_code, answer.get_json()["error"]) == (507, "evidence.storage_full")
        assert browser.get("/field/").status_code == 200
    assert len(send(browser, phone, *ops).get_json()["out"]) == 2


@ON_SQLITE
def test_a_file_over_200_mb_is_received_but_is_no_evidence(
    browser: FlaskClient, scene: Scene, cast: Cast, monkeypatch: pytest.MonkeyPatch,
) -> None:
    phone = Phone(scene, cast.inspector_a)
    value, chunks = photo(FILES["video/webm"])
    upload(browser, chunks)
    monkeypatch.setattr(store, "size_of", lambda _names: LARGEST + 1)
    ops = [phone.here(), phone.here(cast.inspector_b),
           phone.op("add", scene.path("evidence/00000000-0000-7000-8000-000000000001"), value)]
    assert len(send(browser, phone, *ops).get_json()["out"]) == 3
    assert outcomes()[-1] == "attention:fieldwork.original_missing"
