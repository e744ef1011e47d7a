"""The 随机抽查情况记录表, frozen as it was signed."""

from collections.abc import Sequence

from fieldapp.documents import rules
from fieldapp.documents.rules import METHODS, moment_text
from fieldapp.documents.rules.parts import Part
from fieldapp.fieldwork.rules.papers.signing import (
    STOPS,
    all_signatures,
    head_rows,
    opinion_text,
    shown_text,
    signed,
    unsigned_text,
    witnesses,
)
from fieldapp.fieldwork.rules.record import CheckLine, Photo, RecordView
from fieldapp.law import article


@article("24")
def record_parts(view: RecordView) -> list[Part]:
    """The record form: head, checks with answers, findings, conclusion, the entity's opinion, who signed or did not, evidence."""
    category = view.category.label if view.category else "（未拟定）"
    parts = [
        rules.facts(*head_rows(view), ("法定代表人和电话", view.representative),
                    ("检查方式", METHODS.get(view.method, view.method)),
                    ("检查起止", f"{moment_text(view.started_at)} 至 {moment_text(view.closed_at)}"),
                    ("检查人员", "\n".join(shown_text(view, one) for one in view.inspecting))),
        rules.heading("检查情况"),
        rules.table(["序号", "检查内容", "结果", "说明和证据"], [_check(one) for one in view.checks], [2, 11, 4, 9]),
        rules.text(*(f"清单以外的发现：{one.text}（{one.reason}）" for one in view.others if not one.is_void)),
        rules.heading("结论和处置"),
        rules.facts(("结果（拟定）", category), ("说明", view.conclusion), ("责令改正", _order(view)),
                    ("被检查单位意见", opinion_text(view))),
        rules.heading("签字"), rules.signatures([signed(one) for one in all_signatures(view)]),
        rules.text(*(unsigned_text(one) for one in (*view.refusals, *view.unsigned)),
                   *(f"{moment_text(one.at)} 待签章，期限 {rules.day_text(one.until)}：{one.reason}" for one in view.waits)),
        rules.signatures(witnesses(view.refusals))]
    return [*parts, *_evidence(view.photos), rules.facts(("记录摘要 SHA-256", view.digest))]


def _check(line: CheckLine) -> list[str]:
    said = [line.note.rstrip(STOPS), f"数值 {line.number_value}" if line.number_value else "",
            "在禁用手机区域检查，事后补记" if line.zone else ""]
    codes = [one.code for one in line.photos if not one.is_void]
    said.append(f"证据 {'、'.join(codes)}" if codes else "")
    return [str(line.number), line.content, line.answer.label if line.answer else "（空）", "；".join(filter(None, said))]


def _order(view: RecordView) -> str:
    if not view.order:
        return "无"
    until = f"，期限 {rules.day_text(view.order_until)}" if view.order_until else ""
    return f"{view.order_number} {view.order.rstrip(STOPS)}{until}。".strip()


def _evidence(photos: Sequence[Photo]) -> list[Part]:
    """The hash list of the evidence, and the pictures among it."""
    rows = [[one.code, one.name or one.kind, moment_text(one.at), one.sha256] for one in photos]
    shown = [rules.picture(one.grade.label, one.code, moment_text(one.at), one.sha256) for one in photos if one.kind == "picture"]
    if not rows:
        return []
    return [rules.heading("证据"), rules.table(["代码", "名称", "时间", "SHA-256"], rows, [3, 4, 4, 10], size=8, mono=True),
            rules.pictures(shown)]
