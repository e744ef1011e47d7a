"""RFC 6962 Merkle trees: leaf hashes, tree heads. Proofs grow here with the ledger's tree."""

from collections.abc import Iterable
from hashlib import sha256


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry): 32 bytes (RFC 6962 section 2.1)."""
    return sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right): 32 bytes (RFC 6962 section 2.1)."""
    return sha256(b"\x01" + left + right).digest()


def tree_head(leaf_hashes: Iterable[bytes]) -> bytes:
    """The Merkle tree hash over leaf hashes in order, streaming, in O(log n) memory; SHA-256("") for none."""
    peaks: list[tuple[int, bytes]] = []
    for leaf in leaf_hashes:
        height, top = 0, leaf
        while peaks and peaks[-1][0] == height:
            top = node_hash(peaks.pop()[1], top)
            height += 1
        peaks.append((height, top))
    if not peaks:
        return sha256(b"").digest()
    head = peaks.pop()[1]
    while peaks:
        head = node_hash(peaks.pop()[1], head)
    return head
