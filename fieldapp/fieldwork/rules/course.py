"""How a visit went: what the leader is told is missing or odd; nothing of it blocks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fieldapp.fieldwork.rules.arrival import Arrival, AtTheDoor, arrival_gaps, door_gaps
from fieldapp.fieldwork.rules.guards import NEEDED
from fieldapp.fieldwork.rules.methods import happens_on_site
from fieldapp.fieldwork.rules.words import Capacity, Recusal
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_


@dataclass(frozen=True, slots=True)
class Course:
    """How a visit went, as far as the order of its steps can be judged."""

    method: str
    has_arrival: bool = False
    certified_present: int = 0
    members_without_credential: Sequence[str] = field(default=())
    notice_answered: bool = False
    unanswered: Sequence[int] = field(default=())
    unexplained: Sequence[int] = field(default=())
    skewed_clocks: int = 0
    unfitting: int = 0
    meets_nobody: bool = False
    arrival: Arrival = field(default=Arrival())
    door: AtTheDoor = field(default=AtTheDoor())
    assistants_not_named: Sequence[str] = field(default=())
    apart: Sequence[Refusal] = field(default=())
    notice_signed: bool = False
    unserved: Sequence[str] = field(default=())
    recusal: str | None = None
    recusal_reason: str = ""
    letter_missing: bool = False
    unwitnessed: bool = False
    dissenting: Sequence[str] = field(default=())
    unsigned: Sequence[str] = field(default=())

    @property
    def is_held(self) -> bool:
        """Whether there was an inspection to hold: somebody was met who let the team in."""
        return not self.meets_nobody and self.door.is_met


@article("24")
def needs_letter(capacity: object) -> bool:
    """Whether a signer's capacity asks for a letter of authorisation; kits of older releases wrote free words."""
    return isinstance(capacity, str) and capacity in set(Capacity) and Capacity(capacity).needs_letter


@article("24")
def letter_is_missing(capacities: Iterable[object], *, has_letter: bool) -> bool:
    """Whether somebody signed for the entity who has still to bring the letter (E18)."""
    return not has_letter and any(map(needs_letter, capacities))


@article("24")
def is_unwitnessed(signed: Mapping[str, Any]) -> bool:
    """Whether a record was read to its signer without anybody beside them."""
    return bool(signed.get("read_aloud")) and not signed.get("witness")


@article("21", "22", "23", "24")
def gaps(course: Course) -> list[Refusal]:
    """What the leader is told is missing or odd; nothing of it blocks, each is one sentence."""
    on_site = happens_on_site(course.method)
    found = [*(_gaps_on_site(course) if on_site else []), *course.apart]
    if on_site and not course.notice_answered and course.is_held:
        found.append(Refusal("fieldwork.notice_unanswered", N_("抽查告知书没有签收，也没有拒收记录")))
    if on_site and course.unserved and course.is_held:
        found.append(Refusal("fieldwork.supplement_unanswered", N_("检查人员变更告知书没有签收，也没有拒收记录：%(numbers)s"),
                             numbers="、".join(course.unserved)))
    if course.unanswered and course.is_held:
        found.append(Refusal("fieldwork.checks_unanswered", N_("必查项没有填写：第 %(numbers)s 项"),
                             numbers="、".join(map(str, course.unanswered))))
    if course.unexplained:
        found.append(Refusal("fieldwork.not_checked_unexplained", N_("“本次未检查”没有写原因：第 %(numbers)s 项"),
                             numbers="、".join(map(str, course.unexplained))))
    if course.skewed_clocks:
        found.append(Refusal("fieldwork.clock_skew", N_("手机时钟与服务器相差超过 2 分钟：%(count)s 处"),
                             count=course.skewed_clocks))
    if course.unfitting:
        found.append(Refusal("fieldwork.signature_unfitting", N_("所签内容与现在的记录不一致：%(count)s 处签字"),
                             count=course.unfitting))
    return [*found, *_gaps_of_signing(course)]


def _gaps_on_site(course: Course) -> list[Refusal]:
    found = []
    if not course.has_arrival:
        found.append(Refusal("fieldwork.no_arrival", N_("没有到达地点的记录")))
    if course.certified_present < NEEDED:
        found.append(Refusal("fieldwork.presence_missing", N_("到场确认的持证人员不足两人")))
    if course.members_without_credential and course.is_held:
        found.append(Refusal("fieldwork.credential_not_shown", N_("没有出示执法证件的记录：%(names)s"),
                             names="、".join(course.members_without_credential)))
    if course.assistants_not_named and course.is_held:
        found.append(Refusal("fieldwork.assistant_not_named", N_("没有向单位说明协助检查人员的身份：%(names)s"),
                             names="、".join(course.assistants_not_named)))
    return [*found, *arrival_gaps(course.arrival), *door_gaps(course.door)]


def _gaps_of_signing(course: Course) -> list[Refusal]:
    found = []
    if course.recusal == Recusal.YES:
        found.append(Refusal("fieldwork.recusal_asked", N_("当事人申请回避，须报本机关负责人决定：%(reason)s"),
                             reason=course.recusal_reason or "—"))
    elif course.recusal is None and course.notice_signed and happens_on_site(course.method):
        found.append(Refusal("fieldwork.recusal_not_asked", N_("没有询问当事人是否申请回避的记录")))
    if course.letter_missing:
        found.append(Refusal("fieldwork.letter_to_follow", N_("签字人的授权委托书尚未提供，待补")))
    if course.unwitnessed:
        found.append(Refusal("fieldwork.read_aloud_unwitnessed", N_("记录由检查人员宣读后签认，没有见证人")))
    if course.dissenting:
        found.append(Refusal("fieldwork.signed_with_dissent", N_("执法检查人员签字时保留意见：%(names)s"),
                             names="、".join(course.dissenting)))
    if course.unsigned:
        found.append(Refusal("fieldwork.inspector_unsigned", N_("执法检查人员没有签字：%(names)s"),
                             names="、".join(course.unsigned)))
    return found
