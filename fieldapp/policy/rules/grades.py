"""Credit-risk grades: the strata of a draw, each with a ratio of its own."""

from fieldapp.law import article
from fieldapp.policy.rules.numbers import RuleSet
from fieldapp.policy.rules.quota import WHOLE
from fieldapp.words import Labelled, N_


class CreditGrade(Labelled):
    """The grades A to D, and the objects that bear none: they are a stratum of their own and never left out."""

    A = "A", N_("A 级")
    B = "B", N_("B 级")
    C = "C", N_("C 级")
    D = "D", N_("D 级")
    UNGRADED = "U", N_("未评级")


def grade_of(written: str) -> CreditGrade:
    """The stratum of an object by the grade that the directory has for it."""
    return next((grade for grade in CreditGrade if grade.value == written), CreditGrade.UNGRADED)


@article("6")
def most_of_a_grade(item_ratio: int) -> int:
    """The highest usual ratio of a grade, in basis points: half of it, so that chance is left, unless the item asks more."""
    return max(WHOLE // 2, item_ratio)


@article("6")
def grade_ratios(rule_set: RuleSet, item_ratio: int) -> dict[str, int]:
    """The usual ratio of every grade for an item, in basis points.

    The rule set gives those of an item at the least ratio; they rise with the item's own ratio.
    """
    stated = {grade.value: int(getattr(rule_set, f"grade_{grade.value.lower()}_basis_points")) for grade in CreditGrade}
    most = most_of_a_grade(item_ratio)
    return {grade: min(most, max(1, -(-ratio * item_ratio // rule_set.min_ratio_basis_points)))
            for grade, ratio in stated.items()}
