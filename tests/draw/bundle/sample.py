"""A whole draw in memory: its directory frozen, its seed given by two, its bundle."""

import json
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from fieldapp.canonical import canonical
from fieldapp.draw import rules
from fieldapp.draw.rules import BeaconPart, Contributor, DrawTerms, Reveal, Row, bundle
from tests.draw.rules.sample import row

GIVERS = (Contributor("王一", "社会发展科技处"), Contributor("李二", "法规处"))
SHOWN = (Reveal(b"\1" * 32, b"3 1 4"), Reveal(b"\2" * 32, b"2 6 5"))
ROUND_1000 = BeaconPart(1000, bytes.fromhex(
    "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39"), "2023-08-23T15:58:54Z")
"""A round of drand quicknet as the world knows it, named half a minute before its time."""
MATCHING = {"mode": "automatic", "conditions": [], "seats": ["certified", "certified"], "band": 1, "cap": 4}


def rows(count: int = 60) -> list[Row]:
    """A directory with some who cannot be drawn and some who must be inspected."""
    kinds = {7: ("excluded", "cap_reached", 0), 11: ("certain", "key_supervision", 0)}
    return [row(number, *kinds.get(number, ("ok", "", 1))) for number in range(count)]


def stratified(count: int = 60) -> list[Row]:
    return [row(number, stratum="D" if number % 6 == 0 else "A") for number in range(count)]


def files(directory: list[Row], quota: int = 6, strata: Mapping[str, int] | None = None) -> dict[str, bytes]:
    """The files of a draw's bundle, honestly made."""
    snapshot = rules.freeze_directory(directory)
    terms = DrawTerms(
        department="示例省科学技术厅", year=2026, number=3, plan="鲁科查〔2026〕1号", item="实验动物许可监督检查",
        task="鲁科抽〔2026〕1号", directed=False, ratio=quota * 10_000 // len(directory), quota=quota,
        contributors=GIVERS, matching=MATCHING, code_version="0", substitutes=b"\5" * 32, takes_reserve=True,
        frozen_at="2026-11-23T06:07:00Z",
        operator="王一", approver="赵三", quota_reason="示例",
        strata={name: rules.StratumTerms(1000, counted(directory, name), wanted) for name, wanted in (strata or {}).items()})
    manifest = rules.manifest_of(terms, snapshot)
    return remade(snapshot, manifest)


def counted(directory: list[Row], stratum: str) -> int:
    return sum(row.stratum == stratum for row in directory)


def given_by_one() -> dict[str, bytes]:
    """A bundle in which all fits, but that one person alone gave the seed."""
    snapshot, manifest = rules.freeze_directory(rows()), json.loads(files(rows())["manifest.json"])
    return remade(snapshot, manifest | {"seed_sources": manifest["seed_sources"][:1]}, GIVERS[:1])


def with_beacon(part: BeaconPart = ROUND_1000) -> dict[str, bytes]:
    """A bundle in whose seed a round of the beacon comes last."""
    snapshot, manifest = rules.freeze_directory(rows()), json.loads(files(rows())["manifest.json"])
    sources = [*manifest["seed_sources"], {"kind": rules.BEACON, "name": rules.BEACON, "division": ""}]
    return remade(snapshot, manifest | {"seed_sources": sources}, beacon=part)


def remade(snapshot: rules.Snapshot, manifest: dict[str, Any], givers: Sequence[Contributor] = GIVERS,
           beacon: BeaconPart | None = None) -> dict[str, bytes]:
    """Commitments, seed and selection for a manifest."""
    hashed, given = rules.manifest_hash(manifest), list(zip(givers, SHOWN, strict=False))
    commits = [rules.commitment(giver.name, hashed, shown) for giver, shown in given]
    parts = [rules.contribution(giver.name, shown) for giver, shown in given]
    seed = rules.seed_of(hashed, [*parts, rules.beacon_contribution(beacon)] if beacon else parts)
    quotas = {one["name"]: one["quota"] for one in manifest["strata"]} or {"": manifest["quota"]}
    found = rules.draw_strata(seed, {
        name: ([(line.leaf, line.tickets) for line in snapshot.leaves if line.stratum == name], quota)
        for name, quota in quotas.items()})
    made = bundle.Bundle(
        canonical(manifest), [rules.leaf_line(line) for line in snapshot.leaves], list(zip(commits, SHOWN, strict=False)),
        [leaf.hex() for one in found.values() for leaf in one.drawn],
        [leaf.hex() for one in found.values() for leaf in one.reserve], {**MATCHING, "transcript_root": ""},
        beacon=beacon)
    return bundle.files_of(made, [giver.name for giver in givers])


def _lines(change: Callable[[list[str]], object]) -> Callable[[bytes], bytes]:
    def changed(content: bytes) -> bytes:
        lines = content.decode().splitlines()
        change(lines)
        return "".join(f"{line}\n" for line in lines).encode()
    return changed


def _heavier(lines: list[str]) -> None:
    place = next(number for number, line in enumerate(lines) if line.endswith(" 1"))
    lines[place] = lines[place][:-1] + "9"


def _another_row(lines: list[str]) -> None:
    lines[3] = sha256(lines[3].encode()).hexdigest() + " 1"
    lines.sort()


def _swapped(lines: list[str]) -> None:
    lines[3], lines[4] = lines[4], lines[3]


def _other_value(content: bytes) -> bytes:
    parts = json.loads(content)
    parts[1]["reveal"]["value"] = b"6 6 6".hex()
    return canonical(parts)


def _other_title(content: bytes) -> bytes:
    return canonical({**json.loads(content), "approver": "钱四"})


FORGERIES: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "a changed weight": ("leaves.txt", _lines(_heavier)),
    "another row": ("leaves.txt", _lines(_another_row)),
    "a swapped row": ("leaves.txt", _lines(_swapped)),
    "a removed row": ("leaves.txt", _lines(lambda lines: lines.pop(5))),
    "another seed": ("contributions.json", _other_value),
    "another selection": ("selected.txt", _lines(lambda lines: lines.__setitem__(0, lines[0][::-1]))),
    "another order": ("selected.txt", _lines(lambda lines: lines.reverse())),
    "one fewer": ("selected.txt", _lines(lambda lines: lines.pop())),
    "another reserve": ("reserve.txt", _lines(lambda lines: lines.pop(0))),
    "a changed manifest": ("manifest.json", _other_title),
}
"""What somebody could try with a bundle: the file, and what becomes of it."""


def forged(name: str, content: dict[str, bytes]) -> dict[str, bytes]:
    file, change = FORGERIES[name]
    return {**content, file: change(content[file])}


def other_seed(content: dict[str, bytes]) -> dict[str, bytes]:
    """Both officers of one mind after the draw: another value, its commitment made to fit, the selection left as it is."""
    parts = json.loads(content["contributions.json"])
    shown = Reveal(SHOWN[1].nonce, b"6 6 6")
    parts[1]["reveal"]["value"] = shown.value.hex()
    parts[1]["commit"] = rules.commitment(GIVERS[1].name, sha256(content["manifest.json"]).digest(), shown).hex()
    return {**content, "contributions.json": canonical(parts)}
