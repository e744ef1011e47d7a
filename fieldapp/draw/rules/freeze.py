"""The freeze: the whole directory in scope becomes blind leaves and one root, before any seed exists.

What is hashed, byte by byte (S is SHA-256, strings are UTF-8 in Unicode normal form C):

- `salt` = the first 16 bytes of HMAC-SHA256(K_draw, id). K_draw is 32 random bytes, fresh for each draw.
- `row` = the canonical JSON object with exactly the keys id, reason, region_code, salt (32 hexadecimal digits),
  size, status, stratum, subject_type and w (an integer); all others are strings, empty where there is nothing.
- `blind` = S("fieldapp-row/1" 00 row)
- `leaf` = S(00 "w:" decimal(w) 00 blind), an RFC 6962 leaf over the entry "w:" decimal(w) 00 blind
- `root` = the RFC 6962 tree head over the leaves in the order of their blinds, never of their ids.

Every row of the directory has its leaf. Those that cannot be drawn (`certain`, `excluded`) stand there with w = 0
tickets: they are committed to like all others, and no seed can reach them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from json.encoder import encode_basestring
from operator import itemgetter
from typing import NamedTuple

from fieldapp.canonical import nfc
from fieldapp.law import article
from fieldapp.merkle import tree_head
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

MOST_TICKETS = 256
"""A ticket's number is one byte, so no object has more tickets than this."""
SOME = 4096
"""So many rows are taken at a time."""

_ROW = b"fieldapp-row/1\0"
_TICKETS = [b"\0w:%d\0" % tickets for tickets in range(MOST_TICKETS + 1)]
_OBJECT_ID, _KIND = itemgetter(0), itemgetter(4, 5, 6)


class RowStatus(Labelled):
    """How an object of the directory stands towards the draw."""

    OK = "ok", N_("可抽取")
    CERTAIN = "certain", N_("重点检查，必查")
    EXCLUDED = "excluded", N_("不参与抽取")


class RowReason(Labelled):
    """Why an object is not drawn from the pool like the others."""

    NONE = "", N_("无")
    CAP_REACHED = "cap_reached", N_("本年度检查次数已达上限")
    CAP_OVERRIDDEN = "cap_overridden", N_("本年度检查次数已达上限，经法规处同意仍参加抽取")
    CLOSED = "closed", N_("已注销、迁出或停业")
    OUTSIDE_CONDITION = "outside_condition", N_("不符合定向条件")
    KEY_SUPERVISION = "key_supervision", N_("重点监管对象")


class Row(NamedTuple):
    """One object of the directory as it is frozen.

    `object_id` is the identifier by which outsiders know the object (the credit code, where there is one),
    so that an opened row says something to them.
    """

    object_id: str
    region_code: str
    subject_type: str
    size: str
    status: str
    reason: str
    tickets: int
    salt: bytes
    stratum: str = ""


class Leaf(NamedTuple):
    """One line of the frozen directory: what is public of it (blind, tickets) and whom it stands for."""

    blind: bytes
    tickets: int
    leaf: bytes
    object_id: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The frozen directory: its leaves in the order of their blinds, the root, and how many there are of each kind."""

    leaves: list[Leaf]
    root: bytes
    statuses: Mapping[str, int]
    reasons: Mapping[str, int]
    weights: Mapping[int, int]

    @property
    def pool(self) -> int:
        """How many objects can be drawn."""
        return len(self.leaves) - self.weights.get(0, 0)


@article("6")
def row_status(
    *, visits_this_year: int, visits_allowed: int, key_supervision: bool, closed: bool, in_condition: bool,
    let_in: bool = False,
) -> tuple[RowStatus, RowReason]:
    """How an object stands towards the draw: at the yearly cap it leaves the pool and stays in the directory (E3, E4).

    Objects under key supervision have their own list without any cap; the others are left to chance. `let_in` says that
    legal affairs lets the object into the pool in spite of the cap: the reason stays with the row.
    """
    if closed:
        return RowStatus.EXCLUDED, RowReason.CLOSED
    if not in_condition:
        return RowStatus.EXCLUDED, RowReason.OUTSIDE_CONDITION
    if key_supervision:
        return RowStatus.CERTAIN, RowReason.KEY_SUPERVISION
    if visits_this_year >= visits_allowed:
        return (RowStatus.OK, RowReason.CAP_OVERRIDDEN) if let_in else (RowStatus.EXCLUDED, RowReason.CAP_REACHED)
    return RowStatus.OK, RowReason.NONE


def salt(draw_key: bytes, object_id: str) -> bytes:
    """The 16 bytes that keep a public identifier from being recognised in its leaf."""
    inner, outer = _pads(draw_key)
    return sha256(outer + sha256(inner + _plain(object_id).encode()).digest()).digest()[:16]


@lru_cache(maxsize=4)
def _pads(key: bytes) -> tuple[bytes, bytes]:
    """The two blocks of HMAC (RFC 2104), made once for a million rows."""
    block = (sha256(key).digest() if len(key) > 64 else key).ljust(64, b"\0")
    return bytes(byte ^ 0x36 for byte in block), bytes(byte ^ 0x5C for byte in block)


def row_bytes(row: Row) -> bytes:
    """The canonical JSON of a row, written out because a million rows wait for it; a test holds both equal."""
    identifier, region_code, subject_type, size, status, reason, tickets, salt, stratum = row
    return b'{"id":%b,"reason":%b%b%b' % (
        encode_basestring(_plain(identifier)).encode(),
        _place(reason, region_code),
        salt.hex().encode(),
        _rest(size, status, stratum, subject_type, tickets),
    )


def _plain(text: str) -> str:
    return text if text.isascii() else nfc(text)


@lru_cache(maxsize=8192)
def _place(reason: str, region_code: str) -> bytes:
    return f'{_quoted(reason)},"region_code":{_quoted(region_code)},"salt":"'.encode()


@lru_cache(maxsize=8192)
def _rest(size: str, status: str, stratum: str, subject_type: str, tickets: int) -> bytes:
    return (
        f'","size":{_quoted(size)},"status":{_quoted(status)},"stratum":{_quoted(stratum)},'
        f'"subject_type":{_quoted(subject_type)},"w":{tickets:d}}}'
    ).encode()


def _quoted(text: str) -> str:
    return encode_basestring(nfc(str(text)))


def blind(row: Row) -> bytes:
    """The salted hash behind which an object stands until it is opened: 32 bytes."""
    return sha256(_ROW + row_bytes(row)).digest()


def leaf(blind: bytes, tickets: int) -> bytes:
    """The leaf that binds a blind to its number of tickets: 32 bytes."""
    return sha256(b"\0w:%d\0" % tickets + blind).digest()


def check_row(status: str, tickets: int) -> None:
    """Only an object that can be drawn has tickets, from 1 to 256; all others have none."""
    fits = 1 <= tickets <= MOST_TICKETS if status == RowStatus.OK else tickets == 0
    if not fits or status not in frozenset(map(str, RowStatus)):
        raise Refusal(
            "draw.tickets_do_not_fit",
            N_("名录的状态与签数不符：%(status)s，%(tickets)s 签"),
            status=str(status),
            tickets=tickets,
        )


@article("3", "16")
def freeze_directory(rows: Iterable[Row]) -> Snapshot:
    """Freeze the whole directory in scope, those left out of the pool included: quiet exclusion is the cheapest fraud.

    The order of the rows does not matter. An object listed twice would have twice the chance: it is refused.
    """
    leaves: list[Leaf] = []
    seen: set[str] = set()
    kinds: Counter[tuple[str, str, int]] = Counter()
    stream = iter(rows)
    while some := list(islice(stream, SOME)):
        here = Counter(map(_KIND, some))
        for status, _, tickets in here.keys() - kinds.keys():
            check_row(status, tickets)
        kinds.update(here)
        seen.update(map(_OBJECT_ID, some))
        for row in some:
            hidden = sha256(_ROW + row_bytes(row)).digest()
            sealed = sha256(_TICKETS[row.tickets] + hidden).digest()
            leaves.append(Leaf(hidden, row.tickets, sealed, row.object_id, row.stratum))
    if len(seen) != len(leaves):
        raise Refusal("draw.object_listed_twice", N_("同一检查对象在名录中出现多次，请先合并"))
    leaves.sort(key=itemgetter(0))
    return Snapshot(leaves, tree_head(map(itemgetter(2), leaves)), *_counted(kinds))


def _counted(kinds: Mapping[tuple[str, str, int], int]) -> tuple[Counter[str], Counter[str], Counter[int]]:
    """How many rows there are of each status, each reason and each number of tickets."""
    statuses: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    weights: Counter[int] = Counter()
    for (status, reason, tickets), count in kinds.items():
        statuses[str(status)] += count
        weights[tickets] += count
        if reason:
            reasons[str(reason)] += count
    return statuses, reasons, weights


def leaf_line(line: Leaf) -> str:
    """A line of the public leaf file: blind and tickets, and the stratum where there are strata; no line end."""
    return f"{line.blind.hex()} {line.tickets}" + (f" {line.stratum}" if line.stratum else "")


def leaves_in(lines: Iterable[str]) -> Iterator[tuple[bytes, int]]:
    """The leaves and their tickets in a public leaf file, line by line, as the draw takes them; raises ValueError."""
    before = ""
    for line in lines:
        hidden, count = line.split()[:2]
        if hidden <= before or len(hidden) != 64 or not 0 <= int(count) <= MOST_TICKETS:
            raise ValueError(f"the leaf file is not sorted or not well formed at {hidden}")
        before = hidden
        yield leaf(bytes.fromhex(hidden), int(count)), int(count)
