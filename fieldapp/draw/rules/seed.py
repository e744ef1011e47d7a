"""The seed: two officers of different divisions commit, then reveal; nobody alone knows or bends it.

`commit` = S("fieldapp-commit/1" 00 name 00 S(manifest) nonce value), where the nonce has 32 bytes;
`contribution` = S(name 00 nonce value); `seed` = S("fieldapp-draw/1 seed" 00 S(manifest) contributions), the
contributions in the manifest's order. Where the manifest names a beacon, its contribution comes last: S("drand-quicknet"
00 round signature), the round as 8 bytes, the highest first. The signature itself is checked outside the rules.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar

from fieldapp.canonical import nfc
from fieldapp.law import article
from fieldapp.refusals import Conflict, Refusal
from fieldapp.words import N_

Part = TypeVar("Part")
NONCE_BYTES = 32
BEACON = "drand-quicknet"
"""The kind and the name of the beacon among the sources of a seed."""


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person who gives a part of the seed, as the manifest names them."""

    name: str
    division: str


@dataclass(frozen=True, slots=True)
class Reveal:
    """What an officer shows after all have committed: the nonce and the value (dice digits read aloud, or bytes)."""

    nonce: bytes
    value: bytes


class Seeding(NamedTuple):
    """How far the making of a seed is: who contributes, in the manifest's order, and the names of those who have committed
    and who have revealed."""

    contributors: Sequence[Contributor]
    committed: Collection[str]
    revealed: Collection[str]


@dataclass(frozen=True, slots=True)
class BeaconPart:
    """What the beacon gives: the round, its signature, and when the round was named, as 2026-11-23T06:07:00Z."""

    round: int
    signature: bytes
    named_at: str


def commitment(name: str, manifest_hash: bytes, reveal: Reveal) -> bytes:
    """What an officer hands in before anybody shows anything: 32 bytes that bind and tell nothing."""
    return sha256(
        b"fieldapp-commit/1\0" + _name(name) + b"\0" + _hash(manifest_hash) + _nonce(reveal) + reveal.value
    ).digest()


def contribution(name: str, reveal: Reveal) -> bytes:
    """An officer's part of the seed: 32 bytes."""
    return sha256(_name(name) + b"\0" + _nonce(reveal) + reveal.value).digest()


def beacon_contribution(part: BeaconPart) -> bytes:
    """The beacon's part of the seed: 32 bytes."""
    return sha256(BEACON.encode() + b"\0" + part.round.to_bytes(8, "big") + part.signature).digest()


@article("3", "16")
def seed_of(manifest_hash: bytes, contributions: Sequence[bytes]) -> bytes:
    """The seed of a draw: from the manifest and all contributions, in the order that the manifest names them."""
    return sha256(b"fieldapp-draw/1 seed\0" + _hash(manifest_hash) + b"".join(map(_hash, contributions))).digest()


@article("16")
def check_contributors(contributors: Sequence[Contributor]) -> None:
    """The seed comes from at least two people, of at least two divisions."""
    names = [nfc(person.name) for person in contributors]
    if len(set(names)) != len(names):
        raise Refusal("draw.same_contributor", N_("同一人不能两次参与生成随机种子"), field="contributors")
    if len(names) < 2 or len({person.division for person in contributors}) < 2:
        raise Refusal(
            "draw.needs_two_divisions", N_("随机种子须由不同处室的至少两人共同生成"), field="contributors"
        )


@article("3", "16")
def check_contributes(name: str, part: Part | None) -> Part:
    """Only whom the manifest names takes part in making the seed; None is the part of anybody else."""
    if part is None:
        raise Refusal("draw.not_a_contributor", N_("%(name)s 不是本次抽取的种子提供人"), name=name)
    return part


@article("3")
def check_may_commit(name: str, seeding: Seeding) -> None:
    """Whoever contributes commits once, and before anybody has revealed."""
    if name in seeding.committed:
        raise Conflict("draw.already_committed", N_("%(name)s 已经提交过承诺"), name=name)
    if seeding.revealed:
        raise Conflict("draw.reveals_have_begun", N_("已开始揭示，不能再提交承诺"))


@article("3")
def check_may_reveal(name: str, seeding: Seeding) -> None:
    """Whoever contributes reveals once, and after all have committed."""
    if name in seeding.revealed:
        raise Refusal("draw.already_revealed", N_("您已经揭示过"))
    check_all_committed(seeding.contributors, seeding.committed)


@article("3")
def check_all_committed(contributors: Sequence[Contributor], committed: Collection[str]) -> None:
    """Nobody reveals before all have committed."""
    missing = [person.name for person in contributors if person.name not in committed]
    if missing:
        raise Conflict(
            "draw.commitments_are_missing", N_("尚有人员未提交承诺：%(names)s"), names="、".join(missing)
        )


@article("3")
def check_reveal(commit: bytes, name: str, manifest_hash: bytes, reveal: Reveal) -> None:
    """What is revealed is what was committed, by the same person, for the same manifest."""
    if len(reveal.nonce) != NONCE_BYTES or commitment(name, manifest_hash, reveal) != commit:
        raise Refusal(
            "draw.reveal_does_not_fit", N_("%(name)s 揭示的内容与承诺不一致"), field="value", name=name
        )


@article("3", "16")
def seed_of_officers(
    manifest_hash: bytes,
    contributors: Sequence[Contributor],
    commits: Mapping[str, bytes],
    reveals: Mapping[str, Reveal],
    beacon: BeaconPart | None = None,
) -> bytes:
    """The seed, once every person named in the manifest has committed and revealed, and every reveal fits; a beacon is last."""
    check_contributors(contributors)
    check_all_committed(contributors, commits)
    missing = [person.name for person in contributors if person.name not in reveals]
    if missing:
        raise Conflict("draw.reveals_are_missing", N_("尚有人员未揭示：%(names)s"), names="、".join(missing))
    for person in contributors:
        check_reveal(commits[person.name], person.name, manifest_hash, reveals[person.name])
    given = [contribution(person.name, reveals[person.name]) for person in contributors]
    return seed_of(manifest_hash, given if beacon is None else [*given, beacon_contribution(beacon)])


@article("3")
def takes_beacon(sources: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a manifest's sources end with the beacon; a Refusal where it stands anywhere else."""
    places = [place for place, source in enumerate(sources) if source["kind"] == BEACON]
    if places and (places != [len(sources) - 1] or sources[-1]["name"] != BEACON):
        raise Refusal("draw.beacon_is_not_last", N_("公共随机信标须是随机种子的最后一个来源"))
    return bool(places)


@article("3")
def check_beacon_may_come(*, named: bool, taken: bool) -> None:
    """The beacon's signature is taken once, after its round was named."""
    if not named:
        raise Conflict("draw.beacon_not_named", N_("这次抽取没有确定信标的轮次"))
    if taken:
        raise Conflict("draw.beacon_already_taken", N_("信标的签名已经取得"))


def _name(name: str) -> bytes:
    if not name or "\0" in name:
        raise ValueError("a contributor's name is neither empty nor does it hold a zero character")
    return nfc(name).encode()


def _hash(value: bytes) -> bytes:
    if len(value) != 32:
        raise ValueError(f"a hash has 32 bytes, not {len(value)}")
    return value


def _nonce(reveal: Reveal) -> bytes:
    if len(reveal.nonce) != NONCE_BYTES:
        raise ValueError(f"a nonce has {NONCE_BYTES} bytes, not {len(reveal.nonce)}")
    return reveal.nonce
