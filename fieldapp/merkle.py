"""RFC 6962 Merkle trees: leaf hashes, tree heads, inclusion and consistency proofs and their verification."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import islice

BLOCK = 1024
"""So many leaves are hashed at a time: a power of two."""
HASH_BYTES = 32


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry): 32 bytes (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): 32 bytes (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def tree_head(leaf_hashes: Iterable[bytes]) -> bytes:
    """The Merkle tree hash over leaf hashes in order, streaming, in O(log n) memory; SHA-256("") for none."""
    leaves, peaks = iter(leaf_hashes), list[tuple[int, bytes]]()
    while block := list(islice(leaves, BLOCK)):
        height, top = len(block), _head_of(block)
        while peaks and peaks[-1][0] == height:
            height, top = 2 * height, node_hash(peaks.pop()[1], top)
        peaks.append((height, top))
    return joined([top for _, top in peaks]) if peaks else sha256(b"").digest()


class Frontier:
    """The right edge of a growing tree: its head at any size on the way, in O(log n) memory."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Take in the next leaf hash."""
        size, top = self.size, leaf
        while size & 1:
            size, top = size >> 1, node_hash(self._peaks.pop(), top)
        self._peaks.append(top)
        self.size += 1

    def head(self) -> bytes:
        """The head of the tree so far."""
        return joined(self._peaks) if self._peaks else tree_head([])


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of the leaf at `index` (from 0), from its sibling up to the root's child (RFC 6962 section 2.1.1).

    Raises ValueError where there is no such leaf.
    """
    _check_sizes(index)
    _check_hashes(list(leaf_hashes), [])
    return [tree_head(leaf_hashes[start:end]) for start, end in inclusion_ranges(index, len(leaf_hashes))]


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """What shows that the tree of the first `old_size` leaves was only appended to (RFC 6962 section 2.1.2).

    Empty where nothing was appended. Raises ValueError unless 0 < old_size <= the number of leaves.
    """
    _check_sizes(old_size)
    _check_hashes(list(leaf_hashes), [])
    return [tree_head(leaf_hashes[start:end]) for start, end in consistency_ranges(old_size, len(leaf_hashes))]


def inclusion_ranges(index: int, size: int) -> list[tuple[int, int]]:
    """From which leaf up to before which one the subtrees go whose heads are an audit path, in its order."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    path, start, end = [], 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        left = index < middle
        path.append((middle, end) if left else (start, middle))
        start, end = (start, middle) if left else (middle, end)
    return path[::-1]


def consistency_ranges(old_size: int, size: int) -> list[tuple[int, int]]:
    """From which leaf up to before which one the subtrees go whose heads are a consistency proof, in its order."""
    if not 0 < old_size <= size:
        raise ValueError(f"a tree of {size} leaves does not continue one of {old_size}")
    path, start, end, known = [], 0, size, True
    while old_size < end:
        middle = start + _split(end - start)
        if old_size <= middle:
            path.append((middle, end))
            end = middle
        else:
            path.append((start, middle))
            start, known = middle, False
    return ([] if known else [(start, end)]) + path[::-1]


def whole_subtrees(start: int, end: int) -> list[tuple[int, int]]:
    """The full subtrees as (height, number at that height), the largest first, of which the leaves from `start` up to
    before `end` consist, where these are one subtree of a tree: `start` is a multiple of a power of two not below their
    number."""
    found = []
    while start < end:
        height = (end - start).bit_length() - 1
        found.append((height, start >> height))
        start += 1 << height
    return found


def joined(heads: Sequence[bytes]) -> bytes:
    """The head over the heads of full subtrees, the largest first."""
    *rest, head = heads
    for left in reversed(rest):
        head = node_hash(left, head)
    return head


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf stands at `index` in the tree of `size` leaves with this root (RFC 9162 section 2.1.3.2).

    Hashes have 32 bytes. Raises ValueError on anything wrong or malformed.
    """
    _check_sizes(index, size)
    _check_hashes([leaf_hash, root], proof)
    if index >= size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    found = leaf_hash
    for sibling, is_left in _climb(index, size - 1, proof):
        found = node_hash(sibling, found) if is_left else node_hash(found, sibling)
    if found != root:
        raise ValueError("the proof leads to another root")


def verify_consistency(old_size: int, size: int, proof: Sequence[bytes], old_root: bytes, root: bytes) -> None:
    """Check that the tree of `size` leaves continues the tree of `old_size` leaves (RFC 9162 section 2.1.4.2).

    Of an empty tree nothing can be shown. Raises ValueError on anything wrong or malformed.
    """
    _check_sizes(old_size, size)
    _check_hashes([old_root, root], proof)
    if not 0 < old_size <= size:
        raise ValueError(f"a tree of {size} leaves does not continue one of {old_size}")
    if old_size == size:
        if proof or old_root != root:
            raise ValueError("two trees of one size have one root and need no proof")
        return
    rest = list(proof) if old_size & (old_size - 1) else [old_root, *proof]
    if not rest:
        raise ValueError("the proof is too short")
    node, last = old_size - 1, size - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = rest[0]
    for sibling, is_left in _climb(node, last, rest[1:]):
        old, new = (node_hash(sibling, old), node_hash(sibling, new)) if is_left else (old, node_hash(new, sibling))
    if old != old_root or new != root:
        raise ValueError("the proof leads to other roots")


def _climb(node: int, last: int, proof: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Each hash of a proof on the way up from a node, and whether it stands on the left; `last` is its level's last node."""
    for sibling in proof:
        if last == 0:
            raise ValueError("the proof is too long")
        is_left = bool(node & 1) or node == last
        yield sibling, is_left
        while is_left and not node & 1 and node:
            node, last = node >> 1, last >> 1
        node, last = node >> 1, last >> 1
    if last != 0:
        raise ValueError("the proof is too short")


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _check_sizes(*numbers: int) -> None:
    for number in numbers:
        if type(number) is not int or number < 0:
            raise ValueError(f"not a size or index: {number!r}")


def _check_hashes(hashes: list[bytes], proof: Sequence[bytes]) -> None:
    if not isinstance(proof, list | tuple):
        raise ValueError("a proof is a list of hashes")
    for found in (*hashes, *proof):
        if not isinstance(found, bytes) or len(found) != HASH_BYTES:
            raise ValueError("a hash has 32 bytes")


def _head_of(level: list[bytes]) -> bytes:
    """The tree hash of a few leaves, level by level; a node without a neighbour rises as it is."""
    while len(level) > 1:
        nodes = iter(level)
        above = [sha256(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)]
        level = above if len(level) % 2 == 0 else [*above, level[-1]]
    return level[0]
