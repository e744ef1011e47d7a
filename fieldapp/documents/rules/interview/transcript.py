"""What an 询问笔录 says: who was asked by whom, when and where, for which time, under which rights, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fieldapp.clock import local
from fieldapp.documents.rules.interview.identity import Identity, check_identity, masked
from fieldapp.documents.rules.parts import Part, facts, form, heading, numbered, signatures, text, to_sign
from fieldapp.documents.rules.who import Member, day_text, moment_text
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

OPENING = "我们是{authority}的执法人员，现出示执法证件，请你查看。现就{subject}依法向你询问，你的权利和义务如下。"
RIGHTS = (
    "认为我们与你或者你单位有利害关系的，有权申请回避。",
    "有权陈述和申辩；对与本次检查无关的问题，有权拒绝回答。",
    "有权核对笔录，认为有遗漏或者差错的，有权要求补充或者更正；不能阅读的，由我们向你宣读。",
    "应当如实回答询问，并协助检查，不得拒绝或者阻挠。",
    "身份证件的号码只用于核实身份和制作本笔录。",
)
SEEN, RECUSAL = "问：你是否看清执法证件？", "问：你是否申请回避？"
UNDERSTOOD = "问：以上权利和义务，你是否已经阅读（或者已听宣读）并明白？"
MOST_PRESENT = 200


class RightsHeard(Labelled):
    """How the person came to know their rights and duties, and whether they understood them."""

    READ = "read", N_("本人已阅读，明白")
    READ_ALOUD = "read_aloud", N_("已向本人宣读，明白")
    NOT_UNDERSTOOD = "not_understood", N_("还不明白")


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview as it was held: the person with identity document, unit and post, place, times, who else was present, what
    was answered about the certificates, the rights and recusal, what was said; `supplements` is the number of the earlier
    transcript of the same person that it completes."""

    name: str
    identity: Identity
    unit: str
    post: str
    telephone: str
    place: str
    begins: datetime
    ends: datetime
    present: str
    sees_certificates: bool
    rights: RightsHeard
    asks_recusal: bool
    said: str
    supplements: str = ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """An interview of the case that stands already: its number, whom it heard, by name and by the keyed hash of the number of
    their identity document (empty where there was none)."""

    number: str
    name: str
    mark: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """In whose name somebody is asked, in the inspection of what, by whom; who writes; for the how manieth time; the number of
    their identity document as it is kept and known again."""

    authority: str
    object_name: str
    members: Sequence[Member]
    recorder: str
    nth: int
    sealed: str
    mark: str

    @property
    def subject(self) -> str:
        """What the person is asked about."""
        return f"对“{self.object_name}”的抽查检查"


@article("24")
def check_interview(told: Interview, members: Sequence[Member]) -> None:
    """An interview ends after it began, hears somebody whose identity is written down and who understood their rights, says
    something, and is held by two certified inspectors."""
    check_identity(told.identity)
    if told.ends <= told.begins:
        raise Refusal("documents.interview_times", N_("询问结束时间须晚于开始时间"), field="ends")
    if told.rights is RightsHeard.NOT_UNDERSTOOD:
        raise Refusal("documents.interview_rights", N_("被询问人还不明白权利和义务的，请先说明清楚，再开始询问"), field="rights")
    if not told.said.strip():
        raise Refusal("documents.interview_empty", N_("请填写问答内容"), field="said")
    if sum(bool(one.certificate_number) for one in members) < 2:
        raise Refusal("documents.interview_alone", N_("询问须由两名持证执法人员进行"))


@article("24")
def earlier_interview(number: str, content: dict[str, Any]) -> Earlier:
    """Whom an issued transcript heard; one of before marks were kept names them among its facts."""
    if "heard" in content:
        return Earlier(number, content["heard"]["name"], content["heard"]["mark"])
    named = {name: value for part in content.get("parts", ()) if part["is"] == "facts" for name, value in part["rows"]}
    return Earlier(number, named.get("被询问人", ""), "")


@article("24")
def interviews_of(name: str, mark: str, earlier: Sequence[Earlier]) -> list[Earlier]:
    """Those interviews of the case that heard the same person: by the number of the identity document, else by name."""
    bare = "".join(name.split())
    return [one for one in earlier
            if (one.mark == mark if one.mark and mark else "".join(one.name.split()) == bare)]


@article("24")
def check_supplement(told: Interview, of_person: Sequence[Earlier]) -> None:
    """A transcript is completed by one of the same person in the same case, which names it: nothing is written into it."""
    if told.supplements and told.supplements not in {one.number for one in of_person}:
        raise Refusal("documents.supplements_another", N_("补充笔录须补充同一被询问人在本次检查中的笔录"), field="supplements")


@article("24")
def interview_content(told: Interview, on: Occasion) -> dict[str, object]:
    """The transcript as it is frozen, with places for those who sign page by page on paper."""
    asking = [one for one in on.members if one.certificate_number]
    shown = masked(told.identity.number)
    parts: list[Part] = [
        _facts(told, on, "、".join(f"{one.name}（执法证号 {one.certificate_number}）" for one in asking)),
        text(OPENING.format(authority=on.authority, subject=on.subject)), numbered(RIGHTS),
        text(SEEN, f"答：{'看清了' if told.sees_certificates else '没有看清'}。", UNDERSTOOD, f"答：{told.rights.label}。",
             RECUSAL, f"答：{'申请回避' if told.asks_recusal else '不申请'}。"),
        heading("问答"), text(*(line.strip() for line in told.said.splitlines())),
        text("以上笔录已阅（或已向我宣读），与我所述一致。"),
        signatures([to_sign("被询问人（逐页签名）", told.name), *(to_sign("询问人", one.name) for one in asking),
                    to_sign("记录人", on.recorder), *([to_sign("在场人")] if told.present else [])])]
    title = "补充询问笔录" if told.supplements else "询问笔录"
    concealed = {"concealed": [{"shown": shown, "sealed": on.sealed}]} if told.identity.number else {}
    return form(title, on.authority, day_text(local(told.ends)), parts) | {
        "heard": {"name": told.name, "mark": on.mark, "nth": on.nth, "supplements": told.supplements}} | concealed


def _facts(told: Interview, on: Occasion, asking: str) -> Part:
    supplemented = [("补充的笔录", told.supplements)] if told.supplements else []
    return facts(
        ("事由", on.subject), ("时间", f"{moment_text(told.begins)} 至 {moment_text(told.ends)}"),
        ("次数", f"第 {on.nth} 次询问"), *supplemented, ("地点", told.place), ("被询问人", told.name),
        ("身份证件", told.identity.shown), ("工作单位和职务", f"{told.unit} {told.post}".strip()),
        ("联系电话", told.telephone), ("询问人", asking), ("记录人", on.recorder), ("在场人", told.present or "无"))
