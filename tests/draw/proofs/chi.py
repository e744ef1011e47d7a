"""How likely counts are under a hypothesis: the upper tail of chi-square, exact, by the standard library."""

from collections.abc import Sequence
from math import erfc, exp, gamma, sqrt


def chance_of(counts: Sequence[int], weights: Sequence[float] | None = None, *, drawn: int = 1) -> float:
    """The probability of counts at least as uneven, if chance is spread by the weights (evenly without them).

    Where `drawn` of the things are counted at every draw, none twice, they hinder each other: the sum is then less by
    (things - drawn) / (things - 1); all then weigh the same.
    """
    shares = list(weights or [1.0] * len(counts))
    expected = [sum(counts) * share / sum(shares) for share in shares]
    uneven = sum((count - wanted) ** 2 / wanted for count, wanted in zip(counts, expected, strict=True))
    return tail(uneven * (len(counts) - 1) / (len(counts) - drawn), len(counts) - 1)


def tail(value: float, freedom: int) -> float:
    """The probability that chi-square with these degrees of freedom is at least the value."""
    half = value / 2
    if freedom % 2 == 0:
        term = whole = exp(-half)
        for number in range(1, freedom // 2):
            term *= half / number
            whole += term
        return whole
    return erfc(sqrt(half)) + exp(-half) * sum(half ** (n + 0.5) / gamma(n + 1.5) for n in range(freedom // 2))
