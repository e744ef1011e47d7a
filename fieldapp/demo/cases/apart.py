"""Inspections to which nobody goes: in writing, waiting for the entity's answer, and on the net, not answered in time."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from PIL import Image, ImageDraw

from fieldapp import clock, db, ids
from fieldapp.accounts.models import Person
from fieldapp.demo.cases.platform import Days, Drawn, objects_for, team_of, window_around
from fieldapp.demo.course import approve_work_plan, part_of, prepare_visit
from fieldapp.demo.phone import Finding, Phone, as_signed, checks, close, conclusion, open_kit, sign_as_team
from fieldapp.demo.stage import at, moment
from fieldapp.evidence import actions as evidence
from fieldapp.evidence.rules import capture_hash
from fieldapp.jobs.actions import run_all_due
from fieldapp.visits import queries as known_visits

CONTRACTS, MUSEUMS = "技术合同登记机构", "科普基地"
CONTRACT_TASK, MUSEUM_TASK = "技术合同认定登记书面检查（省平台抽取）", "科普基地开放情况网络监测（省平台抽取）"
ASKED = "请提供：1. 2026 年技术合同登记台账；2. 抽查的 5 份合同文本和核定表；3. 登记人员培训证书。"
SEEN = "首页公布的开放时间是周三至周日，预约页只能预约周六、周日。"
FOUND = "网上公布的开放时间与预约时间不一致。"
SERVED = "网络监测，请单位在签字链接上核对。"
UNANSWERED = "记录和签字链接已送达单位联系人，期限内没有答复，电话提醒一次。"


def drawn(days: Days) -> list[Drawn]:
    """One registry of technology contracts, one museum."""
    registrars, curators = team_of("成果转化处"), team_of("科普处")
    return [
        Drawn(CONTRACT_TASK, "技术合同认定登记机构检查", "成果转化处",
              objects_for(registrars, CONTRACTS)[0], registrars, window_around(days.last, days.drawn), "书面检查", "written"),
        Drawn(MUSEUM_TASK, "科普基地开放服务情况检查", "科普处",
              objects_for(curators, MUSEUMS)[0], curators, window_around(days.published, days.drawn), "网络监测", "online")]


def hold(held: dict[str, UUID], days: Days) -> None:
    """The request is served and waits; what was seen on the net is before the leader."""
    for case, short in (("written", "chengguo"), ("online", "kepu")):
        with db.transaction(write=False):
            task_id = known_visits.visit(held[case]).visit_tasks[0].task_id
        with at(moment(days.drawn, 11)):
            approve_work_plan(task_id, short)
    _watch(held["online"], days)
    with at(moment(days.last, 8)):
        prepare_visit(held["written"], "chengguo", days.last, 9)
    with at(moment(days.last, 9)):
        phone, until = open_kit(held["written"]), (clock.today() + timedelta(days=15)).isoformat()
        phone.send(phone.op("set", "request/list", ASKED), phone.op("set", "request/until", until),
                   phone.op("issue", "request", {"until": until}))
        run_all_due()


def _watch(visit_id: UUID, days: Days) -> None:
    """A page is looked at and kept; the record is served, and nobody answers until its day is over."""
    part = part_of(visit_id)
    with at(moment(days.published, 8)):
        prepare_visit(visit_id, "kepu", days.published, 9)
    with at(moment(days.published, 9)):
        phone = open_kit(visit_id)
        phone.send(*_page(phone, part), *checks(phone, part, {1: SEEN}),
                   *conclusion(phone, part, Finding("problem_pending_action", FOUND), is_met=False))
        until = {"what": "served", "until": days.returned.isoformat(), "reason": SERVED, **as_signed(part)}
        phone.send(phone.op("issue", f"awaiting/{part}", until))
    with at(moment(days.answered, 9)):
        phone.send(phone.op("refuse", f"r/{part}/record", {
            "words": "", "explanation": UNANSWERED, "cause": "silent", **as_signed(part)}))
        phone.send(*sign_as_team(phone, part))
        close(phone)


def _page(phone: Phone, part: UUID) -> list[dict[str, object]]:
    """An address with what was seen there, and its picture."""
    entry, at_ms = ids.uuid7(), clock.milliseconds(clock.now())
    content = _screenshot()
    name = sha256(content).hexdigest()
    evidence.hold_chunk(name, content)
    with db.transaction(write=True):
        evidence.assemble(capture_hash([name]), [name], len(content),
                          by=db.session.get_one(Person, phone.person_id).officer)
    photo = {"capture_hash": capture_hash([name]), "chunks": [name], "size": len(content), "type": "image/jpeg",
             "name": "网页截图（示例）.jpg", "taken_at": at_ms, "fix": None, "grade": "in_app"}
    return [phone.op("set", f"r/{part}/online/{entry}", {"url": "https://kepu.example.cn/kaifang", "at": at_ms, "note": SEEN}),
            phone.op("add", f"r/{part}/online/{entry}/photo/{ids.uuid7()}", photo)]


def _screenshot() -> bytes:
    """A drawn page of the net: not a picture of anything."""
    picture = Image.new("RGB", (720, 480), "#ffffff")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 720, 64), fill="#1f3d63")
    pen.rectangle((24, 20, 300, 44), fill="#ffffff")
    for row in range(5):
        pen.rectangle((24, 96 + 72 * row, 696, 148 + 72 * row), fill="#eef2f7", outline="#b8c4d2")
        pen.rectangle((40, 112 + 72 * row, 260 + 40 * (row % 3), 132 + 72 * row), fill="#5a6b7d")
    content = BytesIO()
    picture.save(content, "JPEG", quality=80)
    return content.getvalue()
