"""What a 检查人员变更告知书 says: the team of a visit that has begun is another than its notice named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldapp.documents.rules.who import Member, day_text
from fieldapp.law import article

RIGHTS = ("请查验变更后检查人员的行政执法证件；不出示证件或者持证人员少于两人的，有权拒绝检查。",
          "认为变更后的检查人员与本单位有利害关系的，有权申请回避，由本机关负责人决定；决定作出前检查不停止。",
          "原告知书的其他内容不变。")


@dataclass(frozen=True, slots=True)
class SupplementFacts:
    """Whose notice is supplemented, who was named so far, who inspects from now on."""

    authority: str
    object_name: str
    uscc: str
    notice_number: str
    named: Sequence[dict[str, Any]]
    members: Sequence[Member]
    contact: dict[str, str]


@article("17", "18")
def names_others(named: Sequence[dict[str, Any]], members: Sequence[Member]) -> bool:
    """Whether the inspectors are others than those named to the inspected party, by name and certificate."""
    return {_who(one) for one in named} != {_who(one.as_content()) for one in members}


@article("17", "18")
def supplement_content(facts: SupplementFacts, day: date) -> dict[str, object]:
    """The supplement as values, as it is frozen when it is issued: who goes, who comes, who inspects from now on."""
    members = [member.as_content() for member in facts.members]
    before, after = {_who(one) for one in facts.named}, {_who(one) for one in members}
    return {
        "template": "supplement/2026-1", "authority": facts.authority, "title": "检查人员变更告知书", "day": day_text(day),
        "object": facts.object_name, "uscc": facts.uscc, "notice": facts.notice_number, "members": members,
        "leaving": [one for one in facts.named if _who(one) not in after],
        "joining": [one for one in members if _who(one) not in before], "rights": list(RIGHTS), "contact": facts.contact,
    }


def _who(one: dict[str, Any]) -> tuple[str, str]:
    return one["name"], one["certificate_number"]
