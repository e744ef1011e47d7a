"""What an 询问笔录 says: who was asked by whom, when and where, under which rights, question by question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldapp.clock import local
from fieldapp.documents.rules.parts import Part, facts, form, heading, signatures, text, to_sign
from fieldapp.documents.rules.who import Member, day_text, moment_text
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

RIGHTS = ("我们是{authority}的执法人员，现出示执法证件，请你查看。依照法律规定，你有如实回答询问的义务；对与本次检查无关的问题，"
          "有权拒绝回答；认为我们与你或者你单位有利害关系的，有权申请回避。")
SEEN, RECUSAL = "问：你是否看清执法证件？", "问：你是否申请回避？"


@dataclass(frozen=True, slots=True)
class Interview:
    """An interview as it was held: the person with unit and post, place, times, what was answered about the certificates and
    about recusal, what was said."""

    name: str
    unit: str
    post: str
    telephone: str
    place: str
    begins: datetime
    ends: datetime
    sees_certificates: bool
    asks_recusal: bool
    said: str


@article("24")
def check_interview(told: Interview, members: Sequence[Member]) -> None:
    """An interview ends after it began, says something, and is held by two certified inspectors."""
    if told.ends <= told.begins:
        raise Refusal("documents.interview_times", N_("询问结束时间须晚于开始时间"), field="ends")
    if not told.said.strip():
        raise Refusal("documents.interview_empty", N_("请填写问答内容"), field="said")
    if sum(bool(one.certificate_number) for one in members) < 2:
        raise Refusal("documents.interview_alone", N_("询问须由两名持证执法人员进行"))


@article("24")
def interview_content(told: Interview, members: Sequence[Member], authority: str, subject: str) -> dict[str, object]:
    """The transcript as it is frozen, with places for those who sign page by page on paper."""
    asking = "、".join(f"{one.name}（执法证号 {one.certificate_number}）" for one in members if one.certificate_number)
    parts: list[Part] = [
        facts(("事由", subject), ("时间", f"{moment_text(told.begins)} 至 {moment_text(told.ends)}"), ("地点", told.place),
              ("被询问人", told.name), ("工作单位和职务", f"{told.unit} {told.post}".strip()), ("联系电话", told.telephone),
              ("询问人", asking)),
        text(RIGHTS.format(authority=authority), SEEN,
             f"答：{'看清了' if told.sees_certificates else '没有看清'}。", RECUSAL,
             f"答：{'申请回避' if told.asks_recusal else '不申请'}。"),
        heading("问答"), text(*(line.strip() for line in told.said.splitlines())),
        text("以上笔录已阅（或已向我宣读），与我所述一致。"),
        signatures([to_sign("被询问人（逐页签名）", told.name),
                    *(to_sign("询问人", one.name) for one in members if one.certificate_number), to_sign("记录人")])]
    return form("询问笔录", authority, day_text(local(told.ends)), parts)
