"""What a 责令改正通知书 says: what was found, what is to be put right until when, and how to contest it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldapp.documents.rules.who import Member, day_text
from fieldapp.law import article

REMEDY = ("对本通知不服的，可以自收到之日起六十日内依法申请行政复议，也可以自收到之日起六个月内依法向人民法院提起行政诉讼。"
          "复议、诉讼期间不停止改正。")
REMEDY_AFTER_REEXAMINATION = ("对复核结论仍有异议的，可以依法申请行政复议或者向人民法院提起行政诉讼，"
                              "也可以向行政执法监督机构反映。")


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What is ordered in whose name, of whom, on which record's findings, until when; at once where no day is set."""

    authority: str
    object_name: str
    uscc: str
    item: str
    record_number: str
    found: str
    ordered: str
    until: date | None
    members: Sequence[Member]


@article("27")
def order_content(facts: OrderFacts, day: date) -> dict[str, object]:
    """The content of an order, as it is frozen when it is issued."""
    return {
        "template": "order/2026-1", "authority": facts.authority, "title": "责令改正通知书", "object": facts.object_name,
        "uscc": facts.uscc, "item": facts.item, "record_number": facts.record_number, "found": facts.found,
        "ordered": facts.ordered, "until": day_text(facts.until) if facts.until else "", "remedy": REMEDY, "day": day_text(day),
        "members": [member.as_content() for member in facts.members],
    }
