"""The tickets of the matching: the order of the objects, and for each object its order of the inspectors.

Each object has its own random order of the whole roster (the identifiers of all inspectors eligible for any seat of
the matching, sorted). Hashing every pair would cost objects × inspectors; so the order is defined by a roll call:

- call number 4k + j of an object is the j-th big-endian 64-bit integer of
  S("fieldapp-match/1 call" 00 seed leaf byte(k)), modulo the size of the roster: a place in the roster, from 0.
  There are 32 calls, k from 0 to 7; nobody is called twice for anything: the first call counts.
- the pair ticket of an object and an inspector is byte(number of the first call that names the inspector, or 32)
  followed by the first 31 bytes of S("fieldapp-match/1 pair" 00 seed leaf inspector).

The lowest pair ticket of any set of inspectors is thus the first of them that is called, found after a handful of
hashes; only where none of them is called are their pair hashes compared. Every inspector of the set is equally likely,
up to roster / 2^64. An outsider recomputes one ticket in nine hashes.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from struct import Struct

CALL_HASHES = 8
CALLS = 4 * CALL_HASHES

_FOUR = Struct(">4Q")
_BYTES = [bytes([number]) for number in range(CALL_HASHES)]


def object_ticket(seed: bytes, leaf: bytes) -> bytes:
    """The ticket that orders the objects in the matching: 32 bytes."""
    return sha256(b"fieldapp-match/1\0" + seed + leaf).digest()


class RollCall:
    """The order in which each object calls the inspectors of a roster."""

    def __init__(self, seed: bytes, roster: Sequence[str]) -> None:
        self._call = b"fieldapp-match/1 call\0" + seed
        self._pair = b"fieldapp-match/1 pair\0" + seed
        self._names = [name.encode() for name in roster]

    def calls(self, leaf: bytes) -> Iterator[int]:
        """The places in the roster that an object calls, in order; a place can come twice."""
        size, prefix = len(self._names), self._call + leaf
        for number in _BYTES:
            for value in _FOUR.unpack(sha256(prefix + number).digest()):
                yield value % size

    def pair_hash(self, leaf: bytes, place: int) -> bytes:
        """The hash that decides between two inspectors whom the object does not call."""
        return sha256(self._pair + leaf + self._names[place]).digest()[:31]

    def ordered(self, leaf: bytes, places: Iterable[int]) -> list[int]:
        """The places given, in the order of their pair tickets for the object."""
        left = set(places)
        if len(left) < 2:
            return list(left)
        called = []
        for place in self.calls(leaf):
            if place in left:
                left.remove(place)
                called.append(place)
        return called + sorted(left, key=lambda place: self.pair_hash(leaf, place))

    def pair_ticket(self, leaf: bytes, place: int) -> bytes:
        """The ticket of one object and one inspector: 32 bytes, the lowest goes first."""
        first = next((number for number, called in enumerate(self.calls(leaf)) if called == place), CALLS)
        return bytes([first]) + self.pair_hash(leaf, place)
