"""The 行政检查审批表 of a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fieldapp.documents import rules
from fieldapp.law import article

SOURCES = {"plan": "年度抽查工作计划", "external": "省工作平台下达"}


@dataclass(frozen=True, slots=True)
class Approval:
    """What was approved: the tasks by origin and number, what the notice says and its number, which division asked; with which
    opinion, by whom and when."""

    authority: str
    tasks: Sequence[tuple[str, str]]
    notice: Mapping[str, Any]
    notice_number: str
    division: str
    opinion: str
    approver: str
    at: datetime


@article("14", "20")
def approval_form(told: Approval, day: date) -> dict[str, object]:
    """The approval of a visit, out of what its notice says."""
    said = told.notice
    members = "；".join(f"{one['name']}（{one['duty']}，执法证号 {one['certificate_number'] or '无'}）"
                       for one in said["members"])
    helping = "；".join(f"{one['duty']} {one['name']}" for one in said.get("assisting", ()))
    sources = "；".join(f"{SOURCES.get(origin, '临时任务')}，任务编号 {number}" for origin, number in told.tasks)
    bases = "\n".join(dict.fromkeys(one["legal_basis"] for one in said["items"]))
    contents = "\n".join(f"{one['name']}：{one['inspection_content']}" for one in said["items"])
    rows = (("任务来源", sources), ("检查依据", bases), ("检查对象", f"{said['object']}（{said['uscc']}）"),
            ("地址", said["address"]), ("检查事项和内容", contents), ("检查方式", said["method"]), ("检查时间", said["slot"]),
            ("检查人员", members), ("协助检查", helping or "无"), ("本年度检查频次", said["frequency"]),
            ("承办机构", f"{told.division}，经办人 {said['contact']['name']}"),
            ("审批意见", told.opinion or "同意"), ("审批人和时间", f"{told.approver}，{rules.moment_text(told.at)}"),
            ("告知书文号", told.notice_number))
    return rules.form("行政检查审批表", told.authority, rules.day_text(day), [rules.facts(*rows)])
