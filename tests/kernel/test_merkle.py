"""The trees of RFC 6962, checked with its eight canonical inputs."""

import tracemalloc
from collections.abc import Iterator
from hashlib import sha256

from fieldapp import merkle

INPUTS = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43",
          bytes.fromhex("5051525354555657"), bytes.fromhex("606162636465666768696a6b6c6d6e6f")]


def test_the_head_of_the_eight_inputs_is_the_published_one() -> None:
    head = merkle.tree_head(map(merkle.leaf_hash, INPUTS))
    assert head.hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def test_the_head_of_no_leaves_is_the_hash_of_nothing() -> None:
    assert merkle.tree_head([]) == sha256().digest()


def test_every_size_agrees_with_the_recursive_definition() -> None:
    def head(leaves: list[bytes]) -> bytes:
        if len(leaves) == 1:
            return leaves[0]
        split = 1 << (len(leaves) - 1).bit_length() - 1
        return merkle.node_hash(head(leaves[:split]), head(leaves[split:]))

    leaves = [merkle.leaf_hash(b"%d" % n) for n in range(4 * merkle.BLOCK)]
    sizes = {blocks * merkle.BLOCK + more for blocks in range(1, 4) for more in (-1, 0, 1, 2, 3, 511)}
    for size in (*range(1, 40), *sizes, len(leaves)):
        assert merkle.tree_head(iter(leaves[:size])) == head(leaves[:size]), size


def test_a_long_stream_of_leaves_is_not_held() -> None:
    asked = 0

    def leaves() -> Iterator[bytes]:
        nonlocal asked
        for number in range(50 * merkle.BLOCK):
            asked += 1
            yield number.to_bytes(32)

    tracemalloc.start()
    merkle.tree_head(leaves())
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert asked == 50 * merkle.BLOCK
    assert most < 10 * merkle.BLOCK * 65
