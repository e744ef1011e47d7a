"""What the phone hashes is what the server hashes, to the bit."""

from hashlib import pbkdf2_hmac
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Error

from fieldapp.canonical import canonical, digest
from fieldapp.evidence.rules import capture_hash
from fieldapp.fieldwork import rules

pytestmark = pytest.mark.browser
DIGEST = "field/log/digest.js"
VT = "01900000-0000-7000-8000-000000000021"

VALUES = [
    None, True, 0, -1, 2**53 - 1, "", "符合", "a\"b\\c/d", "\u0000\b\t\n\f\r\u001f\u007f\u2028", "😀𬱖é", [], {}, [[], {}, None],
    {"é": 1, "e": 2, "z": 3, "😀": 4, "\ufb33": 5, "1": 6, "10": 7, "": 8, "_": 9, "A": 10},
    {"b": [1, {"d": "x", "c": [True, False]}], "a": {"z": None, "y": "钱二"}},
]


def test_the_phone_writes_the_same_canonical_json_as_the_server(run: Any) -> None:
    assert run(DIGEST, "(m, values) => values.map(m.canonical)", VALUES) == [canonical(v).decode() for v in VALUES]


def test_the_phone_makes_the_same_digests_as_the_server(run: Any) -> None:
    assert run(DIGEST, "(m, values) => Promise.all(values.map(m.digest))", VALUES) == [digest(v) for v in VALUES]


def test_a_time_of_another_day_is_said_with_its_day(run: Any) -> None:
    code = """(m, at) => { Date.now = () => Date.parse("2026-12-01T15:59:00Z"); return at.map(m.clockTime); }"""
    moments = [1796054400000 + 60_000, "2026-12-01T00:00:00+08:00", "2026-11-30T15:59:00Z", "2026-12-01T16:00:00Z"]
    assert run("field/words.js", code, moments) == ["00:01", "00:00", "2026年11月30日 23:59", "2026年12月2日 00:00"]


@pytest.mark.parametrize("value", ["1.5", "2 ** 53", "NaN", "undefined", "[() => 1]"])
def test_what_canonical_json_cannot_hold_is_refused_on_the_phone(run: Any, value: str) -> None:
    with pytest.raises(Error, match="TypeError"):
        run(DIGEST, f"(m) => m.canonical({value})")


@pytest.mark.article("24")
def test_the_phone_signs_what_the_server_reads(run: Any) -> None:
    root = f"r/{VT}"
    head = {"object": "济南青禾（示例）", "uscc": "91370102MA3CXXXX1X", "record_number": "鲁科抽记〔2026〕7号"}
    hashed = {"capture_hash": "ab" * 32, "chunks": ["cd" * 32], "size": 7, "type": "image/jpeg"}
    values = {f"{root}/check/1/answer": "compliant", f"{root}/check/1/note": "", f"{root}/entity/name": None}
    items = {f"{root}/check/1/photo/2": hashed, f"{root}/other/3": {"text": "通道堆物", "reason": "安全"}}
    entries = [{"kind": "set", "path": path, "value": value} for path, value in values.items()]
    entries += [{"kind": "add", "path": path, "value": value} for path, value in items.items()]
    entries += [
        {"kind": "add", "path": f"{root}/check/1/photo/4", "value": hashed, "voided": True},
        {"kind": "add", "path": f"{root}/record/seal/5", "value": hashed},
        {"kind": "set", "path": "arrival/place", "value": "elsewhere"},
        {"kind": "set", "path": "entry/statement", "value": "门口贴有搬迁告示。"},
        {"kind": "set", "path": "zone/6", "value": {"place": "防爆车间", "from": 1, "until": None}},
        {"kind": "sign", "path": f"{root}/record", "value": {"name": "李某"}},
    ]
    values |= {"entry/statement": "门口贴有搬迁告示。", "zone/6": {"place": "防爆车间", "from": 1, "until": None}}
    attendance = rules.Attendance({"arrival/place": "elsewhere"}, {UUID(VT), UUID(int=1)}, {UUID(int=1): "鲁A-01（示例）"})
    entries += [
        {"kind": "add", "path": f"present/{VT}", "value": {"name": "钱检二"}},
        {"kind": "add", "path": f"present/{UUID(int=1)}", "value": {"name": "赵检一"}},
        {"kind": "issue", "path": f"credential/{UUID(int=1)}", "value": {"number": "鲁A-01（示例）", "to": "李某"}},
        {"kind": "issue", "path": f"credential/{VT}", "value": {"number": "", "to": "李某"}},
        {"kind": "set", "path": "arrival/fix", "value": {"lat": "36.6"}}, {"kind": "set", "path": "arrival/reason", "value": ""},
    ]
    content = "m.recordContent(head, vt, entries, m.attendanceOf(entries))"
    signed = run(DIGEST, f"(m, [head, vt, entries]) => m.digest({content})", [head, VT, entries])
    shown = {path: rules.item_content(value) for path, value in items.items()}
    assert signed == rules.record_digest(head, values, shown, attendance)
    assert run(DIGEST, "(m, hash) => m.shortCode(hash)", signed) == rules.short_code(signed)
    older = run(DIGEST, "(m, [head, vt, entries]) => m.digest(m.recordContent(head, vt, entries))", [head, VT, entries])
    assert older == rules.record_digest(head, values, shown) != signed


def test_a_photo_has_the_same_capture_hash_on_both_sides(run: Any) -> None:
    chunks = ["00" * 32, "ff" * 32, "0a" * 32]
    assert run(DIGEST, "(m, chunks) => m.captureHash(chunks)", chunks) == capture_hash(chunks)


def test_a_pin_makes_the_verifier_that_any_pbkdf2_makes(run: Any) -> None:
    made = run("elements/pin-field.js", "(m) => m.makeVerifier('204816', 1000)")
    known = pbkdf2_hmac("sha256", b"204816", bytes.fromhex(made["salt"]), 1000).hex()
    assert made["verifier"] == known


def test_an_operation_has_an_identifier_in_the_order_of_time(run: Any) -> None:
    made = run("field/log/ops.js", "(m) => [1, 2, 3].map(() => m.uuid7())")
    assert [UUID(text).version for text in made] == [7, 7, 7]
    assert all(UUID(text).variant == "specified in RFC 4122" for text in made)
    assert len(set(made)) == 3
