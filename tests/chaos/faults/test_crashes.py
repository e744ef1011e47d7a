"""R2: the server ends at every step of upload, sync, publication and draw: what was begun comes to its end, once."""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.draw import queries as draws
from fieldapp.draw import rules as drawing
from fieldapp.draw.models import Draw
from fieldapp.evidence import store
from fieldapp.fieldwork.models import CopyEntry
from fieldapp.jobs.models import Job
from fieldapp.ledger.models import Entry
from fieldapp.publication.models import InspectionResult, OutgoingFile
from tests.chaos.faults.crashes import OF_A_FILE, OF_A_REQUEST, Lives
from tests.chaos.faults.naive import enters_the_row_before_the_file
from tests.chaos.faults.orphans import findings, orphans, settle
from tests.chaos.phone import Lost, Phone, Refused
from tests.chaos.replay import state_of, state_of_replayed
from tests.chaos.stage import Stage, sign_in
from tests.databases import SOON_ON_SQLITE
from tests.draw.makers import NONCES, VALUES, prepared
from tests.people import Cast
from tests.review.scene import approved_review

TIMES, IN_ONE_TEST = 200, 25
FORM = "application/x-www-form-urlencoded"


def named(where: str, what: frozenset[str], parts: int = 1) -> set[str]:
    return {f"{where}: {step}{f', part {part}' if part > 1 else ''}" for step in what for part in range(1, parts + 1)}


OF_THE_PHONE = (named("evidence.receive_chunk", OF_A_FILE | OF_A_REQUEST) | named("sync.receive", OF_A_FILE)
                | named("sync.receive", OF_A_REQUEST, 3) | named("sync.receive of a photo", OF_A_REQUEST)
                | named("job evidence.free_chunks", OF_A_REQUEST)
                | named("worker", OF_A_REQUEST))


def phone_of(stage: Stage, lives: Lives, chance: int) -> Phone:
    secret = sign_in(stage.cast.inspector_a)
    return Phone(stage.cast.inspector_a, lambda *said: lives.ask(secret, *said), Random(chance), chunk_size=512)


def write_and_send(stage: Stage, phone: Phone, lives: Lives) -> None:
    """A visit's beginning with a photo of three chunks, sent through all the deaths of the server."""
    scene = stage.scenes[0]
    for member in (stage.cast.inspector_a, stage.cast.inspector_b):
        phone.here(scene, member)
    phone.set(scene, scene.check(1), "compliant")
    phone.take_photo(scene, 1, b"\xff\xd8\xff\xe0" + phone.chance.randbytes(1200))
    phone.set(scene, "arrival/place", "东门")
    while phone.waiting():
        assert len(lives.ended_at()) < 200
        with suppress(Lost, Refused):
            phone.send_part(3)
    lives.until(is_idle)


def is_idle() -> bool:
    with db.transaction(write=False):
        return not db.scalars(sa.select(Job.id).where(Job.finished_at.is_(None)))


def end_at_every_step_of_the_phone(stage: Stage, folder: Path, chance: int,
                                   naive: Callable[[], None] | None = None) -> tuple[list[str], set[str]]:
    """What is wrong in the end, and where the server's lives ended."""
    media = folder / "media"
    store.configure(media)
    with stage.copy() as url:
        with Lives(url, media, folder, naive) as lives:
            phone = phone_of(stage, lives, chance)
            write_and_send(stage, phone, lives)
        settle(media)
        found = findings([phone], media)
        with db.transaction(write=False):
            before = state_of()
        if state_of_replayed(stage, url) != before:
            found.append("the record is not what the log says")
    return found, set(lives.ended_at())


@SOON_ON_SQLITE
@pytest.mark.article("24")
def test_upload_and_sync_come_to_their_end_wherever_the_server_ends(stage: Stage, tmp_path: Path) -> None:
    found, ended_at = end_at_every_step_of_the_phone(stage, tmp_path, 1)
    assert found == []
    assert ended_at >= OF_THE_PHONE, f"these steps were not met: {OF_THE_PHONE - ended_at}"


@pytest.mark.full
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("first", range(1, TIMES, IN_ONE_TEST))
def test_upload_and_sync_come_to_their_end_two_hundred_times(stage: Stage, tmp_path: Path, first: int) -> None:
    for time in range(first, first + IN_ONE_TEST):
        folder = tmp_path / str(time)
        folder.mkdir()
        found, ended_at = end_at_every_step_of_the_phone(stage, folder, time)
        assert (found, OF_THE_PHONE - ended_at) == ([], set())


@pytest.mark.full
def test_a_server_that_enters_the_row_before_the_file_is_found_out(stage: Stage, tmp_path: Path) -> None:
    found, _ = end_at_every_step_of_the_phone(stage, tmp_path, 1, enters_the_row_before_the_file)
    assert any(one.startswith("torn") for one in found), found


def press(lives: Lives, secret: str, path: str, **form: Any) -> None:
    """A button, pressed until there is an answer: it is done, or it has been done already."""
    status, _ = lives.insist(secret, "POST", path, urlencode(form, doseq=True).encode(), FORM)
    assert status in {303, 409, 422}, (path, status)


def draw_of(task_id: UUID) -> Draw:
    return db.session.scalars(sa.select(Draw).where(Draw.task_id == task_id)).one()


def draw(lives: Lives, cast: Cast, task_id: UUID) -> UUID:
    """Freeze, two commitments, two reveals, the objects, the inspectors."""
    secrets = {part: sign_in(cast.players[part]) for part in ("officer", "legal")}
    press(lives, secrets["officer"], f"/tasks/{task_id}/draw", contributors=[cast.officer.id, cast.legal.id])
    with db.transaction(write=False):
        found = draw_of(task_id)
        draw_id, manifest = found.id, bytes.fromhex(found.manifest_hash)
    for part, secret in secrets.items():
        shown = drawing.Reveal(NONCES[part], VALUES[part])
        press(lives, secret, f"/draws/{draw_id}/commitments",
              commitment=drawing.commitment(cast.players[part].name, manifest, shown).hex())
    for part, secret in secrets.items():
        press(lives, secret, f"/draws/{draw_id}/reveals", nonce=NONCES[part].hex(), value=VALUES[part].decode())
    for step in ("objects", "matching"):
        press(lives, secrets["officer"], f"/draws/{draw_id}/{step}")
    return draw_id


OF_THE_DRAW = set().union(*(named(f"draw.{verb}", OF_A_REQUEST) for verb in (
    "freeze_task", "commit", "reveal", "draw_objects", "match_inspectors")))


def end_at_every_step_of_a_draw(url: str, folder: Path, cast: Cast) -> set[str]:
    task_id = prepared(cast)
    with Lives(url, folder / "media", folder) as lives:
        draw_id = draw(lives, cast, task_id)
    with db.transaction(write=False):
        done = [entry.action for entry in db.scalars(sa.select(Entry).order_by(Entry.id)) if entry.action.startswith("draw.")]
        assert done == ["draw.task_frozen", "draw.committed", "draw.committed", "draw.revealed", "draw.revealed",
                        "draw.seed_made", "draw.objects_drawn", "draw.inspectors_matched"]
        found, drawn = draws.draw(draw_id), draws.drawn_objects(draw_id)
        assert (found.state, len(drawn), draws.reserve_size(draw_id)) == ("matched", 2, 8)
        assert [len(one.seats) for one in drawn] == [2, 2]
        [(entries, quota)] = draws.strata(found).values()
        leaves = drawing.draw_objects(bytes.fromhex(found.seed or ""), entries, quota).drawn
        assert [leaf.hex() for leaf in leaves] == [one.leaf for one in drawn]
    return set(lives.ended_at())


def end_at_every_step_of_a_publication(url: str, folder: Path, cast: Cast) -> set[str]:
    part_id = approved_review(cast)
    clock.set_source(None)
    with Lives(url, folder / "media", folder) as lives:
        lives.until(lambda: bool(results(part_id)))
        [result_id] = results(part_id)
        head, legal = (sign_in(player) for player in (cast.head, cast.legal))
        press(lives, head, f"/publication/{result_id}/publication")
        press(lives, legal, "/publication/outgoing")
    settle(folder / "media")
    with db.transaction(write=False):
        done = [entry.action for entry in db.scalars(sa.select(Entry)) if entry.action.startswith("publication.result")]
        assert sorted(done) == ["publication.result_entered", "publication.result_published"]
        assert [result.state for result in db.scalars(sa.select(InspectionResult))] == ["published"]
        copied = [entry.facts for entry in db.scalars(sa.select(CopyEntry).where(CopyEntry.kind == "result"))]
        files = db.scalars(sa.select(OutgoingFile.content))
    assert [value["url"] for value in copied] == [f"/public/results/{result_id}"]
    assert all(json.loads(content) for content in files)
    assert len(files) <= 2  # the one that was made and never heard of, and the one that was asked for again
    assert orphans(folder / "media") == []
    return set(lives.ended_at())


def results(part_id: UUID) -> list[UUID]:
    with db.transaction(write=False):
        return db.scalars(sa.select(InspectionResult.id).where(InspectionResult.visit_task_id == part_id))


OF_THE_PUBLICATION = set().union(*(named(where, OF_A_REQUEST) for where in (
    "job review.record_approved", "publication.publish_result", "publication.make_outgoing_file")))
WORK = {"draw": (end_at_every_step_of_a_draw, OF_THE_DRAW), "publish": (end_at_every_step_of_a_publication, OF_THE_PUBLICATION)}


@SOON_ON_SQLITE
@pytest.mark.parametrize("work", WORK)
def test_an_office_step_is_done_once_wherever_the_server_ends(database: str, cast: Cast, tmp_path: Path, work: str) -> None:
    end, steps_of = WORK[work]
    ended_at = end(database, tmp_path, cast)
    assert ended_at >= steps_of, f"these steps were not met: {steps_of - ended_at}"
