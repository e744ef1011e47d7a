"""When an operation enters the record, when a kit opens, when a visit may close."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from fieldapp.fieldwork.rules.arrival import Entry, check_entry_fits
from fieldapp.fieldwork.rules.words import ProposedCategory, Recusal, Unsigned
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

NEEDED = 2
FEWEST_ITERATIONS, MOST_ITERATIONS = 50_000, 5_000_000


@article("24")
def check_visit_takes_operations(*, is_on_site: bool, is_closed: bool) -> None:
    """Work enters the record from the approval of the visit until its closing; later it is kept beside it (E26)."""
    if is_closed:
        raise Refusal("fieldwork.visit_closed", N_("检查已经结束：内容已收到并保存，未记入，请组长处理"))
    if not is_on_site:
        raise Refusal("fieldwork.visit_not_open", N_("这次检查没有批准或者已经取消：内容已收到并保存，未记入"))


@article("16")
def check_is_member(person: UUID, members: Collection[UUID]) -> None:
    """Only the team writes the record: on the own phone, or by the own PIN on a colleague's."""
    if person not in members:
        raise Refusal("fieldwork.not_a_member", N_("填写人不是本次检查的成员：内容已收到并保存，未记入"))


@article("16", "23")
def check_pin(salt: str, iterations: int, verifier: str) -> None:
    """A PIN is kept by what its phone made of it: salt (32) and verifier (64) in hexadecimal digits, a number of iterations that
    neither a guesser nor a phone makes light of."""
    is_made = re.fullmatch(r"[0-9a-f]{32}", salt) and re.fullmatch(r"[0-9a-f]{64}", verifier)
    if not is_made or not FEWEST_ITERATIONS <= iterations <= MOST_ITERATIONS:
        raise Refusal("fieldwork.bad_pin", N_("PIN 校验值的格式不对，请重新设置"), field="pin")


@article("16", "23")
def check_two_present(certified_present: int, needed: int = NEEDED) -> None:
    """Without two certified members who have confirmed that they are there: no notice, no checks, no signatures."""
    if certified_present < needed:
        raise Refusal("fieldwork.too_few_present", N_("到场确认的持证人员不足两人：内容已收到并保存，两人确认后自动记入"))


@article("16")
def check_own_presence(who: UUID, by: UUID) -> None:
    """Everybody confirms the own presence, nobody another's."""
    if who != by:
        raise Refusal("fieldwork.not_own_presence", N_("到场和签字只能由本人确认"))


@article("16")
def check_is_confirmed_anew(*, seen: UUID | None, voided_by: UUID) -> None:
    """A presence that was struck out counts again only when it is confirmed with knowledge of that."""
    if seen != voided_by:
        raise Refusal("fieldwork.presence_struck_out",
                      N_("这次到场确认在别的手机上已由本人作废：内容已收到并保存，未记入；人在现场请再次确认"))


@article("16", "24")
def check_presence_may_be_struck(*, is_signed_over: bool) -> None:
    """Over a presence that the entity or the member has signed, nothing takes it back."""
    if is_signed_over:
        raise Refusal("fieldwork.presence_signed_over", N_("已经有人在记录上签字或者注明拒签，到场确认不能再作废：请组长处理"))


@article("24")
def check_record_is_open(*, is_settled: bool, is_awaited: bool = False) -> None:
    """What is signed is frozen (§0b.6), and what was refused or waits for its seal as it was read: what comes later stands
    beside it as an addendum, nothing is edited silently."""
    if is_settled:
        raise Refusal("fieldwork.record_is_signed", N_("记录已经签字或者注明拒签，不再改动：后到的内容作为附注保存，请组长处理"))
    if is_awaited:
        raise Refusal("fieldwork.record_is_awaited", N_("记录正在等待单位签章，不再改动：后到的内容作为附注保存，请组长处理"))


@dataclass(frozen=True, slots=True)
class RecusalSaid:
    """What the inspected party has said about recusal, under which receipt; the receipts of its answers, by the paths of the
    notice and its supplements; the paths of all supplements that are in force."""

    word: str
    receipt: int
    answered: Mapping[str, int]
    supplements: Collection[str]


@article("17", "23")
def is_recusal_final(said: RecusalSaid | None, path: str, value: Any) -> bool:
    """Whether a value at a path would change what the inspected party said about recusal when it answered the notice, or end an
    application of its own that no supplement has yet to be answered for.

    While a supplement waits for its answer the party may apply about the new members; an application from before stays.
    """
    if said is None or not said.word or "notice" not in said.answered:
        return False
    was_said_before, all_answered = said.receipt < max(said.answered.values()), set(said.supplements) <= said.answered.keys()
    if said.word == Recusal.YES:
        ends_it = path == "notice/recusal" and value != Recusal.YES
        return was_said_before or (all_answered and ends_it)
    return was_said_before and all_answered


@article("17", "23")
def check_recusal_is_open(*, is_final: bool) -> None:
    """What the inspected party said about recusal stands once it has answered the notice: an application ends by its decision,
    never by an inspector's hand (E11)."""
    if is_final:
        raise Refusal("fieldwork.notice_answered",
                      N_("当事人已经对告知书签收或者拒收，是否申请回避不再改动：后到的内容作为附注保存，请组长处理"))


@article("23")
def check_certificate(said: str, certificate: str | None) -> None:
    """The number of a certificate that was shown is its holder's; who has none that is valid shows none."""
    if said != (certificate or ""):
        raise Refusal("fieldwork.certificate_differs", N_("出示的执法证号与本人有效证件不一致：内容已收到并保存，未记入，请核对"))


@article("16", "24")
def check_signer_came(*, has_come: bool) -> None:
    """Nobody signs a record who has not confirmed being there (E15)."""
    if not has_come:
        raise Refusal("fieldwork.signer_not_present", N_("签字人没有确认到场：签字已收到并保存，未记入，本人确认到场后自动记入"))


@article("15", "24")
def check_part_is_open(*, is_closed: bool) -> None:
    """In a merged visit each record ends by itself (E33): nothing enters the one that has ended while the other goes on."""
    if is_closed:
        raise Refusal("fieldwork.record_closed", N_("这份记录已经结束：内容已收到并保存，未记入，请组长处理"))


@article("24")
def check_may_await(until: date, day: date, latest: date, *, is_settled: bool) -> None:
    """A record waits for a seal or a signer until a day that is still to come, no later than `latest` however often it is put
    off, and only while nobody has answered it."""
    if is_settled:
        raise Refusal("fieldwork.nothing_to_await", N_("记录已经签字或者注明拒签，不再等待签章"))
    if until < day:
        raise Refusal("fieldwork.awaited_in_the_past", N_("待签章的期限早于当日，请核对"))
    if until > latest:
        raise Refusal("fieldwork.awaited_too_long", N_("待签章的期限最迟到 %(day)s（自首次记为待签章起算），请核对"),
                      day=latest.isoformat())


@article("22", "24")
def check_refusal_off_site(words: str, *, cause: str, was_heard: bool, until: date | None, day: date) -> None:
    """Where nobody stands before the entity, its refusal is what it said, through its link or otherwise; that it did not
    answer is noted only when the day is over until which the record was served to it. `until` is that day, None if the
    record was never served."""
    if cause == Unsigned.SILENT and (was_heard or words.strip()):
        raise Refusal("fieldwork.words_are_no_silence", N_("单位有答复的，请在情形中选择“拒绝签字、盖章”或者“不能签字、盖章”"))
    if was_heard:
        return
    if until is None:
        raise Refusal("fieldwork.record_not_served", N_("记录还没有送达单位：先送达签字链接，写明期限，才能注明拒签或者没有答复"))
    if not words.strip() and day <= until:
        raise Refusal("fieldwork.answer_not_due",
                      N_("单位的签字期限还没有过：期限过后才能注明没有答复，提前拒签的须写明单位的说法"))
    if not words.strip() and cause == Unsigned.REFUSED:
        raise Refusal("fieldwork.silence_is_no_refusal",
                      N_("没有答复不是拒绝签字：请在情形中选择“期限内没有答复”"))


@article("27")
def check_order_number(number: str | None, reserved: str | None) -> None:
    """An order written on site bears the number that was reserved for it when the day was prepared, and no other."""
    if number and number != reserved:
        raise Refusal("fieldwork.order_number_unknown", N_("责令改正通知书的文号不是为这份记录预留的：内容已收到并保存，未记入"))


@article("24")
def check_what_was_signed(*, fits: bool, has_rival: bool) -> None:
    """A signature counts for what stood above it: another digest or an open conflict is shown to a person."""
    if has_rival:
        raise Refusal("fieldwork.signed_with_rival", N_("签字时还有同事填写的不同内容没有选定，请核对"))
    if not fits:
        raise Refusal("fieldwork.digest_differs", N_("所签内容与现在的记录不一致，签字已保存，请核对"))


@article("24")
def check_witness(witness: Mapping[str, Any] | None, names: Collection[str], telephones: Collection[str],
                  assisting: Collection[str] = (), agencies: Collection[str] = ()) -> None:
    """A witness is somebody else than the inspectors, and of no agency or expert that assists them: by name, however it is
    spaced, by telephone where one is given, by the unit that is an agency's."""
    said = witness or {}
    name, telephone, unit = (_bare(said.get(fact)) for fact in ("name", "telephone", "unit"))
    if (name and name in map(_bare, names)) or (telephone and telephone in map(_bare, telephones)):
        raise Refusal("fieldwork.witness_of_team", N_("见证人不能是检查组成员，请核对"))
    if (name and name in map(_bare, assisting)) or any(agency in f"{name} {unit}" for agency in map(_bare, agencies) if agency):
        raise Refusal("fieldwork.witness_assists", N_("见证人不能是受委托机构的人员或者受邀专家，请核对"))


@article("24")
def check_states_unsigned(by: UUID, leader: UUID | None) -> None:
    """That an inspector does not sign is stated by the leader of the team (E15)."""
    if by != leader:
        raise Refusal("fieldwork.unsigned_not_by_leader", N_("检查人员没有签字的情况应由组长说明，请组长核对"))


@dataclass(frozen=True, slots=True)
class RecordState:
    """How far a record is when its visit is to be closed.

    `entity_signed` and `inspectors_signed` count only signatures whose digest fits the record as it stands.
    """

    category: str | None
    order: str = ""
    entity_signed: bool = False
    entity_refused: bool = False
    inspectors_signed: int = 0
    rivals: int = 0
    entry: str | None = None
    door_explained: bool = False

    @property
    def needs_entity(self) -> bool:
        """Whether the entity has to sign or to refuse, on site, in writing and on the net alike.

        Not where nobody was met (E19, E20); who refuses the inspection itself has refused the signature as well, and the
        inspectors explain that one refusal once (article 24).
        """
        if ProposedCategory(self.category or "no_problem").meets_nobody:
            return False
        if self.entry == Entry.REFUSED:
            return not self.door_explained
        return self.entry in {None, "", Entry.MET}


@article("24")
def check_record_may_close(record: RecordState, needed: int = NEEDED) -> None:
    """A record is finished with no conflict, a proposed category and its order, the entity's signature or refusal, and two
    inspectors' signatures; where nobody was met (E19), the inspectors' alone."""
    if record.rivals:
        raise Refusal("fieldwork.rival_open", N_("还有同一栏目的不同内容没有选定，不能结束检查"))
    if not record.category:
        raise Refusal("fieldwork.conclusion_missing", N_("还没有拟定检查结果类别，不能结束检查"))
    category = ProposedCategory(record.category)
    check_entry_fits(record.entry, category)
    if category.needs_order and not record.order.strip():
        raise Refusal("fieldwork.order_missing", N_("拟定为“发现问题已责令改正”的，须写明责令改正的内容"))
    if record.needs_entity and not (record.entity_signed or record.entity_refused):
        raise Refusal("fieldwork.entity_signature_missing",
                      N_("被检查单位还没有对现在的记录签字、盖章或者拒绝签字，不能结束检查"))
    if record.inspectors_signed < needed:
        raise Refusal("fieldwork.inspector_signatures_missing", N_("两名执法检查人员还没有都对现在的记录签字，不能结束检查"))


@article("24")
def check_visit_may_close(records: Sequence[RecordState]) -> None:
    """A visit is closed when each of its records is finished: one record and one signature per task (§0b.8)."""
    for record in records:
        check_record_may_close(record)


@article("23")
def check_kit_may_open(*, is_own: bool, is_on_site: bool) -> None:
    """A kit opens only for its person, and only from the approval of the visit to its closing."""
    if not is_own or not is_on_site:
        raise Refusal("fieldwork.kit_closed", N_("这次检查现在不能在手机上填写"))


@article("16")
def may_resume(*, is_paused: bool, is_awaited: bool, is_on_site: bool, certified_present: int, certified: int) -> bool:
    """Whether a visit that stands still may go on now: neither the team nor a record waits for another day, and on site all
    certified members are there."""
    return is_paused and not is_awaited and (not is_on_site or certified_present >= certified)


def _bare(text: Any) -> str:
    """A name or a number without spaces, points and full-width forms, for comparing."""
    return re.sub(r"[\s·.\-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86") if isinstance(text, str) else ""
