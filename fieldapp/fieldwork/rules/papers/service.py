"""The 送达回证: each document that was served, how it was taken."""

from collections.abc import Sequence

from fieldapp.documents import rules
from fieldapp.documents.rules import moment_text
from fieldapp.documents.rules.parts import Part
from fieldapp.fieldwork.rules.methods import happens_on_site
from fieldapp.fieldwork.rules.papers.signing import signed, unsigned_text, witnesses
from fieldapp.fieldwork.rules.record import RecordView, Refused, Signature
from fieldapp.fieldwork.rules.words import Unsigned
from fieldapp.law import article

Served = tuple[str, str, Signature | Refused]


@article("23")
def service_parts(view: RecordView, served: Sequence[Served]) -> list[Part]:
    """The service receipt: each document, its receiver, place, day, way; a refusal with its reason and witness."""
    deliverers = "、".join(one.name for one in view.presence or view.inspecting) or "见检查记录"
    is_direct = happens_on_site(view.method)
    place, way = (view.head.address or "被检查单位", "直接送达") if is_direct else ("签字链接", "电子送达")
    rows = [[f"{name} {number}", _receiver(one), place, moment_text(one.at), way, deliverers]
            for name, number, one in served]
    signatures = [signed(one, name) for name, _number, one in served if isinstance(one, Signature)]
    remarks = [f"{name}：{unsigned_text(one)}" for name, _number, one in served if isinstance(one, Refused)]
    return [
        rules.facts(("案由", f"“{view.head.item}”抽查检查（任务编号 {view.head.task_number}）"),
                    ("受送达人", f"{view.head.object}（{view.head.uscc}）")),
        rules.table(["文书名称及文号", "收件人", "送达地点", "送达时间", "方式", "送达人"], rows, [10, 5, 8, 7, 5, 6]),
        rules.heading("收件人签名"), rules.signatures(signatures), rules.text(*remarks),
        rules.signatures(witnesses([one for _name, _number, one in served if isinstance(one, Refused)])),
        rules.text("上述文书同时以二维码地址向受送达人提供电子副本。")]


def _receiver(one: Signature | Refused) -> str:
    if isinstance(one, Signature):
        return one.name
    return "拒收" if one.cause is Unsigned.REFUSED else "未签收"
