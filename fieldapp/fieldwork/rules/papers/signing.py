"""What the papers of a record have in common: its head, whose certificate was shown, who signed and who did not."""

from collections.abc import Sequence

from fieldapp.documents import rules
from fieldapp.documents.rules import moment_text
from fieldapp.documents.rules.parts import Part
from fieldapp.fieldwork.rules.arrival import Inspecting
from fieldapp.fieldwork.rules.methods import happens_on_site
from fieldapp.fieldwork.rules.record import RecordView, Refused, Signature
from fieldapp.fieldwork.rules.words import Capacity, SignerRole, Unsigned
from fieldapp.law import article

STOPS = "。；，. "


def head_rows(view: RecordView) -> tuple[tuple[str, str], ...]:
    """Who is inspected, on which task and item, by which notice."""
    head = view.head
    return (("被检查单位", head.object), ("统一社会信用代码", head.uscc), ("住所地址", head.address),
            ("任务名称", f"{head.task}（{head.task_number}）"), ("抽查事项", head.item),
            ("告知书", "、".join(filter(None, (head.notice_number, *view.supplements)))))


@article("23", "24")
def shown_text(view: RecordView, one: Inspecting) -> str:
    """An inspector's certificate: its number, to whom it was shown and when, or that nothing says so."""
    shown = next((shown for shown in view.certificates if shown.person_id == one.person_id), None)
    if shown is not None:
        return f"{one.name}，执法证件 No. {shown.number}，已向 {shown.to or '当事人'} 出示，{moment_text(shown.at)}"
    if not one.is_certified:
        return f"{one.name}，协助检查人员"
    return f"{one.name}，执法证件 No. {one.certificate_number}{'，没有出示记录' if happens_on_site(view.method) else ''}"


def ended(said: str) -> str:
    """Words of somebody as a sentence, with one full stop."""
    return f"{said.rstrip(STOPS)}。"


def opinion_text(view: RecordView) -> str:
    """What the entity says of the record."""
    said = view.opinion.label if view.opinion else "未记录"
    return f"{said}：{view.entity_words}" if view.entity_words else said


def all_signatures(view: RecordView) -> list[Signature]:
    """The entity's signature, then the inspectors'."""
    return [one for one in (view.entity_signature, *view.inspector_signatures) if one is not None]


def signed(one: Signature, about: str = "") -> Part:
    """One who signed, as what and how; `about` names the paper where there are several."""
    capacity = Capacity(one.capacity).label if one.capacity in set(Capacity) else one.capacity
    notes = [about, capacity, "由检查人员宣读后签认" if one.is_read_aloud else "",
             f"保留意见：{one.dissent}" if one.dissent else "", f"盖章页照片 {one.seal.code}" if one.seal else "",
             f"在纸质表 {one.sheet.number} 上签名" if one.sheet else ""]
    return rules.signature(SignerRole(one.role).label, one.name, moment_text(one.at), strokes=one.strokes,
                           note="；".join(filter(None, notes)))


def unsigned_text(one: Refused) -> str:
    """Who refused or could not sign, in whose words, as who explains it."""
    who = one.name or "被检查单位"
    what = {Unsigned.REFUSED: "拒绝签字", Unsigned.UNABLE: "未能签字、盖章", Unsigned.SILENT: "在期限内没有答复"}[one.cause]
    words = f"当事人的说法：{ended(one.words)}" if one.words else ""
    return f"{moment_text(one.at)} {who}{what}。{words}执法检查人员的说明：{one.explanation.rstrip(STOPS)}（{one.by}）。"


def witnesses(refusals: Sequence[Refused]) -> list[Part]:
    """Those who saw a refusal."""
    return [rules.signature("见证人", one.witness.get("name", ""), moment_text(one.at), strokes=one.witness.get("strokes") or (),
                            note=one.witness.get("unit", "")) for one in refusals if one.witness]
