"""What a 委托书 says: who is entrusted with which work on what, on which basis, until when."""

from dataclasses import dataclass
from datetime import date

from fieldapp.documents.rules.who import day_text
from fieldapp.law import article

LIMITS = ("受托方只在委托范围内提供专业协助，不得单独实施检查，不得作出或者代为签署检查结论。",
          "受托方及其人员与检查对象有利害关系的，应当主动说明并回避。",
          "受托方对在工作中知悉的商业秘密和个人信息负有保密义务。",
          "报告由实际承担工作的人员署名并注明日期，按期提交。")


@dataclass(frozen=True, slots=True)
class EntrustmentFacts:
    """What is entrusted, by whom, to whom, for the inspection of which object, to be reported until when."""

    authority: str
    party: str
    code: str
    qualification: str
    object_name: str
    items: tuple[str, ...]
    work: str
    scope: str
    basis: str
    due_on: date
    contact_unit: str
    contact_name: str
    contact_telephone: str


@article("19")
def entrustment_content(facts: EntrustmentFacts, day: date) -> dict[str, object]:
    """The letter as values, as it is frozen when it is issued."""
    return {
        "template": "entrustment/2026-1", "authority": facts.authority, "title": "行政检查委托书", "day": day_text(day),
        "party": facts.party, "code": facts.code, "qualification": facts.qualification, "object": facts.object_name,
        "items": list(facts.items), "work": facts.work, "scope": facts.scope, "basis": facts.basis,
        "until": day_text(facts.due_on), "limits": list(LIMITS),
        "contact": {"unit": facts.contact_unit, "name": facts.contact_name, "telephone": facts.contact_telephone},
    }
