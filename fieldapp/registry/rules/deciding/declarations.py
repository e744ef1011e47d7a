"""What an inspector declares beforehand: interests in enterprises (articles 16, 17) and days of absence."""

import re
from datetime import date, timedelta

from fieldapp.law import article
from fieldapp.refusals import Forbidden, Refusal
from fieldapp.registry.rules.normalise import half_width
from fieldapp.words import N_

LONGEST_ABSENCE = timedelta(days=366)


def name_key(name: str) -> str:
    """A name as it is compared: half width, capitals, no spaces; an interest missed costs more than one too many."""
    return re.sub(r"\s", "", half_width(name)).upper()


@article("17")
def check_interest(object_name: str, known: list[str]) -> None:
    """An interest names an enterprise, once."""
    if not object_name:
        raise Refusal("registry.interest_without_name", N_("请填写有利害关系的单位名称"), field="object_name")
    if name_key(object_name) in {name_key(name) for name in known}:
        raise Refusal("registry.interest_known", N_("已经申报过这个单位"), field="object_name")


@article("17")
def check_may_declare(is_own: bool, is_legal_affairs: bool) -> None:
    """Inspectors declare for themselves; legal affairs enters what comes on paper."""
    if not is_own and not is_legal_affairs:
        raise Forbidden("registry.declaration_not_yours", N_("只能为本人申报；纸质申报由法规处录入"))


@article("18")
def check_absence(first_day: date, last_day: date, today: date) -> None:
    """An absence is a span of days that is not over, of at most a year."""
    if last_day < first_day:
        raise Refusal("registry.absence_reversed", N_("结束日期不能早于开始日期"), field="last_day")
    if last_day < today:
        raise Refusal("registry.absence_past", N_("结束日期已经过去"), field="last_day")
    if last_day - first_day > LONGEST_ABSENCE:
        raise Refusal("registry.absence_too_long", N_("一次最多填写一年"), field="last_day")
