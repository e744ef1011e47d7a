"""What a dead phone sends after its record was ended: beside the record, read by all, marked by the leader."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts import queries as accounts
from fieldapp.evidence import store
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.review import queries
from tests.fieldwork.applying import enter
from tests.fieldwork.scene import Phone, Scene
from tests.fieldwork.test_signing import stored_picture
from tests.people import Cast, Player
from tests.review.scene import opened_review, part_of, run_jobs

LATE = "attention:fieldwork.visit_closed"
Client = Callable[[Player], FlaskClient]


@pytest.fixture
def review_id(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> UUID:
    """A record that was closed by one phone, while the other was dead."""
    store.configure(tmp_path_factory.mktemp("media"))
    return opened_review(cast, text="一切正常")


def scene_of(review_id: UUID) -> Scene:
    with db.transaction(write=False):
        part = part_of(review_id)
        return Scene(part.visit_id, part.id, [part.task.item_id], "", {})


def come_late(review_id: UUID, cast: Cast) -> tuple[Scene, str]:
    """The dead phone is charged again and sends an answer, a photo and a signature."""
    scene, value = scene_of(review_id), stored_picture(cast)
    dead = Phone(scene, cast.inspector_b)
    ops = [dead.set(scene.check(1), "non_compliant"), dead.set(scene.check(1, "note"), "门锁已坏"),
           dead.op("add", scene.check(1, "photo/018f0000-0000-7000-8000-000000000001"), value),
           dead.sign_as(cast.inspector_b, "0" * 64)]
    assert enter(*ops) == [LATE] * 4
    run_jobs()
    return scene, value["capture_hash"]


@pytest.mark.article("24")
def test_what_comes_from_the_dead_phone_becomes_annexes_and_changes_nothing_signed(review_id: UUID, cast: Cast) -> None:
    scene = scene_of(review_id)
    with db.transaction(write=False):
        before = fieldwork.record(scene.part)
    come_late(review_id, cast)
    with db.transaction(write=False):
        record = fieldwork.record(scene.part)
    assert (record.digest, record.checks, record.signatures) == (before.digest, before.checks, before.signatures)
    assert [(one.by, one.said or one.photo is not None) for one in record.addenda] == [
        (cast.inspector_b.name, "non_compliant"), (cast.inspector_b.name, "门锁已坏"),
        (cast.inspector_b.name, "现场照片.jpg"), (cast.inspector_b.name, cast.inspector_b.name)]


@pytest.mark.article("24")
def test_the_leader_reads_them_with_the_photo_and_marks_them_with_a_note(
        review_id: UUID, cast: Cast, client_of: Client, client: FlaskClient) -> None:
    _scene, captured = come_late(review_id, cast)
    leader, colleague, address = client_of(cast.inspector_a), client_of(cast.inspector_b), f"/reviews/{review_id}"
    page = leader.get(address).text
    assert "门锁已坏" in page
    assert f"/media/{captured}" in page
    assert leader.get(f"/media/{captured}").status_code == 200
    shown = page.split(f'action="{address}/annexes"')[1].split("</form>")[0].split('name="annex" value="')[1:]
    typed = {"annex": [one.split('"')[0] for one in shown], "note": "与记录不符，另行复查"}
    assert len(typed["annex"]) == 4
    assert waits_for(cast.inspector_a)
    assert leader.post(f"{address}/annexes", data={**typed, "note": " "}).status_code == 422
    assert colleague.post(f"{address}/annexes", data=typed).status_code == 403
    assert leader.post(f"{address}/annexes", data=typed).status_code == 303
    assert "与记录不符，另行复查" in colleague.get(address).text
    assert not waits_for(cast.inspector_a)
    with db.transaction(write=False):
        assert queries.unseen_annexes(part_of(review_id).id) == []
    copy = client.get(f"/copies/copy-of-the-entity/record/{part_id(review_id)}").text
    assert "门锁已坏" in copy
    assert cast.inspector_b.name in copy


def test_a_stranger_adds_nothing_beside_a_closed_record(review_id: UUID, cast: Cast) -> None:
    scene = scene_of(review_id)
    assert enter(Phone(scene, cast.inspector_c).set(scene.check(1), "compliant")) == [LATE]
    with db.transaction(write=False):
        assert fieldwork.record(scene.part).addenda == []


def waits_for(player: Player) -> bool:
    with db.transaction(write=False):
        return any(one.kind == "annex" for one in accounts.waiting_for(player.officer))


def part_id(review_id: UUID) -> UUID:
    with db.transaction(write=False):
        return part_of(review_id).id
