"""RFC 6962 Merkle trees: leaf hashes, tree heads. Proofs grow here with the ledger's tree."""

from collections.abc import Iterable
from hashlib import sha256
from itertools import islice

BLOCK = 1024
"""So many leaves are hashed at a time: a power of two."""


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
    if not peaks:
        return sha256(b"").digest()
    head = peaks.pop()[1]
    while peaks:
        head = node_hash(peaks.pop()[1], head)
    return head


def _head_of(level: list[bytes]) -> bytes:
    """The tree hash of a few leaves, level by level; a node without a neighbour rises as it is."""
    while len(level) > 1:
        nodes = iter(level)
        above = [sha256(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)]
        level = above if len(level) % 2 == 0 else [*above, level[-1]]
    return level[0]
