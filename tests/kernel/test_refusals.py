"""What a check says, as a page asks it beforehand."""

import pytest

from fieldapp.refusals import Conflict, passes


def check_is_small(number: int, *, most: int) -> None:
    if number < 0:
        raise ValueError(number)
    if number > most:
        raise Conflict("kernel.too_large", "太大")


def test_what_a_check_refuses_does_not_pass_and_a_fault_is_no_refusal() -> None:
    assert passes(check_is_small, 1, most=1)
    assert not passes(check_is_small, 2, most=1)
    with pytest.raises(ValueError, match="-1"):
        passes(check_is_small, -1, most=1)
