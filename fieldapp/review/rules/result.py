"""What a result may say: its category, its order, its signatures, and whom it must not name."""

from collections.abc import Iterable
from datetime import date

from fieldapp.documents.rules import day_text
from fieldapp.fieldwork.rules.words import ProposedCategory as ResultCategory
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_


@article("24", "25")
def check_enough_signatures(have: int, needed: int) -> None:
    """A record counts with the signatures of two inspectors, under reservations too; never with one."""
    if have < needed:
        raise Refusal("review.too_few_signatures", N_(
            "记录只有 %(have)s 名检查人员签字，须有 %(needed)s 名。请退回检查组补签；有不同意见的可以写明保留意见后签字"),
            have=have, needed=needed)


@article("25")
def category_of(value: str) -> ResultCategory:
    """The category by its code; a result has one."""
    if value not in {category.value for category in ResultCategory}:
        raise Refusal("review.category_missing", N_("请选择结果类别"), field="category")
    return ResultCategory(value)


@article("27")
def check_order(category: ResultCategory, order: str) -> None:
    """A finding counts as ordered to be put right only with the text of the order."""
    if category is ResultCategory.RECTIFICATION_ORDERED and not order.strip():
        raise Refusal("review.order_missing", N_("“发现问题已责令改正”须有责令改正的内容，请填写，或者改选其他结果类别"),
                      field="order")


@article("25")
def check_change_has_reason(proposed: str, decided: str, opinion: str) -> None:
    """The category is a proposal until the head approves; who decides otherwise says why."""
    if proposed and proposed != decided and not opinion.strip():
        raise Refusal("review.change_needs_a_reason", N_("改变检查组拟定的结果类别，须在意见中说明理由"), field="opinion")


@article("25")
def check_no_person_named(text: str, names: Iterable[str], field: str | None = None) -> None:
    """What the public reads names no natural person: no inspector, no representative, no signatory."""
    for name in names:
        if len(name.strip()) >= 2 and name.strip() in text:
            raise Refusal("review.person_named", N_("将要公示的内容里有自然人姓名“%(name)s”，请改为职务或者删去"),
                          field=field, name=name.strip())


def order_summary(order: str, until: date | None) -> str:
    """The order as the public reads it: what was ordered, and until when."""
    if not order.strip():
        return ""
    limit = f"（限 {day_text(until)}前改正）" if until else ""
    return f"责令改正：{order.strip()}{limit}"
