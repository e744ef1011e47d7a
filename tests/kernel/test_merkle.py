"""The trees of RFC 6962, checked with its eight canonical inputs."""

import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256

import pytest

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


LEAVES = [merkle.leaf_hash(entry) for entry in INPUTS]
SIBLINGS_OF_THE_FIRST = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
FROM_SIX_TO_EIGHT = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]


def test_the_proofs_of_the_eight_inputs_are_the_published_ones() -> None:
    assert [found.hex() for found in merkle.inclusion_proof(LEAVES, 0)] == SIBLINGS_OF_THE_FIRST
    assert [found.hex() for found in merkle.consistency_proof(LEAVES, 6)] == FROM_SIX_TO_EIGHT


def test_every_proof_of_every_small_tree_holds() -> None:
    leaves = [merkle.leaf_hash(b"%d" % number) for number in range(40)]
    for size in range(1, len(leaves) + 1):
        tree, root = leaves[:size], merkle.tree_head(leaves[:size])
        for index in range(size):
            merkle.verify_inclusion(tree[index], index, size, merkle.inclusion_proof(tree, index), root)
        for old in range(1, size + 1):
            proof = merkle.consistency_proof(tree, old)
            merkle.verify_consistency(old, size, proof, merkle.tree_head(tree[:old]), root)


def test_a_proof_of_anything_else_is_refused() -> None:
    leaves = [merkle.leaf_hash(b"%d" % number) for number in range(13)]
    root, other = merkle.tree_head(leaves), bytes(32)
    for index in range(13):
        proof = merkle.inclusion_proof(leaves, index)
        for where in range(len(proof)):
            _refused(merkle.verify_inclusion, leaves[index], index, 13, [*proof[:where], other, *proof[where + 1:]], root)
        _refused(merkle.verify_inclusion, leaves[index], (index + 1) % 13, 13, proof, root)
        _refused(merkle.verify_inclusion, leaves[index], index, 13, [*proof, other], root)
        _refused(merkle.verify_inclusion, leaves[index], index, 13, proof[:-1], root)
        _refused(merkle.verify_inclusion, other, index, 13, proof, root)
        _refused(merkle.verify_inclusion, leaves[index], index, 13, proof, other)
    for old in range(1, 13):
        proof, old_root = merkle.consistency_proof(leaves, old), merkle.tree_head(leaves[:old])
        for where in range(len(proof)):
            _refused(merkle.verify_consistency, old, 13, [*proof[:where], other, *proof[where + 1:]], old_root, root)
        _refused(merkle.verify_consistency, old, 13, [*proof, other], old_root, root)
        _refused(merkle.verify_consistency, old, 13, proof[:-1], old_root, root)
        _refused(merkle.verify_consistency, old, 13, proof, other, root)
        _refused(merkle.verify_consistency, old, 13, proof, old_root, other)


@pytest.mark.parametrize(("index", "size", "proof"), [
    (0, 0, []), (-1, 1, []), (1, 1, []), (True, 2, [LEAVES[0]]), (0, 2, [LEAVES[0][:31]]), (0, 2, [LEAVES[0].hex()]),
    (0, 2, None), (0, 2.0, [LEAVES[1]]), (0, 1, [LEAVES[1]])])
def test_a_malformed_inclusion_is_refused(index: int, size: int, proof: list[bytes]) -> None:
    _refused(merkle.verify_inclusion, LEAVES[0], index, size, proof, LEAVES[0])


@pytest.mark.parametrize(("old", "size", "proof"), [
    (0, 0, []), (0, 8, []), (8, 6, []), (8, 8, [LEAVES[0]]), (6, 8, []), (4, 8, []), (-1, 8, []), (6, 8, None),
    (6, 8, [LEAVES[0][:31]])])
def test_a_malformed_continuation_is_refused(old: int, size: int, proof: list[bytes]) -> None:
    head = merkle.tree_head(LEAVES)
    _refused(merkle.verify_consistency, old, size, proof, head, head)


@pytest.mark.parametrize("index", [-1, 8])
def test_no_proof_is_made_of_what_is_not_there(index: int) -> None:
    _refused(merkle.inclusion_proof, LEAVES, index)
    _refused(merkle.consistency_proof, LEAVES, index + (index > 0))
    _refused(merkle.consistency_proof, LEAVES, 0)


def _refused(check: Callable[..., object], *values: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check(*values)
