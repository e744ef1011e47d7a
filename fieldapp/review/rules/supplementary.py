"""The 补充笔录: facts added beside a signed record, which both sides sign, or which the entity does not sign."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fieldapp.documents.rules import facts, heading, moment_text, numbered, signature, signatures, text
from fieldapp.documents.rules.parts import Part
from fieldapp.fieldwork.rules import Capacity, EntityOpinion, Name, SignerRole, Thing, Unsigned, check_value, short_code
from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.sync.rules import Signer
from fieldapp.sync.rules import signature as from_own_phone
from fieldapp.words import Labelled, N_

FORM = "supplementary-record/1"


class SupplementaryState(Labelled):
    """Where a supplementary record stands."""

    OF_TEAM = "of_team", N_("待检查组签字")
    OF_ENTITY = "of_entity", N_("待单位签字")
    DECLINED = "declined", N_("单位不签字，待检查人员说明")
    SIGNED = "signed", N_("双方已签字")
    UNSIGNED = "unsigned", N_("单位没有签字，已说明")
    WITHDRAWN = "withdrawn", N_("已撤回")


AWAITING_ENTITY = frozenset({SupplementaryState.OF_ENTITY, SupplementaryState.DECLINED})


@dataclass(frozen=True, slots=True)
class AddedFact:
    """A fact that a record did not say, at one of its parts (a line's path, "" for the record as a whole)."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class NotSigned:
    """That the entity did not sign: why, in whose words, what the inspectors say of it, who saw it if anybody did."""

    cause: Unsigned | None
    words: str
    explanation: str
    witness_name: str = ""
    witness_unit: str = ""


@dataclass(frozen=True, slots=True)
class Supplemented:
    """The record that is supplemented, as its supplement names it: of whom, for which task, its number and its digest."""

    object_name: str
    uscc: str
    task: str
    item: str
    number: str
    digest: str


@article("24")
def check_added(added: Sequence[AddedFact], reason: str, places: Collection[str]) -> None:
    """A supplementary record says why it is needed, and at least one fact, each at a part of its record. It adds: no answer,
    no category and no word of the entity becomes another by it."""
    if not reason.strip():
        raise Refusal("review.supplement_reason_missing", N_("请写明为什么需要补充"), field="reason")
    if not any(one.text.strip() for one in added):
        raise Refusal("review.facts_missing", N_("请至少在一处写明补充的事实"), field="fact:")
    if any(one.path not in places for one in added):
        raise Refusal("review.unknown_part", N_("补充的事实须写在这份记录的检查项、结论处或者整份记录"), field="fact:")


@article("24")
def check_signing_day(until: date, today: date, latest: date) -> None:
    """It waits for the entity's signature until a day to come, no longer than a record itself may wait for one."""
    if until < today:
        raise Refusal("review.signing_day_past", N_("签字期限早于今天，请核对"), field="until")
    if until > latest:
        raise Refusal("review.signing_day_late", N_("签字期限最迟到 %(day)s，请核对"), field="until", day=latest.isoformat())


@article("24")
def supplementary_content(record: Supplemented, reason: str, added: Sequence[tuple[AddedFact, str]],
                          writer: str) -> dict[str, Any]:
    """What both sides sign: the record by number and digest, the reason, each fact at its part with the part's name."""
    said = [{"path": one.path, "part": name, "text": one.text.strip()} for one, name in added if one.text.strip()]
    return {"form": FORM, "object": record.object_name, "uscc": record.uscc, "task": record.task, "item": record.item,
            "record": record.number, "record_digest": record.digest, "reason": reason.strip(), "facts": said, "writer": writer}


@article("24")
def answers_remark(paths: Collection[str], remark_path: str) -> bool:
    """Whether facts at these parts of a record answer a remark at that place: at the part itself, in it, or about the whole."""
    return remark_path == "" or any(path and (remark_path == path or remark_path.startswith(f"{path}/")) for path in paths)


@article("24")
def check_entity_may_sign(state: SupplementaryState, *, is_past: bool) -> None:
    """The entity signs what both inspectors have signed, once, until its day; having declined, it may still sign."""
    if state is SupplementaryState.OF_TEAM:
        raise Conflict("review.inspectors_sign_first", N_("检查人员还没有都签字，请稍候"))
    if state not in AWAITING_ENTITY:
        raise Conflict("review.supplement_settled", N_("这份补充笔录已经办结或者撤回，不用再签字"))
    if is_past:
        raise Conflict("review.signing_day_over", N_("签字期限已过，请与检查人员联系"))


@article("24")
def entity_signed(signer: Signer, opinion: str, words: str, *, is_own: bool) -> dict[str, Any]:
    """The entity's signature with what it says of the facts: true, or objected to and why. By the typed name alone only
    through the link that was served to it."""
    if opinion not in set(EntityOpinion):
        raise Refusal("review.opinion_missing", N_("请选择“属实”或“有异议”"), field="opinion")
    if opinion == EntityOpinion.OBJECTION and not words:
        raise Refusal("review.objection_missing", N_("请写明有异议的内容"), field="words")
    if not signer.strokes and not (signer.is_typed and is_own):
        raise Refusal("review.strokes_missing", N_("请用手指签名"), field="strokes")
    value = from_own_phone(signer) | {"own_phone": is_own}
    check_value("sign", Thing.RECORD, value)
    return value | {"opinion": opinion, "words": words if opinion == EntityOpinion.OBJECTION else ""}


@article("24")
def check_not_signed(told: NotSigned, state: SupplementaryState, *, until: date, today: date) -> None:
    """That the entity did not sign is noted with its cause and always the inspectors' explanation; that it did not answer,
    only when its day is over and nothing was heard."""
    if state not in AWAITING_ENTITY:
        raise Conflict("review.nothing_to_note", N_("这份补充笔录现在不等待单位签字"))
    if told.cause is None:
        raise Refusal("review.cause_missing", N_("请选择单位没有签字的情形"), field="cause")
    is_heard = state is SupplementaryState.DECLINED or bool(told.words.strip())
    if told.cause is Unsigned.SILENT and is_heard:
        raise Refusal("review.words_are_no_silence", N_("单位有答复的，请选择“拒绝签字”或者“不能签字”"), field="cause")
    if told.cause is Unsigned.SILENT and today <= until:
        raise Refusal("review.answer_not_due", N_("签字期限还没有过，期限过后才能注明没有答复"), field="cause")
    if not told.explanation.strip():
        raise Refusal("review.explanation_missing", N_("单位没有签字的，执法检查人员须说明情况"), field="explanation")


@article("24")
def supplementary_parts(content: dict[str, Any], by_team: Sequence[dict[str, Any]], entity: dict[str, Any] | None,
                        unsigned: dict[str, Any] | None) -> list[Part]:
    """The supplementary record on paper: what it supplements, why, the facts, what the entity says, who signed."""
    said = [f"{one['part']}：{one['text']}" for one in content["facts"]]
    supplemented = f"{content['record']}（校验码 {short_code(content['record_digest'])}）"
    return [
        facts(("被检查单位", content["object"]), ("统一社会信用代码", content["uscc"]), ("任务名称", content["task"]),
              ("抽查事项", content["item"]), ("补充的检查记录", supplemented), ("补充的理由", content["reason"])),
        text("上述检查记录已经签字，内容不作改动。经核实，补充下列事实："),
        heading("补充的事实"), numbered(said), heading("单位意见"), text(*_of_entity(entity, unsigned)),
        signatures([*_signed_by_entity(entity, unsigned), *(
            signature(SignerRole.INSPECTOR.label, one["name"], moment_text(datetime.fromisoformat(one["at"])),
                      note=f"执法证号 {one['certificate_number']}") for one in by_team)])]


def _of_entity(entity: dict[str, Any] | None, unsigned: dict[str, Any] | None) -> list[str]:
    if unsigned is None and entity is not None:
        words = f"：{entity['words']}" if entity["words"] else ""
        return [f"以上补充的事实已阅（或已向我宣读）。{EntityOpinion(entity['opinion']).label}{words}。"]
    told = unsigned or {}
    words = f"当事人的说法：{told['words']}。" if told.get("words") else ""
    return [f"被检查单位{Unsigned(told['cause']).label}。{words}执法检查人员的说明：{told['explanation']}（{told['by']}）。"]


def _signed_by_entity(entity: dict[str, Any] | None, unsigned: dict[str, Any] | None) -> list[Part]:
    if unsigned is None and entity is not None:
        at = moment_text(datetime.fromisoformat(entity["at"]))
        return [signature(SignerRole.ENTITY.label, entity["name"], at, strokes=entity["strokes"],
                          note="；".join([Capacity(entity["capacity"]).label, *(["以姓名签认"] if entity.get("typed") else [])]))]
    told = unsigned or {}
    if not told.get("witness"):
        return []
    at = moment_text(datetime.fromisoformat(told["at"]))
    return [signature("见证人", told["witness"]["name"], at, note=told["witness"]["unit"])]


def record_places(visit_task_id: UUID, lines: Sequence[tuple[str, int]]) -> dict[str, Name]:
    """The parts of a record to which facts may be added, by path, with their names."""
    of_lines = {path: Name(N_("第 %(number)s 项"), {"number": number}) for path, number in lines}
    return {"": Name(N_("整份记录")), **of_lines, f"r/{visit_task_id}/conclusion": Name(N_("检查结论"))}
