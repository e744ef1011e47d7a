"""Everybody reads the draws, takes the bundle away and computes it again; nobody reads a name."""

import json

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.config import HOME
from fieldapp.draw import actions, queries
from fieldapp.draw.queries import public
from fieldapp.draw.rules import bundle
from fieldapp.ledger.sequencer import look_after
from fieldapp.registry.models import InspectionObject
from fieldapp.tasks.models import Task
from fieldapp.web.limits import RateBucket
from tests.draw.makers import draw_all, freeze, make_seed, prepared
from tests.people import Cast


@pytest.mark.article("3", "14")
def test_a_draw_is_public_the_minute_it_is_drawn_and_names_nobody(cast: Cast, client: FlaskClient) -> None:
    draw_id = freeze(cast, prepared(cast, size=30))
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        address = f"/public/draws/{draw.year}/{draw.number}"
        names = [row.name for row in db.session.query(InspectionObject)]
    assert client.get(address).status_code == 200
    assert client.get(f"{address}/bundle.zip").status_code == 404
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    packed = client.get(f"{address}/bundle.zip")
    assert packed.headers["Content-Disposition"] == f'attachment; filename="draw-{address[14:].replace("/", "-")}.zip"'
    proved = bundle.check_bundle(bundle.bundle_in(packed.data))
    assert (proved.rows, proved.drawn) == (30, 2)
    said = [client.get(address).text, client.get("/public/draws").text, packed.data.decode("latin-1")]
    said += [client.get(f"{address}/{name}").text for name in bundle.FILES]
    assert len(names) == 30
    assert not [name for name in names for words in said if name in words]
    assert "91370102MA" not in "".join(said)


@pytest.mark.article("3")
def test_a_void_draw_stays_public_beside_the_next(cast: Cast, client: FlaskClient) -> None:
    task_id = prepared(cast)
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    with db.transaction(write=True):
        actions.ask_void(draw_id, "种子提供人到场前离开", by=cast.officer.officer)
    with db.transaction(write=True):
        actions.decide_void(draw_id, agrees=True, opinion="同意", by=cast.legal.officer)
    freeze(cast, task_id)
    with db.transaction(write=False):
        year = queries.draw(draw_id).year
    assert "种子提供人到场前离开" in client.get(f"/public/draws/{year}/1").text
    listed = client.get("/public/draws").text
    assert f"/public/draws/{year}/1" in listed
    assert f"/public/draws/{year}/2" in listed


@pytest.mark.parametrize("address", ["/public/draws/2026/99", "/public/draws/2026/99/bundle.zip", "/public/draws/1/1/x.txt",
                                     f"/public/draws/2026/{'9' * 30}"])
def test_what_is_no_draw_is_not_found(cast: Cast, client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_matching_is_in_the_bundle(cast: Cast, client: FlaskClient) -> None:
    draw_id = freeze(cast, prepared(cast))
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        address, root = f"/public/draws/{draw.year}/{draw.number}", draw.transcript_root
    assert json.loads(client.get(f"{address}/matching.json").data)["transcript_root"] == root


def test_the_program_beside_the_bundle_is_that_of_the_document() -> None:
    code = (HOME / "static" / "verify20.py").read_text("utf-8")
    assert f"```python\n{code}```" in (HOME / "docs" / "verify-a-draw.md").read_text("utf-8")


def counts_builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The draws whose bundle was made."""
    made, real = list[str](), public.bundle_files
    monkeypatch.setattr(public, "bundle_files", lambda draw: (made.append(str(draw.id)), real(draw))[1])
    return made


@pytest.mark.article("3")
def test_whoever_asks_again_for_a_bundle_costs_nothing_until_it_changes(
        cast: Cast, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    draw_id = freeze(cast, prepared(cast, size=30))
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        task_id, address = draw.task_id, f"/public/draws/{draw.year}/{draw.number}"
    look_after()
    made = counts_builds(monkeypatch)
    first = client.get(f"{address}/bundle.zip")
    for _ in range(2):
        look_after()
        again = client.get(f"{address}/bundle.zip", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        assert client.get(f"{address}/bundle.zip").data == first.data
    leaves = client.get(f"{address}/leaves.txt", headers={"Accept-Encoding": "gzip"})
    told = {"If-None-Match": leaves.headers["ETag"], "Accept-Encoding": "gzip"}
    assert client.get(f"{address}/leaves.txt", headers=told).status_code == 304
    assert client.get(f"{address}/manifest.json", headers=told).status_code == 200
    assert len(made) == 1
    with db.transaction(write=True):
        db.session.get_one(Task, task_id).state = "completed"
    opened = client.get(f"{address}/bundle.zip", headers={"If-None-Match": first.headers["ETag"]})
    assert (opened.status_code, len(made)) == (200, 2)
    assert bundle.bundle_in(opened.data).rows


@pytest.mark.parametrize(("address", "bucket"), [
    ("/public/draws/2026/99/manifest.json", "draw-bundle"), ("/public/draws/2026/99/bundle.zip", "draw-bundle"),
    ("/ledger/tile/0/000", "ledger-tile")])
def test_what_costs_the_server_much_is_limited(client: FlaskClient, address: str, bucket: str) -> None:
    moment = clock.now()
    clock.set_source(lambda: moment)
    assert client.get(address).status_code == 404
    with db.transaction(write=True):
        db.session.get_one(RateBucket, f"{bucket}:127.0.0.1").tokens_milli = 0
    assert client.get(address).status_code == 429
