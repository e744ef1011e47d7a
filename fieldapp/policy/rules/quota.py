"""The quota: a sampling ratio of a directory, rounded up in integers."""

from fieldapp.law import article

WHOLE = 10_000
"""Ratios are integers in basis points: 10,000 are the whole directory, 500 are 5 %."""


@article("6", "12")
def quota(ratio_basis_points: int, directory_size: int) -> int:
    """The objects to draw: ratio × directory rounded up in integers, at least one while there are any (E1).

    `ratio_basis_points` lies between 0 and 10,000; `directory_size` counts the item's whole directory, objects at
    the yearly cap included. Raises ValueError on anything else.
    """
    if not 0 <= ratio_basis_points <= WHOLE or directory_size < 0:
        raise ValueError(f"no quota for {ratio_basis_points} basis points of {directory_size}")
    if directory_size == 0:
        return 0
    return max(1, -(-ratio_basis_points * directory_size // WHOLE))


def ratio_text(ratio_basis_points: int) -> str:
    """A ratio as people read it: 500 is "5%", 750 is "7.5%"."""
    whole, rest = divmod(ratio_basis_points, 100)
    return f"{whole}.{rest:02d}".rstrip("0") + "%" if rest else f"{whole}%"
