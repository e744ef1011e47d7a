"""The freeze, recomputed by hand: rows, blinds, leaves, the root."""

import hmac
import unicodedata
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.canonical import canonical
from fieldapp.draw import rules
from fieldapp.draw.rules import Row
from fieldapp.refusals import Refusal
from tests.draw.rules.sample import KEY, SEED, directory, row


@pytest.mark.article("3")
def test_a_leaf_is_what_the_published_recipe_says() -> None:
    frozen = row(7, tickets=3)
    assert frozen.salt == hmac.digest(KEY, b"91370100MA00000007", "sha256")[:16]
    text = (
        '{"id":"91370100MA00000007","reason":"","region_code":"370102","salt":"' + frozen.salt.hex() + '","size":"小型",'
        '"status":"ok","stratum":"","subject_type":"企业","w":3}'
    )
    blind = sha256(b"fieldapp-row/1\x00" + text.encode()).digest()
    assert rules.blind(frozen) == blind
    assert rules.leaf(blind, 3) == sha256(b"\x00w:3\x00" + blind).digest()


@given(st.builds(Row, *[st.text(max_size=8)] * 6, st.integers(0, 256), st.binary(min_size=16, max_size=16), st.text(max_size=3)))
def test_a_row_written_out_is_its_canonical_json(frozen: Row) -> None:
    def nfc(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    body = {
        "id": nfc(frozen.object_id), "region_code": nfc(frozen.region_code), "subject_type": nfc(frozen.subject_type),
        "size": nfc(frozen.size), "status": nfc(frozen.status), "reason": nfc(frozen.reason), "w": frozen.tickets,
        "salt": frozen.salt.hex(), "stratum": nfc(frozen.stratum),
    }  # fmt: skip
    assert rules.row_bytes(frozen) == canonical(body)


@given(st.binary(max_size=100), st.text(max_size=80))
def test_a_salt_is_the_front_of_the_hmac(key: bytes, name: str) -> None:
    assert rules.salt(key, name) == hmac.digest(key, unicodedata.normalize("NFC", name).encode(), "sha256")[:16]


@pytest.mark.article("3")
def test_the_whole_directory_is_committed_to_and_only_the_pool_can_be_drawn() -> None:
    rows = [*directory(8), row(8, "excluded", "cap_reached", 0), row(9, "certain", "key_supervision", 0)]
    snapshot = rules.freeze_directory(rows)
    assert len(snapshot.leaves) == 10
    assert snapshot.pool == 8
    assert snapshot.statuses == {"ok": 8, "excluded": 1, "certain": 1}
    assert snapshot.reasons == {"cap_reached": 1, "key_supervision": 1}
    assert snapshot.weights == {1: 8, 0: 2}
    left_out = {line.leaf for line in snapshot.leaves if not line.tickets}
    drawn = rules.draw_objects(SEED, [(line.leaf, line.tickets) for line in snapshot.leaves], 10)
    assert left_out.isdisjoint(drawn.drawn + drawn.reserve)


def test_the_root_is_the_rfc_6962_head_over_leaves_in_the_order_of_blinds() -> None:
    snapshot = rules.freeze_directory(directory(3))
    assert [line.blind for line in snapshot.leaves] == sorted(rules.blind(one) for one in directory(3))
    a, b, c = (line.leaf for line in snapshot.leaves)
    assert snapshot.root == sha256(b"\x01" + sha256(b"\x01" + a + b).digest() + c).digest()


def test_the_order_of_the_directory_does_not_matter() -> None:
    assert rules.freeze_directory(directory(50)) == rules.freeze_directory(directory(50)[::-1])


def test_a_quiet_exclusion_changes_the_root() -> None:
    rows = directory(20)
    assert rules.freeze_directory(rows).root != rules.freeze_directory(rows[:-1]).root
    tampered = [*rows[:-1], row(19, "excluded", "closed", 0)]
    assert rules.freeze_directory(rows).root != rules.freeze_directory(tampered).root


def test_an_object_listed_twice_is_refused() -> None:
    with pytest.raises(Refusal, match=r"draw\.object_listed_twice"):
        rules.freeze_directory([*directory(3), row(1)])


@pytest.mark.parametrize(("status", "tickets"), [("ok", 0), ("ok", 257), ("certain", 1), ("excluded", 1), ("gone", 0)])
def test_tickets_that_do_not_fit_the_status_are_refused(status: str, tickets: int) -> None:
    with pytest.raises(Refusal, match=r"draw\.tickets_do_not_fit"):
        rules.freeze_directory([*directory(3), row(4, status, "", tickets)])


def test_the_leaf_file_alone_gives_the_leaves_back() -> None:
    snapshot = rules.freeze_directory([*directory(30), row(30, "excluded", "closed", 0)])
    lines = [rules.leaf_line(line) for line in snapshot.leaves]
    assert lines[0] == f"{snapshot.leaves[0].blind.hex()} {snapshot.leaves[0].tickets}"
    assert list(rules.leaves_in(lines)) == [(line.leaf, line.tickets) for line in snapshot.leaves]
    with pytest.raises(ValueError, match="sorted"):
        list(rules.leaves_in(lines[::-1]))
    with pytest.raises(ValueError, match="sorted"):
        list(rules.leaves_in([lines[0], lines[0]]))


@pytest.mark.article("6")
def test_an_object_at_the_yearly_cap_leaves_the_pool_and_stays_in_the_directory() -> None:
    def status(visits: int = 0, *, key: bool = False, closed: bool = False, fits: bool = True) -> tuple[str, str]:
        return rules.row_status(
            visits_this_year=visits, visits_allowed=2, key_supervision=key, closed=closed, in_condition=fits
        )

    assert status(1) == ("ok", "")
    assert status(2) == ("excluded", "cap_reached")
    assert status(5, key=True) == ("certain", "key_supervision")
    assert status(key=True, closed=True) == ("excluded", "closed")
    assert status(fits=False) == ("excluded", "outside_condition")


@pytest.mark.article("3")
def test_a_small_class_of_tickets_keeps_its_leaves_until_after_the_inspections() -> None:
    assert rules.leaves_may_be_published_at_once({1: 3})
    assert rules.leaves_may_be_published_at_once({0: 1, 1: 500})
    assert rules.leaves_may_be_published_at_once({1: 500, 3: 20})
    assert not rules.leaves_may_be_published_at_once({1: 500, 3: 19})
