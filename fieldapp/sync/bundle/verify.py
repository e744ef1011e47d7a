"""Check the evidence of an inspection, with Python alone: python3 verify.py [FOLDER] [--key KEY-OF-THE-LOG]

Every file against hashes.txt; each record against its receipt, and the receipt's path to the signed head; each picture, sound
and film that a record names against the hash that was taken when it was made; the phones' operations for their order. The head's
signature is checked where a key is given and the package "cryptography" is there. What was proved is said, and nothing else.
"""

import argparse
import hashlib
import json
import re
import sys
import zlib
from base64 import b64decode
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ("action", "actor", "after_hash", "at", "before_hash", "case", "id", "object", "prev", "reason", "role")
CHUNK = 512 * 1024


def canonical(value: Any) -> bytes:
    """JSON as it is hashed: names in order, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256(content: bytes) -> bytes:
    """32 bytes."""
    return hashlib.sha256(content).digest()


def check_files(folder: Path) -> Iterator[str]:
    """What hashes.txt says of each file, and that there is no other."""
    listed: dict[str, str] = {}
    for line in (folder / "hashes.txt").read_text(encoding="utf-8").splitlines():
        found, sm3, size, name = line.split("  ", 3)
        listed[name] = found
        file = folder / name
        content = file.read_bytes() if file.is_file() else None
        if content is None:
            yield f"{name} is missing"
        elif sha256(content).hex() != found or len(content) != int(size):
            yield f"{name} was changed"
        elif "sm3" in hashlib.algorithms_available and hashlib.new("sm3", content).hexdigest() != sm3:
            yield f"{name} has another SM3"
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder).as_posix()
        if file.is_file() and name not in listed and name != "hashes.txt":
            yield f"{name} is not listed"


def read_receipt(text: str) -> tuple[dict[str, Any], str, str, str]:
    """The facts of a receipt's entry, its time, the head under which it stands, the note; ValueError where it does not."""
    top, note = text.split("\n\n", 1)
    head, extra, index, *path = top.split("\n")
    if head != "c2sp.org/tlog-proof@v1" or not extra.startswith("extra ") or not index.startswith("index "):
        raise ValueError("not a receipt")
    values, facts, salt = json.loads(zlib.decompress(b64decode(extra[6:]), -15))
    if values[0] != "fieldwork.record_registered":
        raise ValueError("the receipt of another thing than a record")
    commit = sha256(f"{salt}\0".encode() + canonical(facts)).hex()
    entry = dict(zip(NAMES, values, strict=True)) | {"payload_commit": commit, "v": 2}
    body = note.rpartition("\n\n")[0] + "\n"
    origin, size, root = body.split("\n")[:3]
    place, last, found = int(index[6:]), int(size) - 1, sha256(b"\0" + canonical(entry))
    if not 0 <= place <= last:
        raise ValueError("no such place")
    for beside in map(b64decode, path):  # RFC 9162, 2.1.3.2
        if not last:
            raise ValueError("the path is too long")
        if place % 2 or place == last:
            found = sha256(b"\1" + beside + found)
            while place and place % 2 == 0:
                place, last = place >> 1, last >> 1
        else:
            found = sha256(b"\1" + found + beside)
        place, last = place >> 1, last >> 1
    if last or found != b64decode(root):
        raise ValueError("the entry does not stand under this head")
    return facts, entry["at"], f"{origin}, {size} entries", note


def check_signature(note: str, key: str) -> bool | None:
    """Whether the key signed the note; ValueError if not, None where that cannot be checked here."""
    try:
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - where it is there
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - likewise
    except ImportError:
        return None
    name, number, public = key.split("+", 2)
    body, lines = note.rsplit("\n\n", 1)
    for line in lines.splitlines():
        _, who, signature = line.split(" ")
        content = b64decode(signature)
        if who == name and content[:4].hex() == number:
            try:
                Ed25519PublicKey.from_public_bytes(b64decode(public)[1:]).verify(content[4:], (body + "\n").encode())
            except InvalidSignature:
                raise ValueError("the head's signature does not hold") from None
            return True
    raise ValueError("the head is not signed with this key")


def check_record(folder: Path, key: str | None, said: list[str]) -> Iterator[str]:
    """One record: its receipt, and the originals that it names."""
    name = folder.name
    try:
        content, receipt = (folder / "record.json").read_bytes(), (folder / "receipt.txt").read_text(encoding="utf-8")
        facts, at, head, note = read_receipt(receipt)
        signed = check_signature(note, key) if key else None
    except (OSError, ValueError, LookupError, TypeError, zlib.error) as fault:
        yield f"record {name}: {fault}"
        return
    if key and not signed:
        yield f"record {name}: the head's signature cannot be checked here, the package cryptography is missing"
    if sha256(content).hex() != facts.get("digest"):
        yield f"record {name}: not what the receipt names"
    said.append(f"record {facts['record']} {facts['digest']} entered {at} in {head}; head "
                + ("signed with the key given" if signed else "not checked for its signature"))
    for capture in sorted(set(re.findall(r'"([0-9a-f]{64})"', json.dumps(json.loads(content)["items"])))):
        files = list((folder.parents[1] / "originals").glob(f"{capture}.*"))
        if len(files) != 1:
            yield f"record {name}: the original {capture} is missing"
        elif taken(files[0].read_bytes()) != capture:
            yield f"record {name}: the original {capture} is not what was taken"


def taken(content: bytes) -> str:
    """The hash at capture: SHA-256 over the SHA-256 of each 512 KiB."""
    return sha256(b"".join(sha256(content[start:start + CHUNK]) for start in range(0, len(content), CHUNK))).hex()


def check_operations(file: Path, said: list[str]) -> Iterator[str]:
    """Each operation against its hash; each phone's numbers in this visit rise."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if sha256(row["body"].encode()).hex() != row["sha256"]:
            yield f"operation {row['receipt']}: its text was changed"
        body = json.loads(row["body"])
        numbers[body["d"]].append(body["n"])
    for device, found in numbers.items():
        if found != sorted(set(found)):
            yield f"the operations of {device} are out of order"
    said.append(f"{sum(map(len, numbers.values()))} operations of {len(numbers)} phones")


def main() -> int:
    """Say what holds; exit with 1 where something does not."""
    words = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    words.add_argument("folder", type=Path, nargs="?", default=Path(__file__).parent)
    words.add_argument("--key")
    given = words.parse_args()
    said: list[str] = []
    faults = [*check_files(given.folder), *check_operations(given.folder / "operations.jsonl", said)]
    for record in sorted((given.folder / "records").iterdir()):
        faults += check_record(record, given.key, said)
    print(*said,  # noqa: T201 - a program of its own
          *(f"DOES NOT FIT: {fault}" for fault in faults) if faults else ["OK"], sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
