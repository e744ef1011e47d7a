"""The pages of article 19, as the desk uses them: directory, entrustment, report; the visit and the review show them."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.entrusting.models import EntrustedParty, Entrustment, EntrustmentReport
from fieldapp.evidence import store
from fieldapp.review.models import RecordReview
from tests.entrusting.scene import EXPERT, LAB, LAB_CODE, PDF
from tests.people import Cast, Player
from tests.review.scene import opened_review

pytestmark = pytest.mark.article("19")
Client = Callable[[Player], FlaskClient]


@pytest.fixture
def review_id(cast: Cast, client_of: Client, tmp_path: Path) -> UUID:
    """A record under review; the application is there, with a place for files."""
    client_of(cast.officer)
    store.configure(tmp_path)
    return opened_review(cast, text="一切正常")


def only(model: type) -> UUID:
    with db.transaction(write=False):
        return db.session.query(model).one().id


def a_file(name: str = "证书.pdf", content: bytes = PDF) -> tuple[BytesIO, str]:
    return BytesIO(content), name


def enter_laboratory(desk: FlaskClient) -> UUID:
    answer = desk.post("/entrusted-parties", data={"kind": "agency", "name": LAB, "code": LAB_CODE, "fields_of_work": "检测"})
    assert answer.status_code == 303
    party = only(EntrustedParty)
    certificate = {"certificate": "CMA", "valid_from": "2021-07-01", "valid_until": "2027-06-30"}
    refused = desk.post(f"/entrusted-parties/{party}/certificates", data=certificate)
    assert "请上传资质证书" in refused.text
    assert desk.post(f"/entrusted-parties/{party}/certificates", data={**certificate, "file": a_file()}).status_code == 303
    return party


def test_from_the_directory_to_the_report_and_into_the_review(cast: Cast, client_of: Client, review_id: UUID) -> None:
    desk, head, leader = (client_of(one) for one in (cast.officer, cast.head, cast.inspector_a))
    party = enter_laboratory(desk)
    assert "资质有效" in desk.get(f"/entrusted-parties/{party}").text
    with db.transaction(write=False):
        visit_id = db.session.get_one(RecordReview, review_id).visit_task.visit_id
    assert LAB in desk.get(f"/visits/{visit_id}/entrustments/new").text
    terms = {"party": str(party), "work": "testing", "scope": "饮水检测", "basis": "第十九条", "due_on": "2026-12-01"}
    assert desk.post(f"/visits/{visit_id}/entrustments", data=terms).status_code == 303
    row = only(Entrustment)
    assert "待审批" in desk.get(f"/visits/{visit_id}").text
    assert LAB in head.get("/waiting").text
    assert head.post(f"/entrustments/{row}/decision", data={"decision": "agree"}).status_code == 303
    assert "等待报告" in leader.get(f"/reviews/{review_id}").text
    said = {"author": "张工", "made_on": "2026-11-24", "summary": "饮水合格", "file": a_file("报告.pdf")}
    assert desk.post(f"/entrustments/{row}/reports", data=said).status_code == 303
    page = leader.get(f"/reviews/{review_id}").text
    assert "记录签署后收到，作为附件" in page
    assert "饮水合格" in page
    saved = leader.get(f"/entrustment-reports/{only(EntrustmentReport)}")
    assert (saved.data, saved.headers["Content-Security-Policy"]) == (PDF, "default-src 'none'; sandbox")
    assert client_of(cast.other_officer).get(f"/entrustments/{row}").status_code == 404


def test_what_cannot_be_kept_comes_back_with_what_was_typed(cast: Cast, client_of: Client, review_id: UUID) -> None:
    desk = client_of(cast.officer)
    answer = desk.post("/entrusted-parties", data={"kind": "expert", "name": EXPERT, "fields_of_work": "实验动物学"})
    assert (answer.status_code, "请填写专家的工作单位" in answer.text, EXPERT in answer.text) == (422, True, True)
    party = enter_laboratory(desk)
    certificate = {"certificate": "CMA", "valid_from": "2021-07-01", "valid_until": "2027-06-30",
                   "file": a_file("x.pdf", b"<script>")}
    assert "只接受 PDF 或者照片" in desk.post(f"/entrusted-parties/{party}/certificates", data=certificate).text
    assert client_of(cast.inspector_a).get(f"/entrusted-parties/{party}").status_code == 403
