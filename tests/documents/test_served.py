"""What is printed of a visit's beginning: who was there, whose certificate was shown, what was served and how it was taken."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from fieldapp import clock, db
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.rules import Refused, Signature, record_parts, transcript_parts
from fieldapp.registry.models import Inspector
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from tests.fieldwork.applying import both_here, certificates, enter
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
        return transcript_parts(queries.record(scene.part), "某省科学技术厅（示例）")


def inspectors_printed(scene: Scene) -> list[str]:
    """The lines of the record form about its inspectors."""
    with db.transaction(write=False):
        head = record_parts(queries.record(scene.part))[0]
    return dict(head["rows"])["检查人员"].split("\n")


def refusal(phone: Phone, place: str) -> dict[str, object]:
    return phone.op("refuse", place, {"what": "notice", "words": "", "explanation": "不愿签收", "witness": None})


def test_the_transcript_names_who_came_and_only_the_certificates_that_were_shown(cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    numbers = certificates(scene)
    first, certificate = numbers[cast.inspector_a.id], numbers[cast.inspector_b.id]
    assert [line.split("，")[2] for line in inspectors_printed(scene)] == ["没有出示记录"] * 2
    assert enter(one.op("issue", f"credential/{cast.inspector_a.id}", {"number": first, "to": "李某"})) == ["applied"]
    shown = f"赵检一，执法证件 No. {first}，已向 李某 出示，2026年11月24日 09:30"
    second = f"钱检二，执法证件 No. {certificate}，没有出示记录"
    assert inspectors_printed(scene) == [shown, second]
    assert f"执法证件：{shown}；{second}。" in transcript(scene)
    replace_second(cast, scene)
    comes(cast, scene, one)
    [told] = supplements(scene)
    [came] = told.says["joining"]
    said = transcript(scene)
    assert "赵检一（2026年11月24日 09:30到场）、钱检二（2026年11月24日 09:30到场，后退出检查组）" in said
    assert f"{came['name']}（2026年11月24日 09:30到场）。" in said
    assert f"{came['name']}，执法证件 No. {came['certificate_number']}，没有出示记录。" in said
    assert told.number in str(parts(scene))


def test_of_two_inspectors_of_one_name_only_the_one_who_showed_it_has_shown_the_certificate(cast: Cast, scene: Scene) -> None:
    one, _two = both_here(scene, cast)
    with db.transaction(write=True):
        for inspector in db.session.scalars(sa.select(Inspector).where(Inspector.name == "钱检二")):
            inspector.name = "赵检一"
    number = certificates(scene)[cast.inspector_a.id]
    assert enter(one.op("issue", f"credential/{cast.inspector_a.id}", {"number": number, "to": ""})) == ["applied"]
    first, second = inspectors_printed(scene)
    assert first == f"赵检一，执法证件 No. {number}，已向 当事人 出示，2026年11月24日 09:30"
    assert second.endswith("没有出示记录")


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
