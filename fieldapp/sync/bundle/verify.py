"""Check the evidence of an inspection: python3 -I /from/elsewhere/verify.py FOLDER [--key KEY[@N] ...] [--witness KEY]

Use the program that /ledger hands out, not the one in the bundle: whoever forges a bundle brings a forged program with it.
Every file against hashes.txt; each record against its receipt, by its path to the signed head; the entries of the case, by
their paths to the head in checkpoint.txt and their chain; the operations, the answers of the entity and the steps of the review
against those entries, none without the other; each file that one of these names against the hash taken when it was made or came.
"""

import hashlib
import json
import re
import sys
import time
import zlib
from argparse import ArgumentParser, Namespace
from base64 import b64decode
from collections import defaultdict
from collections.abc import Callable, Container, Generator, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

NAMES = ("action", "actor", "after_hash", "at", "before_hash", "case", "id", "object", "prev", "reason", "role")
CHUNK, MOST_CHUNKS, LARGEST, COSIGNATURE, HASH = 512 * 1024, 400, 200 * 1024 * 1024, 4, re.compile(r"[0-9a-f]{64}")
REGISTERED, RECEIVED, OF_ROWS = "fieldwork.record_registered", "sync.op_received", ("ledger.rows_written", "ledger.rows_migrated")
BESIDE = ("entity_reply", "entity_reply_file", "record_review", "review_decision", "clerical_correction",
          "supplementary_record", "annex_seen")


def canonical(value: Any) -> bytes:
    """JSON as it is hashed: names in order, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> bytes:
    """32 bytes."""
    return hashlib.sha256(content).digest()


def check_files(folder: Path) -> Iterator[str]:
    """What hashes.txt says of each file, and that there is no other."""
    listed = {"hashes.txt"}
    for line in lines_of(folder / "hashes.txt", str):
        found, sm3, size, name = line.split("  ", 3)
        listed.add(name)
        content = file.read_bytes() if (file := folder / name).is_file() else None
        if content is None:
            yield f"{name} is missing"
        elif sha256(content).hex() != found or len(content) != int(size):
            yield f"{name} was changed"
        elif hashes(content).get("sm3", sm3) != sm3:
            yield f"{name} has another SM3"
    here = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    yield from (f"{name} is not listed" for name in sorted(here - listed))


def read_note(note: str) -> tuple[str, int, bytes]:
    """The log's name, its size and its root, as a signed head says them."""
    origin, size, root = (note.rpartition("\n\n")[0] + "\n").split("\n")[:3]
    return origin, int(size), b64decode(root)


def check_place(entry: bytes, index: int, path: list[str], note: str) -> None:
    """ValueError where the entry does not stand at its index under the head of the note (RFC 9162, 2.1.3.2)."""
    _, size, root = read_note(note)
    place, last, found = index, size - 1, sha256(b"\0" + entry)
    if not 0 <= place <= last:
        raise ValueError("no such place")
    for beside in map(b64decode, path):
        if not last:
            raise ValueError("the path is too long")
        if place % 2 or place == last:
            found = sha256(b"\1" + beside + found)
            while place and place % 2 == 0:
                place, last = place >> 1, last >> 1
        else:
            found = sha256(b"\1" + found + beside)
        place, last = place >> 1, last >> 1
    if last or found != root:
        raise ValueError("the entry does not stand under this head")


def read_receipt(text: str) -> tuple[dict[str, Any], dict[str, Any], int, str]:
    """The facts of a receipt, its entry, the entry's index, the note of the head; ValueError where it does not stand there."""
    top, note = text.split("\n\n", 1)
    head, extra, index, *path = top.split("\n")
    if head != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index "):
        raise ValueError("not a receipt")
    opener = zlib.decompressobj(-15)
    values, facts, salt, *version = json.loads(opener.decompress(b64decode(extra[6:]), 20_000))
    if values[0] != REGISTERED or not opener.eof or opener.unused_data:
        raise ValueError("the receipt of another thing than a record")
    commit = sha256(f"{salt}\0".encode() + canonical(facts)).hex()
    entry = dict(zip(NAMES, values, strict=True)) | {"payload_commit": commit, "v": version[0] if version else 2}
    check_place(canonical(entry), int(index[6:]), path, note)
    return facts, entry, int(index[6:]), note


def check_signature(note: str, keys: list[str]) -> str | None:
    """When one of the keys signed, as a witness's line says; ValueError where the line does not hold, LookupError without one."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - where it is there
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise
    except ImportError:
        raise ValueError("the head's signature cannot be checked here, the package cryptography is missing") from None
    (body, lines), at, size = note.rsplit("\n\n", 1), None, read_note(note)[1]
    used = [key.split("+", 2) for key, _, until in (key.partition("@") for key in keys) if size <= int(until or size)]
    public_of = {(name, number): b64decode(public) for name, number, public in used}
    for who, content in ((line.split(" ")[1], b64decode(line.split(" ")[2])) for line in lines.splitlines()):
        if public := public_of.get((who, content[:4].hex())):
            signature, said = content[4:], f"{body}\n"
            if public[0] == COSIGNATURE:
                at, signature = int.from_bytes(signature[:8], "big"), signature[8:]
                said = f"cosignature/v1\ntime {at}\n{said}"
            try:
                Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature, said.encode())
            except InvalidSignature:
                raise ValueError("the head's signature does not hold") from None
            return None if at is None else time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
    raise LookupError("the head is not signed with this key, or after it was taken out of use")


def check_head(where: str, note: str, given: Namespace) -> Generator[str, None, str]:
    """Whether a head is signed with the log's key and when a witness saw it, where their keys are given; in words."""
    signed, saw = "not signed with the key given" if given.key else "not checked for its signature", list[str]()
    try:
        if given.key and check_signature(note, given.key) is None:
            signed = "signed with the key given"
        for key in given.witness:
            with suppress(LookupError):
                saw.append(f"{key.partition('+')[0]} saw it at {check_signature(note, [key])}")
    except (ValueError, TypeError, LookupError) as fault:
        yield f"{where}: {fault}"
    return "; ".join((signed, *(saw or ["no witness's time"])))


def check_record(folder: Path, given: Namespace, entered: dict[str, tuple[int, bytes]], said: list[str]) -> Iterator[str]:
    """One record: its receipt, whose entry is the last of the case about it, and the originals that it names."""
    name, content = folder.name, (folder / "record.json").read_bytes()
    facts, entry, index, note = read_receipt((folder / "receipt.txt").read_text(encoding="utf-8"))
    signed = yield from check_head(f"record {name}", note, given)
    if sha256(content).hex() != facts.get("digest"):
        yield f"record {name}: not what the receipt names"
    if entered.pop(entry["object"], None) != (index, canonical(entry)):
        yield f"record {name}: the entries do not reach to its receipt's, or a newer one is about it"
    origin, size, _ = read_note(note)
    said.append(f"record {facts['record']} {facts['digest']} in {origin}, {size} entries, entered at {entry['at']} by "
                f"the log's own word; head {signed}")
    for capture in sorted(set(re.findall(r'"([0-9a-f]{64})"', json.dumps(json.loads(content)["items"])))):
        yield from (f"record {name}: {fault}" for fault in check_original(folder.parents[1] / "originals", capture))


def check_original(originals: Path, capture: str) -> Iterator[str]:
    """An original is here once, and is what was taken."""
    found = list(originals.glob(f"{capture}.*"))
    if len(found) != 1:
        yield f"the original {capture} is missing"
    elif taken(found[0]) != capture:
        yield f"the original {capture} is not what was taken"


@cache
def taken(file: Path) -> str:
    """The hash at capture: SHA-256 over the SHA-256 of each 512 KiB."""
    with file.open("rb") as content:
        return sha256(b"".join(sha256(part) for part in iter(lambda: content.read(CHUNK), b""))).hex()


def lines_of(file: Path, read: Callable[[str], Any] = json.loads) -> list[Any]:
    """The objects of a file, one a line, each with its end; U+2028 and what else ends a line in other places ends none here."""
    if (text := file.read_bytes().decode()) and not text.endswith("\n"):
        raise ValueError("the last line is cut")
    return [read(line) for line in text.split("\n")[:-1]]


def check_entries(folder: Path, given: Namespace, entered: dict[str, tuple[int, bytes]], said: list[str]) -> Iterator[str]:
    """Each entry stands in its place and names the one before it in the case; `entered` gets the last about each record."""
    note = (folder / "checkpoint.txt").read_text(encoding="utf-8")
    signed = yield from check_head("checkpoint.txt", note, given)
    known, ends, before = dict[str, str](), set[str](), -1
    for row in lines_of(folder / "entries.jsonl"):
        entry = json.loads(row["body"])
        try:
            check_place(row["body"].encode(), row["index"], row["path"], note)
        except ValueError as fault:
            yield f"entry {row['index']}: {fault}"
        if row["index"] <= before or ((known or entry["prev"]) and known.get(entry["prev"]) != entry["case"]):
            yield f"entry {row['index']}: there is a gap before it"
        known[entry["id"]], before = entry["case"], row["index"]
        ends = ends - {entry["prev"]} | {entry["id"]}
        if entry["action"] == REGISTERED:
            entered[entry["object"]] = row["index"], row["body"].encode()
    origin, size, _ = read_note(note)
    said.append(f"{len(known)} entries of the case {', '.join(set(known.values()))} in {origin}, {size} entries; head {signed}")
    if len(ends) > 1:  # two wrote at one moment
        said.append(f"{len(ends)} of these entries end a branch of the case: such an end could be left out unseen")


def check_operations(folder: Path, said: list[str]) -> Iterator[str]:
    """Each operation is what its entry names, each entry has one, each phone's numbers rise; their originals are here."""
    entries = (json.loads(row["body"]) for row in lines_of(folder / "entries.jsonl"))
    entered = {entry["object"]: entry["after_hash"] for entry in entries if entry["action"] == RECEIVED}
    numbers: dict[str, list[int]] = defaultdict(list)
    named = {file.name.partition(".")[0]: False for file in (folder / "originals").glob("*")}
    named |= {row["capture"]: True for row in lines_of(folder / "rows.jsonl") if "capture" in row}
    for row in lines_of(folder / "operations.jsonl"):
        found, body = entered.pop(f"op/{row['id']}", None), json.loads(row["body"])
        if found is None:
            yield f"operation {row['receipt']}: no entry of the log names it"
        elif sha256(row["body"].encode()).hex() != row["sha256"]:
            yield f"operation {row['receipt']}: its text was changed"
        elif sha256(canonical(row)).hex() != found:
            yield f"operation {row['receipt']}: not what its entry names"
        numbers[body["d"]].append(body["n"])
        named |= dict(original_of(row["kind"], body.get("v"), named))
    yield from (f"{name}: the log has entered this operation, it is missing here" for name in entered)
    for device, order in numbers.items():
        if order != sorted(set(order)):
            yield f"the operations of {device} are out of order"
    for capture, is_named in named.items():
        yield from check_original(folder / "originals", capture) if is_named else [f"the original {capture} is named by nothing"]
    said.append(f"{sum(map(len, numbers.values()))} operations of {len(numbers)} phones")


def check_rows(folder: Path, said: list[str]) -> Iterator[str]:
    """Each answer of the entity and each step of the review is what the log entered last about it, and nothing that it entered
    of these is missing; a file that came with an answer is the one whose hashes its entry commits to."""
    left, told, rows = dict[str, str | None](), dict[str, dict[str, Any]](), lines_of(folder / "rows.jsonl")
    for line in lines_of(folder / "entries.jsonl"):
        entry, names = json.loads(line["body"]), line.get("rows", "[]")
        left[entry["object"]] = entry["after_hash"]
        if (entry["action"] in OF_ROWS or "rows" in line) and sha256(names.encode()).hex() != entry["after_hash"]:
            yield f"entry {line['index']}: not the rows that it names"
        left |= {f"{table}/{key}": found for table, key, found in json.loads(names)}
        if "facts" in line:
            told[entry["object"]] = json.loads(line["facts"])
            if sha256(f"{line['salt']}\0{line['facts']}".encode()).hex() != entry["payload_commit"]:
                yield f"entry {line['index']}: not the words that it commits to"
    for row in rows:
        name = f"{row['table']}/{row['row']['id']}"
        if left.pop(name, None) != sha256(canonical(row["row"])).hex():
            yield f"{name}: not what the log entered last about it"
        if row["table"] == "entity_reply_file":
            content = b"".join(file.read_bytes() for file in (folder / "originals").glob(f"{row['capture']}.*"))
            known = {"sm3": hashes(content).get("sm3")} | told.get(name, {})  # the older entries commit to no SM3
            yield from (f"{name}: the log names no file with this {kind}" for kind, found in hashes(content).items()
                        if known.get(kind) != found)
    yield from (f"{name}: missing here, the log has this row" for name, at in left.items() if at and name.split("/")[0] in BESIDE)
    said.append(f"{len(rows)} rows of the entity's answers and of the review")


def hashes(content: bytes) -> dict[str, str]:
    """SHA-256, and SM3 where it can be computed here."""
    return {kind: hashlib.new(kind, content).hexdigest() for kind in ("sha256", "sm3") if kind in hashlib.algorithms_available}


def original_of(kind: str, value: Any, here: Container[str]) -> Iterator[tuple[str, bool]]:
    """The original that an operation names; what its own chunks do not give, and what is too large, came without one."""
    capture = value.get("capture_hash") if kind == "add" and isinstance(value, dict) else None
    if not isinstance(capture, str) or not HASH.fullmatch(capture):
        return
    chunks, size = value.get("chunks"), value.get("size")
    is_list = isinstance(chunks, list) and 0 < len(chunks) <= MOST_CHUNKS
    is_whole = is_list and all(isinstance(one, str) and HASH.fullmatch(one) for one in chunks)
    gives = is_whole and sha256(b"".join(map(bytes.fromhex, chunks))).hex() == capture
    if capture in here or (gives and (not isinstance(size, int) or size <= LARGEST)):
        yield capture, True


def guarded(name: str, faults: Iterator[str]) -> Iterator[str]:
    """What a check finds, and that it could not go on: whoever changed a file need not have left it readable."""
    try:
        yield from faults
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError, zlib.error) as fault:
        yield f"{name}: {type(fault).__name__} {fault}"


def main() -> int:
    """Say what holds; exit with 1 where something does not."""
    words = ArgumentParser(description=__doc__)
    words.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent)
    for name, told in (("--key", "of the log, name+number+key; @N: used up to N"), ("--witness", "when did it see the heads?")):
        words.add_argument(name, help=told, action="append", default=[])
    given = words.parse_args()
    folder, said, entered = given.folder, list[str](), dict[str, tuple[int, bytes]]()
    if folder.resolve() in Path(__file__).resolve().parents or not sys.flags.isolated:
        said.append("NOT TO BE RELIED ON: use `python3 -I` and a verify.py of /ledger, not of the bundle, which may be forged")
    faults = [*guarded("hashes.txt", check_files(folder)), *guarded("entries.jsonl", check_entries(folder, given, entered, said)),
              *guarded("operations.jsonl", check_operations(folder, said)), *guarded("rows.jsonl", check_rows(folder, said))]
    for record in sorted((folder / "records").glob("*")):
        faults += guarded(f"record {record.name}", check_record(record, given, entered, said))
    faults += [f"{name}: the log has entered this record, no receipt here is its" for name in entered]
    print(*said,  # noqa: T201 - a program of its own
          *(f"DOES NOT FIT: {fault}" for fault in faults) if faults else ["OK"], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
