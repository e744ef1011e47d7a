"""Agencies and experts: qualified on the day, without interest, asked for a bounded work; they assist and never inspect."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from fieldapp.evidence.rules import PICTURES
from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Officer, Role
from fieldapp.visits.rules import may_entrust
from fieldapp.words import Labelled, N_


class PartyKind(Labelled):
    """Whom article 19 lets assist."""

    AGENCY = "agency", N_("委托机构")
    EXPERT = "expert", N_("科技专家")


class Work(Labelled):
    """What is entrusted (entrustment_type): article 19's works, a conclusion adopted, or an expert's knowledge."""

    TESTING = "testing", N_("检验检测")
    AUDIT = "audit", N_("财务审计")
    CONSULTING = "consulting", N_("调查咨询")
    CONCLUSION = "conclusion", N_("采用鉴定结论")
    EXPERTISE = "expertise", N_("专家参与")


OF_KIND = {
    PartyKind.AGENCY: frozenset({Work.TESTING, Work.AUDIT, Work.CONSULTING, Work.CONCLUSION}),
    PartyKind.EXPERT: frozenset({Work.EXPERTISE, Work.CONSULTING}),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A qualification from a day until a day, both included; None where it has no end."""

    valid_from: date
    valid_until: date | None

    def covers(self, day: date) -> bool:
        """Whether it is valid on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


def covering(held: Sequence[Held], day: date) -> Held | None:
    """The qualification that covers a day and lasts longest, if there is one."""
    valid = [one for one in held if one.covers(day)]
    return max(valid, key=lambda one: one.valid_until or date.max, default=None)


def last_day(held: Sequence[Held], day: date) -> date | None:
    """Until when somebody who is qualified on a day stays so, renewals without a gap included; the day before it for one who
    is not; None without end."""
    last = day - timedelta(days=1)
    while last < date.max and (found := covering(held, last + timedelta(days=1))) is not None:
        if found.valid_until is None:
            return None
        last = found.valid_until
    return last


def may_keep(officer: Officer, division_id: UUID | None) -> bool:
    """Whether the officer keeps this entry: legal affairs all of them, a division's officer those of the division."""
    own = officer.is_any(Role.DIVISION_OFFICER) and officer.division_id == division_id
    return officer.is_any(Role.LEGAL_AFFAIRS) or own


@article("19")
def check_may_keep(officer: Officer, division_id: UUID | None) -> None:
    """The directory is kept by legal affairs, and by each division for its own agencies and experts."""
    if not may_keep(officer, division_id):
        raise Forbidden("entrusting.not_your_entry", N_("该机构或者专家由法规处或者登记的处室维护"))


@article("19")
def check_party(kind: PartyKind | None, code: str, unit: str, *, is_code: bool, is_known: bool) -> None:
    """An agency stands under its credit code, an expert with a unit, each once."""
    if kind is None:
        raise Refusal("entrusting.no_kind", N_("请选择机构或者专家"), field="kind")
    if kind is PartyKind.AGENCY and not is_code:
        raise Refusal("entrusting.no_code", N_("请填写机构的统一社会信用代码") if not code else N_("统一社会信用代码不正确"),
                      field="code")
    if kind is PartyKind.EXPERT and not unit:
        raise Refusal("entrusting.no_unit", N_("请填写专家的工作单位"), field="unit")
    if is_known:
        raise Conflict("entrusting.known", N_("名录中已有这个机构或者专家"), field="name")


@article("19")
def check_certificate(kind: PartyKind, held: Held, *, has_file: bool) -> None:
    """A qualification has its dates in order; an agency's has an end and its evidence."""
    if held.valid_until is not None and held.valid_until < held.valid_from:
        raise Refusal("entrusting.dates_reversed", N_("有效期止不能早于有效期起"), field="valid_until")
    if kind is PartyKind.AGENCY and held.valid_until is None:
        raise Refusal("entrusting.no_end", N_("机构资质须填写有效期止"), field="valid_until")
    if kind is PartyKind.AGENCY and not has_file:
        raise Refusal("entrusting.no_file", N_("请上传资质证书的照片或者 PDF"), field="file")


@article("19")
def check_file(kind: str, *, is_empty: bool) -> None:
    """What proves a qualification or reports a work is a PDF or a picture by its content."""
    if is_empty:
        raise Refusal("entrusting.empty_file", N_("请选择文件"), field="file")
    if kind != "application/pdf" and kind not in PICTURES:
        raise Refusal("entrusting.file_kind", N_("只接受 PDF 或者照片"), field="file")


@article("17", "19")
def check_people(kind: PartyKind, people: str, *, is_on_site: bool) -> None:
    """An agency that comes along says who comes."""
    if is_on_site and kind is PartyKind.AGENCY and not people:
        raise Refusal("entrusting.no_people", N_("请填写到场人员的姓名"), field="people")


@article("17", "19")
def has_interest(object_id: UUID, uscc: str, *, own_code: str, declared: Collection[UUID]) -> bool:
    """Whether somebody has declared an interest in the object, or is the object; `declared` are the objects of the interests."""
    return object_id in declared or bool(own_code and own_code == uscc)


@article("17", "19")
def check_interest(object_name: str, inspector_id: UUID | None, text: str) -> None:
    """An interest is one in an enterprise or with an inspector, said in words."""
    if not object_name.strip() and inspector_id is None:
        raise Refusal("entrusting.no_interest", N_("请填写单位，或者选择执法检查人员"), field="object_name")
    if not text.strip():
        raise Refusal("entrusting.interest_text", N_("请写明利害关系的具体情况"), field="text")


@article("19")
def check_may_entrust(officer: Officer, divisions: Collection[UUID]) -> None:
    """The division that inspects entrusts."""
    if not may_entrust(officer, divisions):
        raise Forbidden("entrusting.not_your_visit", N_("由实施检查的处室经办人办理委托"))


@article("19")
def check_terms(kind: PartyKind, work: Work | None, due_on: date, today: date) -> None:
    """The work is one of article 19's that this kind does, with a deadline ahead."""
    if work is None or work not in OF_KIND[kind]:
        raise Refusal("entrusting.no_work", N_("请选择委托的工作；专家参与只适用于专家"), field="work")
    if due_on < today:
        raise Refusal("entrusting.due_passed", N_("提交报告的期限不能早于今天"), field="due_on")


@article("19")
def check_time(*, is_on_site: bool, may_come: bool, may_work: bool) -> None:
    """Nobody joins on site once a visit has begun; work elsewhere may be entrusted until the record has been closed."""
    if is_on_site and not may_come:
        raise Conflict("entrusting.begun", N_("检查已经开始，不能再增加到场协助的机构或者专家"))
    if not may_work:
        raise Conflict("entrusting.visit_over", N_("该检查已经结束或者取消，不能再委托"))


@article("19")
def check_is_qualified(name: str, held: Sequence[Held], day: date, *, is_ended: bool) -> None:
    """Only somebody of the directory is entrusted, whose qualification holds on the day."""
    if is_ended:
        raise Refusal("entrusting.party_ended", N_("%(name)s 已移出名录"), field="party", name=name)
    if covering(held, day) is None:
        raise Refusal("entrusting.not_qualified", N_("%(name)s 在 %(day)s 没有有效的资质"), field="party", name=name,
                      day=day.isoformat())


@article("17", "19")
def check_is_independent(name: str, *, has_interest: bool, related: Sequence[str], is_member: bool) -> None:
    """An agency or expert with an interest in the object, or related to a member, does not come; a member is no expert."""
    if has_interest:
        raise Refusal("entrusting.interest", N_("%(name)s 申报过与检查对象的利害关系，不能参与"), field="party", name=name)
    if related:
        raise Refusal("entrusting.related", N_("%(name)s 与检查组成员 %(others)s 有利害关系，不能参与"), field="party",
                      name=name, others="、".join(related))
    if is_member:
        raise Refusal("entrusting.is_member", N_("%(name)s 与检查组成员同名：检查组成员不能同时是专家"), field="party",
                      name=name)
