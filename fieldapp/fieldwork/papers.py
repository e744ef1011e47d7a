"""The documents of a record once it is settled: record form, transcript of the site, service receipt; frozen as signed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fieldapp import clock
from fieldapp.config import department_name
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.rules import DocumentKind, moment_text
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.rules import Capacity, CheckLine, Photo, RecordView, Refused, Signature, SignerRole, Unsigned
from fieldapp.roles import Officer
from fieldapp.visits.models import Visit, VisitTask
from fieldapp.visits.queries import day_of, member_person_ids

Part = dict[str, Any]
ASKED = "以上记录已阅（或已向我宣读）"


def issue_papers(part: VisitTask, *, by: Officer) -> None:
    """Issue the record under its reserved number, the transcript and the service receipt; once, whoever asks."""
    number = part.record_number
    if number is None or number.issued_at is not None or number.voided_at is not None:
        return
    view = queries.record(part.id)
    authority, day = department_name(), rules.day_text(clock.local(view.closed_at or clock.now()))
    documents.issue(number.id, rules.form("随机抽查情况记录表", authority, day, record_parts(view)), by=by)
    if view.presence:
        transcript = rules.form("现场检查笔录", authority, day, transcript_parts(view, part.visit))
        documents.issue_new(DocumentKind.SITE_TRANSCRIPT, "visit_task", part.id, transcript, by=by)
    served = queries.served(part.id)
    if served:
        receipt = rules.form("送达回证", authority, day, service_parts(view, served))
        documents.issue_new(DocumentKind.SERVICE, "visit_task", part.id, receipt, by=by)


def record_parts(view: RecordView) -> list[Part]:
    """The record form: head, checks with answers, findings, conclusion, the entity's opinion, who signed or did not, evidence."""
    category = view.category.label if view.category else "（未拟定）"
    parts = [
        rules.facts(*_head(view), ("检查起止", f"{moment_text(view.started_at)} 至 {moment_text(view.closed_at)}")),
        rules.heading("检查情况"),
        rules.table(["序号", "检查内容", "结果", "说明和证据"], [_check(one) for one in view.checks], [1, 6, 2, 5]),
        rules.text(*(f"清单以外的发现：{one.text}（{one.reason}）" for one in view.others if not one.is_void)),
        rules.heading("结论和处置"),
        rules.facts(("结果（拟定）", category), ("说明", view.conclusion), ("责令改正", _order(view)),
                    ("被检查单位意见", _opinion(view))),
        rules.heading("签字"), rules.signatures([_signed(one) for one in _signatures(view)]),
        rules.text(*(_unsigned(one) for one in (*view.refusals, *view.unsigned)),
                   *(f"{moment_text(one.at)} 待签章，期限 {rules.day_text(one.until)}：{one.reason}" for one in view.waits)),
        rules.signatures(_witnesses(view.refusals))]
    return [*parts, *_evidence(view.photos), rules.facts(("记录摘要 SHA-256", view.digest))]


def transcript_parts(view: RecordView, visit: Visit) -> list[Part]:
    """The transcript: when and where, who came and showed what, what was asked about recusal, what was found, who confirmed."""
    recusal = f"{view.recusal.label}{'：' + view.recusal_reason if view.recusal_reason else ''}" if view.recusal else "未记录"
    found = [f"{one.number}. {one.content}：{one.answer.label if one.answer else '未记录'}{'，' + one.note if one.note else ''}。"
             for one in view.checks]
    return [
        rules.facts(*_head(view), ("检查时间", f"{moment_text(view.started_at)} 至 {moment_text(view.closed_at)}")),
        rules.text(_people(view, visit), _shown(view, visit),
                   "现依法对你单位进行检查，请予配合。你单位认为检查人员与本单位有利害关系的，有权申请回避。",
                   f"被检查单位的意见：{recusal}。"),
        rules.heading("检查情况"), rules.text(*found), rules.text(view.conclusion),
        rules.text(f"{ASKED}，{_opinion(view)}。"),
        rules.signatures([_signed(one) for one in _signatures(view)]),
        rules.text(*(_unsigned(one) for one in (*view.refusals, *view.unsigned))), rules.signatures(_witnesses(view.refusals))]


def _people(view: RecordView, visit: Visit) -> str:
    """Who was there, as each confirmed it, with the moment; who left the team later is said to have left."""
    certified, here = _certified(visit), member_person_ids(visit)
    there = [(one.person_id in certified, f"{one.name}（{moment_text(one.at)}到场"
              f"{'' if one.person_id in here else '，后退出检查组'}）") for one in view.presence]
    officers, assistants = ("、".join(said for is_so, said in there if is_so is sort) for sort in (True, False))
    helped = f"协助检查人员：{assistants}。" if assistants else ""
    return f"我们是{department_name()}的执法人员：{officers or '无'}。{helped}"


def _shown(view: RecordView, visit: Visit) -> str:
    """Whose certificate was shown to whom; whose showing is not recorded."""
    shown = "；".join(f"{one.name}（执法证号 {one.number}）于{moment_text(one.at)}{f'向{one.to}' if one.to else ''}出示"
                     for one in view.certificates)
    names, certified = {one.name for one in view.certificates}, _certified(visit)
    silent = "、".join(one.name for one in view.presence if one.person_id in certified and one.name not in names)
    if not view.certificates or silent:
        shown = f"{shown}{'。' if shown else ''}没有出示执法证件的记录{f'：{silent}' if silent else ''}"
    return f"执法证件：{shown}。"


def _certified(visit: Visit) -> set[UUID | None]:
    """Who of the team holds a certificate on the day, those who left it later too."""
    return {one.inspector.person_id for one in visit.members if one.inspector.is_certified_on(day_of(visit))}


def service_parts(view: RecordView, served: Sequence[tuple[str, str, Signature | Refused]]) -> list[Part]:
    """The service receipt: each document, its receiver, place, day, way; a refusal with its reason and witness."""
    deliverers = "、".join(one.name for one in view.presence) or "见检查记录"
    rows = [[f"{name} {number}", one.name if isinstance(one, Signature) else "拒收", view.head.address or "被检查单位",
             moment_text(one.at), "直接送达", deliverers] for name, number, one in served]
    signed = [_signed(one) for _name, _number, one in served if isinstance(one, Signature)]
    remarks = [f"{name}：{_unsigned(one)}" for name, _number, one in served if isinstance(one, Refused)]
    return [
        rules.facts(("案由", view.head.item), ("受送达人", f"{view.head.object}（{view.head.uscc}）")),
        rules.table(["文书名称及文号", "收件人", "送达地点", "送达时间", "方式", "送达人"], rows, [5, 2, 4, 4, 2, 3]),
        rules.heading("收件人签名"), rules.signatures(signed), rules.text(*remarks),
        rules.signatures(_witnesses([one for _name, _number, one in served if isinstance(one, Refused)])),
        rules.text("上述文书同时以二维码地址向受送达人提供电子副本。")]


def _head(view: RecordView) -> tuple[tuple[str, str], ...]:
    head = view.head
    return (("被检查单位", head.object), ("统一社会信用代码", head.uscc), ("住所地址", head.address),
            ("任务名称", f"{head.task}（{head.task_number}）"), ("抽查事项", head.item),
            ("告知书", "、".join(filter(None, (head.notice_number, *view.supplements)))))


def _check(line: CheckLine) -> list[str]:
    said = [line.note, f"数值 {line.number_value}" if line.number_value else "",
            "在禁用手机区域检查，事后补记" if line.zone else ""]
    codes = [one.code for one in line.photos if not one.is_void]
    said.append(f"证据 {'、'.join(codes)}" if codes else "")
    return [str(line.number), line.content, line.answer.label if line.answer else "（空）", "；".join(filter(None, said))]


def _order(view: RecordView) -> str:
    if not view.order:
        return "无"
    until = f"，期限 {rules.day_text(view.order_until)}" if view.order_until else ""
    return f"{view.order_number} {view.order}{until}".strip()


def _opinion(view: RecordView) -> str:
    said = view.opinion.label if view.opinion else "未记录"
    return f"{said}：{view.entity_words}" if view.entity_words else said


def _signatures(view: RecordView) -> list[Signature]:
    return [one for one in (view.entity_signature, *view.inspector_signatures) if one is not None]


def _signed(one: Signature) -> Part:
    capacity = Capacity(one.capacity).label if one.capacity in set(Capacity) else one.capacity
    notes = [capacity, "由检查人员宣读后签认" if one.is_read_aloud else "", f"保留意见：{one.dissent}" if one.dissent else "",
             f"盖章页照片 {one.seal.code}" if one.seal else "", f"在纸质表 {one.sheet.number} 上签名" if one.sheet else ""]
    return rules.signature(SignerRole(one.role).label, one.name, moment_text(one.at), strokes=one.strokes,
                           note="；".join(filter(None, notes)))


def _unsigned(one: Refused) -> str:
    who = one.name or "被检查单位"
    what = "不能签字、盖章" if one.cause is Unsigned.UNABLE else "拒绝签字"
    words = f"当事人的说法：{one.words}。" if one.words else ""
    return f"{moment_text(one.at)} {who}{what}。{words}执法检查人员的说明：{one.explanation}（{one.by}）"


def _witnesses(refusals: Sequence[Refused]) -> list[Part]:
    return [rules.signature("见证人", one.witness.get("name", ""), moment_text(one.at), strokes=one.witness.get("strokes") or (),
                            note=one.witness.get("unit", "")) for one in refusals if one.witness]


def _evidence(photos: Sequence[Photo]) -> list[Part]:
    """The hash list of the evidence, and the pictures among it."""
    rows = [[one.code, one.name or one.kind, moment_text(one.at), one.sha256] for one in photos]
    shown = [rules.picture(one.grade.label, one.code, moment_text(one.at), one.sha256) for one in photos if one.kind == "picture"]
    if not rows:
        return []
    return [rules.heading("证据"), rules.table(["代码", "名称", "时间", "SHA-256"], rows, [2, 3, 3, 7], size=7, mono=True),
            rules.pictures(shown)]

