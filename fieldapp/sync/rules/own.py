"""The entity's own phone: when a link may be offered, who may open it, what may be signed there."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any
from uuid import UUID

from fieldapp.clock import SHANGHAI
from fieldapp.fieldwork.rules import Capacity, EntityOpinion, Entry, RecordView, Recusal
from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.sync.rules.paper import Said
from fieldapp.words import N_

VALID = timedelta(minutes=30)
MOST_WRONG = 5
CODE_DIGITS = 6


class Opening(StrEnum):
    """What became of one try to open a link."""

    OPENED = "opened"
    WRONG_CODE = "wrong_code"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who confirms for the entity, how (strokes, or the typed name with the on-site code), over which digest, with which
    attendance in it."""

    name: str
    capacity: str
    strokes: list[Any]
    is_typed: bool
    digest: str
    attendance: dict[str, Any] | None = None


class Unfinished(Conflict):
    """The inspectors are still writing the record."""


@article("16", "24")
def check_may_offer(*, is_member: bool, is_on_site: bool, is_under_way: bool, certified_present: int, needed: int = 2) -> None:
    """A member of the team offers the link, while the team is with the entity and two certified members have confirmed it."""
    if not is_member:
        raise Forbidden("sync.link_not_of_team", N_("只有本次检查的成员可以请当事人在其手机上签字"))
    if not is_on_site:
        raise Conflict("sync.link_not_on_site", N_("书面检查和网络监测不用现场签字：当事人用送达的链接核对、签字"))
    if not is_under_way:
        raise Conflict("sync.link_not_under_way", N_("检查还没有开始或者已经结束，不能请当事人签字"))
    if certified_present < needed:
        raise Conflict("sync.link_too_few_present", N_("到场确认的持证人员不足两人，不能请当事人签字"))


@article("22", "24")
def check_may_serve(*, is_member: bool, is_under_way: bool) -> None:
    """A member of the team serves the link of a written or an online inspection while it goes on; nobody has to be there."""
    if not is_member:
        raise Forbidden("sync.link_not_of_team", N_("只有本次检查的成员可以把检查记录送达当事人签字"))
    if not is_under_way:
        raise Conflict("sync.link_not_under_way", N_("检查还没有开始或者已经结束，不能请当事人签字"))


@article("22", "24")
def served_until(days: Collection[date], today: date) -> datetime:
    """A served link is good to the end of the last day that its records name; with none to come there is nothing to serve."""
    last = max(days, default=None)
    if last is None or last < today:
        raise Conflict("sync.nothing_served", N_("没有等待单位签字的记录，或者期限已过：请先写完记录，写明签字期限"))
    return datetime.combine(last, time(23, 59, 59), SHANGHAI)


@article("24")
def check_is_served(*, is_awaited: bool) -> None:
    """Away from the site a record is signed when the inspectors have served it, not while they are still writing it."""
    if not is_awaited:
        raise Unfinished("sync.record_unfinished", N_("检查记录还没有写完，请稍候，由检查人员告知后再核对"))


def code_hash(link_id: UUID, code: str) -> str:
    """The on-site code as it is kept."""
    return sha256(f"{link_id}:{code}".encode()).hexdigest()


@article("28")
def slip(session: str) -> str:
    """The secret by which the phone of this session, and no other, rates the visit, also when the session is over."""
    return sha256(f"rating:{session}".encode()).hexdigest()


@article("24")
def check_is_ready(record: RecordView) -> None:
    """Nobody signs what is not finished: every line answered, no conflict open, a proposed category with its order."""
    is_answered = all(line.answer is not None for line in record.checks) or record.door.entry not in {None, Entry.MET}
    is_concluded = record.category is not None and (not record.category.needs_order or bool(record.order.strip()))
    if not is_answered or not is_concluded or record.rivals:
        raise Unfinished("sync.record_unfinished", N_("检查记录还没有写完，请稍候，由检查人员告知后再核对"))


@article("24")
def check_has_opinion(record: RecordView) -> None:
    """Nobody signs a record without having said whether it is true: who says so, signs."""
    if record.opinion is None or not record.entity_name:
        raise Conflict("sync.no_opinion_yet", N_("请先在检查记录下面选择“属实”或“有异议”，再签字"))


def check_has_entered(left_out: tuple[str, str] | None, *, is_received: bool) -> None:
    """What the entity said has entered the record: `left_out` is the code and the sentence of what has not."""
    if not is_received:
        raise Conflict("sync.not_received", N_("没有收到您的答复，没有签任何字，请再试一次"))
    if left_out is not None:
        raise Conflict(*left_out)


@article("24")
def check_is_unsettled(*, is_settled: bool) -> None:
    """What was signed or refused stands: it is not signed a second time."""
    if is_settled:
        raise Conflict("sync.signed_already", N_("已经签过字或者注明拒签，不用再签"))


@article("24")
def check_what_was_read(read: str, stands: str) -> None:
    """Whoever signs has read what stands there: what has changed meanwhile is shown again first."""
    if read != stands:
        raise Conflict("sync.changed_since_read", N_("内容在您阅读之后有改动，没有签字。现在显示的是改动后的内容，请重新核对"))


@article("24")
def check_signer(signer: Signer, *, code_fits: bool, is_served: bool) -> None:
    """A name, a capacity, and the strokes of a hand or the on-site code beside the typed name. Through a served link the
    typed name is enough: there was nobody to tell a code."""
    check_name(signer.name, signer.capacity)
    if signer.is_typed and not (code_fits or is_served):
        raise Refusal("sync.wrong_code", N_("现场码不对，请问检查人员"), field="code")
    if not signer.is_typed and not signer.strokes:
        words = N_("请用手指签名，或者选择以填写的姓名签认") if is_served else N_("请用手指签名，或者选择以姓名和现场码签认")
        raise Refusal("sync.no_strokes", words, field="strokes")


def check_name(name: str, capacity: str) -> None:
    """Who it is, and what for the entity."""
    if not name:
        raise Refusal("sync.no_name", N_("请填写姓名"), field="name")
    if capacity not in set(Capacity):
        raise Refusal("sync.no_capacity", N_("请选择身份"), field="capacity")


@article("23", "24")
def said_of_notice(signer: Signer, recusal: str, reason: str, notice: Mapping[str, Any] | None, by: UUID,
                   at: datetime) -> list[Said]:
    """The notice received by signature, with the answer about recusal; `notice` where nobody has noted its handing over."""
    if recusal not in set(Recusal):
        raise Refusal("sync.no_recusal", N_("请选择是否申请检查人员回避"), field="recusal")
    if recusal == Recusal.YES and not reason:
        raise Refusal("sync.no_recusal_reason", N_("请写明申请谁回避和理由"), field="recusal_reason")
    said = [Said("set", "notice/recusal", recusal, by, at), Said("set", "notice/recusal_reason", reason or None, by, at)]
    if notice is not None:
        said.append(Said("issue", "notice", dict(notice), by, at))
    return [*said, Said("sign", "notice", signature(signer), by, at)]


@article("18", "23")
def said_of_supplement(signer: Signer, place: str, supplement: Mapping[str, Any] | None, by: UUID, at: datetime) -> list[Said]:
    """A supplement to the notice received by signature; `supplement` where nobody has noted its handing over."""
    handed = [] if supplement is None else [Said("issue", place, dict(supplement), by, at)]
    return [*handed, Said("sign", place, signature(signer), by, at)]


@article("24")
def said_of_record(record: UUID, opinion: str, words: str, who: tuple[str, str], by: UUID, at: datetime) -> list[Said]:
    """What the entity says of a record before it signs: true, or objected to and why; who says it, in what capacity."""
    if opinion not in set(EntityOpinion):
        raise Refusal("sync.no_opinion", N_("请选择“属实”或“有异议”"), field="opinion")
    if opinion == EntityOpinion.OBJECTION and not words:
        raise Refusal("sync.no_objection", N_("请写明有异议的内容"), field="words")
    check_name(*who)
    values = {"opinion": opinion, "words": words if opinion == EntityOpinion.OBJECTION else None, "name": who[0],
              "capacity": who[1]}
    return [Said("set", f"r/{record}/entity/{name}", value, by, at) for name, value in values.items()]


def signature(signer: Signer) -> dict[str, Any]:
    """The value of an entity's signature from its own phone."""
    value = {"role": "entity", "name": signer.name, "capacity": signer.capacity, "strokes": signer.strokes,
             "digest": signer.digest, "own_phone": True}
    value |= {"attendance": signer.attendance} if signer.attendance else {}
    return value | {"typed": True} if signer.is_typed else value


@article("24")
def refusal(what: str, words: str, digest: str) -> dict[str, Any]:
    """The value of a refusal from the entity's own phone: its words; the inspectors' explanation follows in the record."""
    return {"what": what, "words": words, "explanation": "", "digest": digest, "own_phone": True}
