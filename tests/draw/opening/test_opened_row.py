"""A row is opened with its proof, as a file and as the digits of a QR code; nothing else fits under the root."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from fieldapp.canonical import canonical
from fieldapp.draw import rules
from fieldapp.refusals import Refusal
from tests.draw.rules.sample import KEY, directory, row


def opened(count: int, number: int) -> dict[str, Any]:
    snapshot = rules.freeze_directory(directory(count))
    found = rules.opened_row(row(number), [line.leaf for line in snapshot.leaves])
    return found | {"root": snapshot.root.hex(), "year": 2026, "number": 3, "manifest": "0" * 64}


@pytest.mark.article("3", "16")
@pytest.mark.parametrize("count", [1, 2, 3, 7, 100])
def test_every_row_of_a_directory_leads_to_its_root(count: int) -> None:
    for number in range(count):
        one = opened(count, number)
        leaf, head = rules.check_opened_row(one)
        assert (leaf, head.hex()) == (rules.leaf(rules.blind(row(number)), 1), one["root"])
        assert one["row"]["id"] == row(number).object_id


def other_row(one: dict[str, Any]) -> None:
    one["row"]["size"] = "大型"


def other_salt(one: dict[str, Any]) -> None:
    one["row"]["salt"] = rules.salt(KEY, "somebody else").hex()


def other_place(one: dict[str, Any]) -> None:
    one["index"] ^= 1


def other_root(one: dict[str, Any]) -> None:
    one["root"] = "0" * 64


def shorter_proof(one: dict[str, Any]) -> None:
    one["proof"].pop()


def no_proof_at_all(one: dict[str, Any]) -> None:
    del one["proof"]


@pytest.mark.article("3")
@pytest.mark.parametrize("change", [other_row, other_salt, other_place, other_root, shorter_proof, no_proof_at_all])
def test_a_changed_row_is_found_out(change: Callable[[dict[str, Any]], None]) -> None:
    honest = opened(20, 5)
    forged = copy.deepcopy(honest)
    change(forged)
    rules.check_opened_row(honest)
    with pytest.raises(Refusal, match=r"抽取凭证|名录根"):
        rules.check_opened_row(forged)


def test_a_row_of_a_million_fits_a_qr_code() -> None:
    one = opened(100, 99)
    one |= {"index": 999_999, "size": 1_000_000, "proof": ["ab" * 32] * 20}
    digits = rules.row_code(one)
    assert len(digits) < 5596, "what the largest QR code of level M holds in digits"
    packed = int(digits).to_bytes((int(digits).bit_length() + 7) // 8)
    assert packed[:10] == b"\1" + (999_999).to_bytes(4) + (1_000_000).to_bytes(4) + b"\x14"
    assert packed[10 + 20 * 32:] == canonical(one["row"])


@pytest.mark.article("3")
def test_the_key_waits_for_the_end_of_the_inspections_and_asks_for_a_reason() -> None:
    rules.check_key_may_be_handed_out(inspections_over=True, voided=False, reason="年度审计")
    rules.check_key_may_be_handed_out(inspections_over=False, voided=True, reason="年度审计")
    for over, reason, code in ((False, "年度审计", "draw.key_comes_later"), (True, " ", "draw.key_needs_a_reason")):
        with pytest.raises(Refusal) as refused:
            rules.check_key_may_be_handed_out(inspections_over=over, voided=False, reason=reason)
        assert refused.value.code == code


@pytest.mark.article("3")
@pytest.mark.parametrize(("over", "opens", "public"), [(True, True, True), (False, True, False), (True, False, False)])
def test_rows_are_opened_after_the_inspections_where_the_rule_set_says_so(over: bool, opens: bool, public: bool) -> None:
    assert rules.rows_are_public(inspections_over=over, opens=opens) is public
