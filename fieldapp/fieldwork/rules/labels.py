"""What a place of the record is called, for people."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fieldapp import clock
from fieldapp.fieldwork.rules.arrival import Closure, Entry, Way
from fieldapp.fieldwork.rules.paths import Thing, is_field, place
from fieldapp.fieldwork.rules.words import Answer, EntityOpinion, ProposedCategory, Recusal
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_


@dataclass(frozen=True, slots=True)
class Name:
    """A catalogue message with its facts."""

    message: str
    facts: Mapping[str, object] = field(default_factory=dict)


NAMES = {
    Thing.ARRIVAL_PLACE: N_("到达地点"),
    Thing.ARRIVAL_FIX: N_("到达定位"),
    Thing.ARRIVAL_REASON: N_("到达情况说明"),
    Thing.ARRIVAL_SCAN: N_("核对信用代码"),
    Thing.ENTRY: N_("进门情况"),
    Thing.CLOSURE: N_("停业或搬离的情形"),
    Thing.STATEMENT: N_("邻居、物业等人员的说明"),
    Thing.STATEMENT_BY: N_("说明人"),
    Thing.DOOR_WORDS: N_("拒绝检查时当事人的说法"),
    Thing.DOOR_EXPLANATION: N_("拒绝检查时执法检查人员的说明"),
    Thing.ATTEMPT: N_("联系经过"),
    Thing.DOOR_PHOTO: N_("门前照片"),
    Thing.ZONE: N_("禁用手机区域"),
    Thing.ZONE_PHOTO: N_("纸质记录照片"),
    Thing.REQUEST: N_("发出书面检查要求"),
    Thing.REQUEST_LIST: N_("书面检查要求的内容"),
    Thing.REQUEST_UNTIL: N_("答复期限"),
    Thing.REPLY_PHOTO: N_("收到的纸质答复"),
    Thing.AFTERWARDS: N_("第 %(number)s 项为事后补记"),
    Thing.PAGE: N_("网络监测记录"),
    Thing.PAGE_PHOTO: N_("网页截图"),
    Thing.PRESENCE: N_("到场确认"),
    Thing.CREDENTIAL: N_("出示执法证件"),
    Thing.NOTICE: N_("抽查告知书"),
    Thing.SUPPLEMENT: N_("检查人员变更告知书"),
    Thing.RECUSAL: N_("当事人是否申请回避"),
    Thing.RECUSAL_REASON: N_("申请回避的理由"),
    Thing.PAUSE: N_("暂停检查"),
    Thing.VISIT: N_("结束检查"),
    Thing.ANSWER: N_("第 %(number)s 项的检查情况"),
    Thing.NOTE: N_("第 %(number)s 项的说明"),
    Thing.NUMBER: N_("第 %(number)s 项的数值"),
    Thing.PHOTO: N_("第 %(number)s 项的证据"),
    Thing.EVIDENCE: N_("对整个记录的证据"),
    Thing.OTHER: N_("其他发现"),
    Thing.CATEGORY: N_("拟定结果类别"),
    Thing.CONCLUSION: N_("检查结论"),
    Thing.ORDER: N_("责令改正的内容"),
    Thing.ORDER_UNTIL: N_("改正期限"),
    Thing.ORDER_NUMBER: N_("责令改正通知书文号"),
    Thing.OPINION: N_("被检查单位意见"),
    Thing.ENTITY_WORDS: N_("被检查单位的陈述"),
    Thing.ENTITY_NAME: N_("签字人姓名"),
    Thing.ENTITY_CAPACITY: N_("签字人身份"),
    Thing.RECORD: N_("检查记录的签字"),
    Thing.REFUSAL: N_("单位在自己手机上的说法"),
    Thing.SUPPLEMENT_REFUSAL: N_("单位在自己手机上对检查人员变更告知书的说法"),
    Thing.NOTICE_REFUSAL: N_("单位在自己手机上对告知书的说法"),
    Thing.SEAL: N_("盖章页照片"),
    Thing.INSPECTOR_SIGNATURE: N_("执法检查人员的签字"),
    Thing.AWAITING: N_("待签章"),
    Thing.LETTER: N_("授权委托书照片"),
    Thing.SHEET: N_("纸质检查表照片"),
    Thing.CLOSING: N_("结束一份记录"),
}
_LABELLED: dict[Thing, type[Labelled]] = {
    Thing.ANSWER: Answer, Thing.OPINION: EntityOpinion, Thing.CATEGORY: ProposedCategory, Thing.ENTRY: Entry,
    Thing.CLOSURE: Closure, Thing.RECUSAL: Recusal,
}
_MOMENTS = (946_684_800_000, 4_102_444_800_000)  # milliseconds of this century: a number in between is a time


def field_names() -> dict[str, str]:
    """The message of every field that is set, by its path with `*` for what names a record, a line or an entry."""
    return {re.sub(r"<\w+>", "*", thing): NAMES[thing] for thing in Thing if is_field(thing)}


def place_name(path: str, numbers: Mapping[UUID, int]) -> Name:
    """What stands at a path, in words; `numbers` are the numbers of the checklist's lines."""
    try:
        found = place(path)
    except Refusal:
        return Name(N_("其他栏目"))
    if found.line is None:
        return Name(NAMES[found.thing])
    return Name(NAMES[found.thing], {"number": numbers.get(found.line, "?")})


def value_words(path: str, value: Any) -> str:
    """A field's value as people read it: the word of an answer, else the text itself; of several facts each that says one."""
    return " · ".join(value_parts(path, value))


def value_parts(path: str, value: Any) -> list[str]:
    """What a field's value says, each for itself; words of the form are messages of the catalogues."""
    if isinstance(value, dict):
        return [_fact(name, fact) for name, fact in value.items() if fact not in (None, "") and name != "by"]
    if value in (None, ""):
        return []
    words = _LABELLED.get(place(path).thing)
    return [words(value).label if words is not None and value in set(words) else str(value)]


def _fact(name: str, fact: Any) -> str:
    if name == "accuracy_m":
        return f"±{fact} m"
    if name == "way" and fact in set(Way):
        return Way(fact).label
    if type(fact) is int and _MOMENTS[0] < fact < _MOMENTS[1]:
        return f"{clock.local(datetime.fromtimestamp(fact / 1000, UTC)):%Y-%m-%d %H:%M}"
    return str(fact)
