"""What is printed of a visit's beginning: who was there, whose certificate was shown, what was served and how it was taken."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp import clock, db
from fieldapp.fieldwork import papers, queries
from fieldapp.fieldwork.rules import Refused, Signature
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, enter
from tests.fieldwork.kit.test_supplement import comes, received, replace_second, supplements
from tests.fieldwork.scene import NOW, Phone, Scene, set_scene
from tests.people import Cast

pytestmark = pytest.mark.article("17", "18", "24")


@pytest.fixture
def scene(cast: Cast) -> Scene:
    return set_scene(cast)


def transcript(scene: Scene) -> str:
    return "\n".join(line for part in parts(scene) if part["is"] == "text" for line in part["lines"])


def parts(scene: Scene) -> list[dict[str, Any]]:
    with db.transaction(write=False):
        return papers.transcript_parts(queries.record(scene.part), db.session.get_one(Visit, scene.visit))


def refusal(phone: Phone, place: str) -> dict[str, object]:
    return phone.op("refuse", place, {"what": "notice", "words": "", "explanation": "不愿签收", "witness": None})


def test_the_transcript_names_who_came_and_only_the_certificates_that_were_shown(cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    said = transcript(scene)
    assert "执法证件：没有出示执法证件的记录：赵检一、钱检二。" in said
    assert enter(one.op("issue", f"credential/{cast.inspector_a.id}", {"number": "3709", "to": "李某"})) == ["applied"]
    said = transcript(scene)
    assert "赵检一（执法证号 3709）于" in said
    assert "向李某出示。没有出示执法证件的记录：钱检二。" in said
    replace_second(cast, scene)
    comes(cast, scene, one)
    [told] = supplements(scene)
    [came] = told.says["joining"]
    said = transcript(scene)
    assert "赵检一（2026年11月24日 09:30到场）、钱检二（2026年11月24日 09:30到场，后退出检查组）" in said
    assert f"{came['name']}（2026年11月24日 09:30到场）。" in said
    assert f"钱检二、{came['name']}。" in said
    assert told.number in str(parts(scene))


def test_the_receipt_names_each_document_once_with_what_was_done_last(cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    replace_second(cast, scene)
    comes(cast, scene, one)
    [told] = supplements(scene)
    with db.transaction(write=False):
        notice = db.session.get_one(Visit, scene.visit).notice
        assert notice is not None
        number = notice.number
    assert enter(refusal(one, "notice")) == ["applied"]
    assert taken(scene) == [("抽查告知书", number, Refused)]
    clock.set_source(lambda: NOW + timedelta(minutes=5))
    assert enter(received(one, "notice", scene.notice_hash), refusal(one, told.place)) == ["applied"] * 2
    assert taken(scene) == [("抽查告知书", number, Signature), ("检查人员变更告知书", told.number, Refused)]


def taken(scene: Scene) -> list[tuple[str, str, type]]:
    with db.transaction(write=False):
        return [(name, number, type(took)) for name, number, took in queries.served(visits.visit_task(scene.part).id)]
