"""A receipt proves its entry, tells what the entry says, and nothing beyond that; a small file, a readable code."""

import json
import zlib
from base64 import b64encode
from contextlib import suppress
from random import Random
from uuid import UUID

import pytest

from fieldapp import db, ledger
from fieldapp.accounts.models import Division
from fieldapp.ledger import keys, queries, rules
from fieldapp.ledger.actions import sequence, sign_checkpoint
from fieldapp.ledger.notes import COSIGNATURE, new_key, sign_note
from fieldapp.ledger.receipts import place_of, prove, receipt_about, receipt_of
from fieldapp.ledger.rules import Checkpoint, Told, digits_of, leaf_hash, read_told, text_of_file, told_of
from fieldapp.roles import PRODUCT
from tests.ledger.history import rename
from tests.people import Cast

pytestmark = [pytest.mark.article("3"), pytest.mark.usefixtures("named_keys")]
ACTION = "accounts.division_renamed"
REGISTERED = "fieldwork.record_registered"
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


def registered(cast: Cast) -> Told:
    """What the receipt of a record tells, in its real shape: entered by the product, about a row that has an entry before."""
    rename(cast, "农村处")
    with db.transaction(write=True):
        db.session().info[db.WHERE] = "办公电脑"
        ledger.record(PRODUCT, REGISTERED, db.session.get_one(Division, cast.division), case=cast.division, facts=RECORD)
    with db.transaction(write=False):
        entry, payload = queries.last_entry_about(REGISTERED, cast.division) or (None, None)
        assert entry
        assert payload
        told = told_of(entry.body, payload.facts, payload.salt)
    assert told is not None
    assert told.entry["prev"]
    assert told.entry["before_hash"]
    return Told(told.entry | {"object": f"visit_task/{cast.division}"}, told.facts, told.salt)


def test_a_receipt_of_half_a_million_entries_with_a_witness_has_no_more_than_1536_bytes(cast: Cast) -> None:
    log, witness = new_key("shuangsuiji.example.gov.cn/ledger"), new_key("witness.example.gov.cn/w1", COSIGNATURE)
    head = Checkpoint(log.verifier.name, 1 << 19, leaf_hash(b"root")).text()
    note = sign_note(head, [log]) + witness.signature(head, 1_790_000_000)
    told = registered(cast)
    assert "where" not in told.facts, "where the product's server stands is told to nobody"
    large = rules.Receipt((1 << 19) - 1, tuple(leaf_hash(b"%d" % one) for one in range(19)), note, told.packed())
    assert len(large.file()) <= 1536
    assert text_of_file(large.file()) == text_of_file(large.text().encode()) == large.text()
    assert len(digits_of(large.text())) <= 3283, "more digits than a QR code of version 26 holds"


def test_a_receipt_of_an_entry_of_version_2_is_read_as_before(cast: Cast) -> None:
    told = registered(cast)
    old = Told(told.entry | {"reason": "另有原因"}, told.facts, told.salt, 2)
    assert read_told(old.packed()) == old
    assert b'"v":2' in old.body()
    assert read_told(told.packed()) == told
    assert b'"v":3' in told.body()


def refused(text: str, extra: bytes) -> None:
    with pytest.raises(ValueError, match=r".*"):
        prove(_with_extra(text, extra), keys.verifier_keys())


def test_what_no_entry_can_say_and_what_follows_the_end_are_refused(cast: Cast) -> None:
    text = text_of(enter(cast))
    told = read_told(rules.read_receipt(text).extra)
    values = json.dumps([told.entry[name] for name in sorted(told.entry)])
    for facts in ("{\"x\":1.5}", "{\"x\":NaN}", f"{{\"x\":{'[' * 600}{']' * 600}}}", f"{{\"x\":{'[' * 9000}{']' * 9000}}}",
                  "{\"x\":9007199254740993}", "{\"x\":\"\\ud800\"}", '{"digest":"a","digest":"b"}'):
        refused(text, packed(f'[{values},{facts},"{told.salt}",3]'))
    for version in ("1", "4", "true", '"3"', "3,3", "null"):
        refused(text, packed(f'[{values},{{}},"{told.salt}",{version}]'))
    extra = rules.read_receipt(text).extra
    for other in (extra + b"x", extra + extra, extra[:-1]):
        refused(text, other)
    with pytest.raises(ValueError, match=r".+"):
        text_of_file(rules.read_receipt(text).file() + b"x")


def test_whatever_is_done_to_a_receipt_it_is_refused_in_one_way(cast: Cast) -> None:
    text, chance = text_of(enter(cast)), Random(6)
    inside = zlib.decompress(rules.read_receipt(text).extra, -15)
    for _ in range(1500):
        file, said = bytearray(text.encode()), bytearray(inside)
        for content in (file, said):
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(content))
                content[at:at + chance.randint(0, 3)] = chance.choice(
                    [bytes([chance.randrange(256)]), b"", b"\n", b'"', b"[[", b"{", b"1e9", b"-", b"\\u0000", bytes(content[:9])])
        packer = zlib.compressobj(wbits=-15)
        for other in (bytes(file), _with_extra(text, packer.compress(bytes(said)) + packer.flush()).encode()):
            with suppress(ValueError):
                place_of(text_of_file(other))


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


@pytest.mark.parametrize("extra", [b"", b"{}", b"\x00" * 40, packed("[]"), packed('[[],{},""]'), packed('[1,2,3,4]'),
                                   packed('[1,2,3]')])
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
