"""The 现场检查笔录 of a record."""

from fieldapp.documents import rules
from fieldapp.documents.rules import moment_text
from fieldapp.documents.rules.parts import Part
from fieldapp.fieldwork.rules.papers.signing import (
    all_signatures,
    ended,
    head_rows,
    opinion_text,
    shown_text,
    signed,
    unsigned_text,
    witnesses,
)
from fieldapp.fieldwork.rules.record import RecordView
from fieldapp.law import article

ASKED = "以上记录已阅（或已向我宣读）"


@article("24")
def transcript_parts(view: RecordView, authority: str) -> list[Part]:
    """The transcript: when and where, who came and showed what, what was asked about recusal, what was found, who confirmed."""
    recusal = f"{view.recusal.label}{'：' + view.recusal_reason if view.recusal_reason else ''}" if view.recusal else "未记录"
    found = [f"{one.number}. {one.content}：{one.answer.label if one.answer else '未记录'}"
             f"{'，' + ended(one.note) if one.note else '。'}" for one in view.checks]
    shown = "；".join(shown_text(view, one) for one in view.inspecting if one.is_certified)
    return [
        rules.facts(*head_rows(view), ("检查时间", f"{moment_text(view.started_at)} 至 {moment_text(view.closed_at)}")),
        rules.text(_people(view, authority), f"执法证件：{shown or '无'}。",
                   "现依法对你单位进行检查，请予配合。你单位认为检查人员与本单位有利害关系的，有权申请回避。",
                   f"被检查单位的意见：{ended(recusal)}"),
        rules.heading("检查情况"), rules.text(*found), rules.text(view.conclusion),
        rules.text(f"{ASKED}，{ended(opinion_text(view))}"),
        rules.signatures([signed(one) for one in all_signatures(view)]),
        rules.text(*(unsigned_text(one) for one in (*view.refusals, *view.unsigned))), rules.signatures(witnesses(view.refusals))]


def _people(view: RecordView, authority: str) -> str:
    """Who was there, as each confirmed it, with the moment; who left the team later is said to have left."""
    known = {one.person_id: one for one in view.inspecting}
    there = [(known[one.person_id].is_certified, f"{one.name}（{moment_text(one.at)}到场"
              f"{'，后退出检查组' if known[one.person_id].has_left else ''}）") for one in view.presence]
    officers, assistants = ("、".join(said for is_so, said in there if is_so is sort) for sort in (True, False))
    helped = f"协助检查人员：{assistants}。" if assistants else ""
    return f"我们是{authority}的执法人员：{officers or '无'}。{helped}"
