"""What a kit weighs on its way to the phone."""

import gzip
from collections.abc import Callable

from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork.models import Kit
from fieldapp.registry.models import ChecklistItem
from fieldapp.visits.models import VisitTask
from tests.fieldwork.scene import Scene
from tests.people import Cast, Player

MOST = 30_720
STANDARD = "第 {number} 项：设施环境温度、湿度、压差符合国家标准要求，有连续、完整、可追溯的现场记录（{number}）"


def test_a_kit_of_thirty_checks_with_its_codes_is_light(
    scene: Scene, cast: Cast, client_of: Callable[[Player], FlaskClient],
) -> None:
    with db.transaction(write=True):
        checklist = db.session.get_one(VisitTask, scene.part).task.checklist
        assert checklist
        checklist.items += [ChecklistItem(number=number, standard=STANDARD.format(number=number), method="现场查看记录并实测",
                                          evidence=["photo", "number"]) for number in range(4, 31)]
    browser = client_of(cast.inspector_a)
    browser.post("/field/kits", data={"visit_ids": [str(scene.visit)]})
    with db.transaction(write=False):
        [kit] = db.session.query(Kit.id).filter(Kit.person_id == cast.inspector_a.id).one()
    page = browser.get(f"/field/k/{kit}").data
    assert page.count(b"data-check=") == 30
    assert page.count(b"<svg") >= 3
    assert len(gzip.compress(page, 9)) <= MOST
