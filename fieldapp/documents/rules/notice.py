"""What the 抽查告知书 says: dated texts, and the facts of one visit put beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fieldapp.clock import local
from fieldapp.documents.rules.who import Assisting, Member, day_text
from fieldapp.law import article
from fieldapp.words import N_

METHODS = {"on_site": "实地核查", "written": "书面检查", "online": "网络监测"}


@dataclass(frozen=True, slots=True)
class NoticeText:
    """The standing sentences of the notice, from one day on; an issued notice keeps the text it was issued with."""

    version: str
    valid_from: date
    opening: str
    rights: tuple[str, ...]
    duties: tuple[str, ...]
    consequence: str
    prohibitions: tuple[str, ...]
    must_not: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoticeItem:
    """One item of the visit: its task, what is inspected on which basis, what to have ready."""

    task_number: str
    name: str
    legal_basis: str
    inspection_content: str


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice says of this visit; `authority` is in whose name it is issued."""

    authority: str
    object_name: str
    uscc: str
    address: str
    items: Sequence[NoticeItem]
    method: str
    slot_start: datetime
    slot_end: datetime
    members: Sequence[Member]
    visits_this_year: int
    visits_at_most: int
    contact_unit: str
    contact_name: str
    contact_telephone: str
    assisting: Sequence[Assisting] = ()


TEXTS = (
    NoticeText(
        version="notice/2021-1",
        valid_from=date(2021, 1, 1),
        opening="根据“双随机、一公开”监管工作细则和年度抽查工作计划，你单位经随机抽取被确定为检查对象，"
                "检查人员经随机匹配产生。现将有关事项告知如下。",
        rights=(
            "查验检查人员的行政执法证件；不出示证件或者少于两人的，有权拒绝检查。",
            "认为检查人员与本单位有利害关系的，有权申请其回避；回避决定作出前检查不停止。",
            "对检查情况有权陈述、申辩，意见如实记入检查记录。",
            "对检查结果有异议的，可以提出异议申请，自收到申请材料之日起 20 个工作日内得到复核答复。",
            "对违法违规实施检查的，有权投诉举报。",
        ),
        duties=("配合检查，如实提供与抽查事项有关的资料和情况。", "核对检查记录并签字或者盖章；有不同意见的可以写明。"),
        consequence="拒绝、阻碍检查或者隐瞒有关情况的，依法处理，并将不配合检查的情况向社会公示。",
        prohibitions=(),
        must_not=(),
    ),
    NoticeText(
        version="notice/2025-1",
        valid_from=date(2025, 1, 3),
        opening="根据“双随机、一公开”监管工作细则和年度抽查工作计划，你单位经随机抽取被确定为检查对象，"
                "检查人员经随机匹配产生，本次检查已经批准。现将有关事项告知如下。",
        rights=(
            "查验检查人员的行政执法证件，并可扫码核验人员、证件和本次检查；不出示证件或者持证人员少于两人的，有权拒绝检查。",
            "认为检查人员与本单位有利害关系的，有权申请回避，由本机关负责人决定；决定作出前检查不停止。",
            "对检查情况有权陈述、申辩，意见如实记入检查记录。",
            "约定的时间确有不便的，可以商请另行约定；法定代表人无须到场，可以由负责人或者授权人员配合。",
            "对检查结果有异议的，可以提出异议申请，自收到申请材料之日起 20 个工作日内得到复核答复。",
            "对违法违规实施检查的，有权投诉举报。",
        ),
        duties=("配合检查，如实提供与抽查事项有关的资料和情况。", "告知检查人员现场的安全要求。",
                "核对检查记录并签字或者盖章；有不同意见的可以写明。"),
        consequence="拒绝、阻碍检查或者隐瞒有关情况的，依法处理，并将不配合检查的情况向社会公示。",
        prohibitions=("逐利检查", "干扰企业正常生产经营", "任性处罚企业", "下达检查指标", "变相检查"),
        must_not=(
            "接受被检查单位的馈赠、报酬",
            "参加被检查单位安排的宴请、娱乐、旅游",
            "由被检查单位支付开支或者转嫁检查费用",
            "强制接受指定的中介服务",
            "刻意要求法定代表人到场",
            "乱查封、乱扣押、乱冻结，动辄责令停产停业",
            "将考核、预算与检查频次或者罚没数额挂钩",
            "以观摩、督导、考察之名行检查之实",
        ),
    ),
)


@article("23")
def notice_text_on(day: date) -> NoticeText:
    """The text of the notice in force on a day: a changed text is a new one beside the old, nothing is edited."""
    return max((text for text in TEXTS if text.valid_from <= day), key=lambda text: text.valid_from, default=TEXTS[0])


@article("20", "23")
def notice_content(facts: NoticeFacts, text: NoticeText, day: date) -> dict[str, object]:
    """The whole notice as values, as it is frozen when it is issued: strings, integers and lists only."""
    assisting = {"assisting": [one.as_content() for one in facts.assisting]} if facts.assisting else {}
    return {
        "template": text.version, "authority": facts.authority, "title": "双随机抽查检查告知书", "day": day_text(day),
        "object": facts.object_name, "uscc": facts.uscc, "address": facts.address, "opening": text.opening,
        "items": [{"task_number": item.task_number, "name": item.name, "legal_basis": item.legal_basis,
                   "inspection_content": item.inspection_content} for item in facts.items],
        "method": METHODS.get(facts.method, facts.method), "slot": slot_text(facts.slot_start, facts.slot_end),
        "members": [member.as_content() for member in facts.members],
        "frequency": f"本年度第 {facts.visits_this_year} 次检查（同一检查对象每年原则上不超过 {facts.visits_at_most} 次）",
        "rights": list(text.rights), "duties": list(text.duties), "consequence": text.consequence,
        "prohibitions": list(text.prohibitions), "must_not": list(text.must_not),
        "contact": {"unit": facts.contact_unit, "name": facts.contact_name, "telephone": facts.contact_telephone},
        **assisting,
    }


def slot_text(start: datetime, end: datetime) -> str:
    """A slot as a document writes it: 2026年11月24日 09:00 至 11:30."""
    begins, ends = local(start), local(end)
    return f"{day_text(begins)} {begins:%H:%M} 至 {ends:%H:%M}"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the notice as pages show it: a heading and its lines."""

    title: str
    lines: tuple[str, ...]


@article("23")
def notice_sections(content: dict[str, Any]) -> list[Section]:
    """The parts of an issued notice in their order, for the phone and for paper."""
    items = tuple(f"{item['name']}（任务编号 {item['task_number']}）。依据：{item['legal_basis']}。"
                  f"内容：{item['inspection_content']}" for item in content["items"])
    members = tuple(f"{member['name']}，{member['unit']}，{member['duty']}，执法证号 {member['certificate_number'] or '无'}"
                    for member in content["members"])
    helping = tuple("，".join(filter(None, (one["duty"], one["name"], one["unit"], one["people"])))
                    for one in content.get("assisting", ()))
    place = content["address"] or "被检查单位所在地"
    contact = content["contact"]
    sections = [
        Section(N_("抽查事项和依据"), items),
        Section(N_("方式、时间和地点"), (f"{content['method']}；{content['slot']}；{place}", content["frequency"])),
        Section(N_("检查人员"), members),
        Section(N_("协助检查的机构和专家（不计入检查人员，不单独检查）"), helping),
        Section(N_("你单位的权利"), tuple(content["rights"])),
        Section(N_("你单位的义务"), tuple(content["duties"])),
        Section(N_("不配合检查的后果"), (content["consequence"],)),
        Section(N_("检查纪律"), (*(f"严禁{what}" for what in content["prohibitions"]),
                             *(f"检查人员不得{what}" for what in content["must_not"]))),
        Section(N_("联系方式"), (f"{contact['unit']} {contact['name']} {contact['telephone']}".strip(),)),
    ]
    return [section for section in sections if section.lines]
