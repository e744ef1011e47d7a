"""A receipt proves its entry, tells what the entry says, and nothing beyond that; a small file, a readable code."""

import zlib
from base64 import b64encode
from uuid import UUID

import pytest

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.ledger import keys, queries, rules
from fieldapp.ledger.actions import sequence, sign_checkpoint
from fieldapp.ledger.receipts import prove, receipt_about, receipt_of
from fieldapp.ledger.rules import Told, digits_of, leaf_hash, read_told
from tests.ledger.history import rename
from tests.people import Cast

pytestmark = [pytest.mark.article("3"), pytest.mark.usefixtures("named_keys")]
ACTION = "accounts.division_renamed"
RECORD = {"record": "鲁科抽记〔2026〕12号", "digest": "ab" * 32}


def enter(cast: Cast) -> UUID:
    """An entry with these facts, under a signed head."""
    with db.transaction(write=True):
        division = db.session.get_one(Division, cast.division)
        ledger.record(cast.legal.officer, ACTION, division, facts=RECORD)
    sign()
    return cast.division


def sign() -> None:
    with db.transaction(write=True):
        sequence()
        sign_checkpoint()


def packed(text: str) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text.encode()) + packer.flush()


def text_of(division: UUID) -> str:
    with db.transaction(write=False):
        receipt = receipt_about(ACTION, division)
        assert receipt is not None
        return receipt.text()


def test_a_receipt_tells_what_its_entry_says_and_proves_it_under_the_logs_key(cast: Cast) -> None:
    text = text_of(enter(cast))
    place, signed = prove(text, keys.verifier_keys())
    assert {name: place.facts[name] for name in RECORD} == RECORD
    assert place.entry["action"] == ACTION
    assert [one.key.name for one in signed] == [keys.origin()]


def test_a_receipt_has_no_more_than_1500_bytes_and_its_digits_lead_back_to_it(cast: Cast) -> None:
    text = text_of(enter(cast))
    large = rules.Receipt(130_000, tuple(leaf_hash(b"%d" % one) for one in range(17)), rules.read_receipt(text).note,
                          rules.read_receipt(text).extra)
    assert len(large.text().encode()) <= 1500
    digits = digits_of(large.text())
    assert len(digits) <= 3283, "more digits than a QR code of version 26 holds"
    assert digits_of(large.text()) == digits


def test_no_receipt_before_a_signed_head_and_none_about_what_was_not_entered(cast: Cast) -> None:
    mine = rename(cast, "农村处")
    with db.transaction(write=False):
        assert receipt_of(mine) is None
        assert receipt_about("fieldwork.record_registered", cast.division) is None


def test_a_receipt_of_one_entry_proves_no_other(cast: Cast) -> None:
    text = text_of(enter(cast))
    told = read_told(rules.read_receipt(text).extra)
    for other in (Told({**told.entry, "at": "2020-01-01T00:00:00+00:00"}, told.facts, told.salt), Told(told.entry, {}, told.salt),
                  Told(told.entry, {**told.facts, "digest": "cd" * 32}, told.salt), Told(told.entry, told.facts, "x")):
        with pytest.raises(ValueError, match="another root"):
            prove(_with_extra(text, other.packed()), keys.verifier_keys())


@pytest.mark.parametrize("extra", [b"", b"{}", b"\x00" * 40, packed("[]"), packed('[[],{},""]'), packed('[1,2,3]')])
def test_what_tells_nothing_is_refused(cast: Cast, extra: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        prove(_with_extra(text_of(enter(cast)), extra), keys.verifier_keys())


def test_what_swells_when_it_is_unpacked_is_cut_off(cast: Cast) -> None:
    swollen = packed(f'[[],{{}},"{"x" * 50_000_000}"]')
    assert len(swollen) < 60_000
    with pytest.raises(ValueError, match=r".+"):
        read_told(swollen)


@pytest.mark.parametrize("change", [("c2sp.org", "c2sq.org"), ("index 1\n", ""), ("index 1", "index 01"), ("index 1", "index -1"),
                                    ("extra cg==", "extra c"), ("\n\n", "\n"), ("AAAA", "AAA")])
def test_a_malformed_receipt_is_refused(change: tuple[str, str]) -> None:
    whole = rules.Receipt(1, (bytes(32),), "x\n2\nAAA=\n\n\u2014 x AAAAAAA=\n", b"r").text()
    rules.read_receipt(whole)
    assert change[0] in whole
    with pytest.raises(ValueError, match=r".+"):
        rules.read_receipt(whole.replace(change[0], change[1], 9 if change[0] == "\n\n" else 1))


def test_nobody_elses_signature_counts(cast: Cast, tmp_path_factory: pytest.TempPathFactory) -> None:
    text = text_of(enter(cast))
    keys.configure(tmp_path_factory.mktemp("other-keys"), keys.origin())
    with pytest.raises(ValueError, match="nobody known"):
        prove(text, keys.verifier_keys())


def test_the_newest_entry_counts(cast: Cast) -> None:
    division = enter(cast)
    with db.transaction(write=True):
        ledger.record(cast.legal.officer, ACTION, db.session.get_one(Division, division), facts={"digest": "cd" * 32})
    sign()
    with db.transaction(write=False):
        assert queries.last_entry_about(ACTION, division) is not None
    assert prove(text_of(division), keys.verifier_keys())[0].facts["digest"] == "cd" * 32


def _with_extra(text: str, extra: bytes) -> str:
    before = rules.read_receipt(text).extra
    return text.replace(b64encode(before).decode(), b64encode(extra).decode())
