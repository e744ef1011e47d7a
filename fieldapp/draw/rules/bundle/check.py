"""Check a bundle: everything in it is computed again from the manifest, the leaves and what was revealed."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fieldapp.canonical import canonical
from fieldapp.draw.rules.bundle.files import Bundle
from fieldapp.draw.rules.freeze import leaves_in
from fieldapp.draw.rules.manifest import FORMAT
from fieldapp.draw.rules.objects import draw_strata
from fieldapp.draw.rules.opening import WITHHELD
from fieldapp.draw.rules.seed import Contributor, seed_of_officers, takes_beacon
from fieldapp.draw.rules.substitutes import Circle, draw_substitute, is_next_code
from fieldapp.law import article
from fieldapp.merkle import tree_head
from fieldapp.refusals import Refusal
from fieldapp.words import N_

_Strata = dict[str, list[tuple[bytes, int]]]


@dataclass(frozen=True, slots=True)
class Proved:
    """What was computed again and fits: the manifest, how many rows, the seed, how many are drawn and stand in
    reserve, how many rows are opened, how many substitutes were drawn."""

    manifest: Mapping[str, Any]
    manifest_hash: bytes
    rows: int
    seed: bytes
    drawn: int
    reserve: int
    opened: int = 0
    substitutes: int = 0


@article("3", "14", "16")
def check_bundle(bundle: Bundle) -> Proved:
    """Compute a draw again from its bundle alone; a Refusal names the first thing that does not fit.

    It proves that this selection follows from this frozen directory and this seed, nothing more: a beacon's signature is
    checked with `draw.beacon`.
    """
    manifest = _manifest(bundle.manifest)
    strata = _leaves(bundle, manifest)
    seed = _seed(bundle, manifest)
    _selection(bundle, manifest, strata, seed)
    if {**bundle.matching, "transcript_root": None} != {**manifest["matching"], "transcript_root": None}:
        raise Refusal("draw.bundle_matching_differs", N_("匹配参数与公告清单不一致"))
    opened = _opened(bundle)
    _substitutes(bundle, manifest)
    return Proved(manifest, sha256(bundle.manifest).digest(), len(bundle.leaves), seed, len(bundle.selected),
                  len(bundle.reserve), opened,
                  len(bundle.substitutes))


def _manifest(content: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(content)
        if manifest["format"] != FORMAT or canonical(manifest) != content:
            raise ValueError(FORMAT)
        _fields(manifest)
    except (ValueError, TypeError, KeyError) as fault:
        raise Refusal("draw.bundle_manifest_broken", N_("公告清单不是规范的 fieldapp-draw/1 格式")) from fault
    return dict(manifest)


def _fields(manifest: Mapping[str, Any]) -> None:
    """What the check relies on is there and of its kind; else a KeyError or TypeError."""
    for source in manifest["seed_sources"]:
        source["name"].encode(), source["division"].encode(), source["kind"].encode()
    for stratum in manifest["strata"]:
        stratum["name"].encode(), stratum["root"].encode(), stratum["quota"] + 0
        stratum["directory"] + 0, stratum["pool"] + 0
    manifest["root"].encode(), manifest["quota"] + 0, manifest["weights"].items(), manifest["matching"].items()


def _leaves(bundle: Bundle, manifest: Mapping[str, Any]) -> _Strata:
    """The leaves of each stratum ("" where there are none), once the whole file gives the frozen root."""
    try:
        leaves = list(leaves_in(bundle.leaves))
    except ValueError as fault:
        raise Refusal("draw.bundle_leaves_broken", N_("叶子文件没有排序，或者格式不对")) from fault
    weights = {str(tickets): count for tickets, count in Counter(tickets for _, tickets in leaves).items()}
    if tree_head(leaf for leaf, _ in leaves).hex() != manifest["root"] or weights != manifest["weights"]:
        raise Refusal("draw.bundle_root_differs", N_("叶子文件与冻结时的根不一致：名录被改动过"))
    strata: _Strata = {stratum["name"]: [] for stratum in manifest["strata"]} or {"": []}
    for line, leaf in zip(bundle.leaves, leaves, strict=True):
        name = (*line.split(" "), "")[2]
        if name not in strata:
            raise Refusal("draw.bundle_strata_differ", N_("叶子文件中的分层与公告清单不一致"))
        strata[name].append(leaf)
    for stratum in manifest["strata"]:
        members = strata[stratum["name"]]
        counts = len(members), sum(1 for _, tickets in members if tickets)
        if tree_head(leaf for leaf, _ in members).hex() != stratum["root"] or counts != (stratum["directory"], stratum["pool"]):
            raise Refusal("draw.bundle_strata_differ", N_("叶子文件中的分层与公告清单不一致"))
    return strata


def _opened(bundle: Bundle) -> int:
    """How many rows are opened: each is the one behind its blind."""
    if not bundle.rows:
        return 0
    if len(bundle.rows) != len(bundle.leaves):
        raise Refusal("draw.bundle_rows_differ", N_("公开的名录行与叶子文件不一致"))
    for row, line in zip(bundle.rows, bundle.leaves, strict=True):
        if row != WITHHELD and sha256(b"fieldapp-row/1\0" + row.encode()).hexdigest() != line.split()[0]:
            raise Refusal("draw.bundle_rows_differ", N_("公开的名录行与叶子文件不一致"))
    return sum(row != WITHHELD for row in bundle.rows)


def _substitutes(bundle: Bundle, manifest: Mapping[str, Any]) -> None:
    """Each substitute was drawn by the next code of the chain, with the lowest ticket of the pool, for an object of the draw."""
    if not bundle.substitutes:
        return
    before, leaves = bytes.fromhex(manifest["substitutes"]["chain"]), {*bundle.selected, *bundle.reserve}
    for number, one in enumerate(bundle.substitutes, start=1):
        try:
            code, leaf, pool = bytes.fromhex(one["code"]), bytes.fromhex(one["leaf"]), list(one["pool"])
            follows = one["number"] == number and is_next_code(code, before) and one["leaf"] in leaves
            found = draw_substitute(code, leaf, {Circle(one["circle"]): pool})
            fits = found is not None and found[1] == one["inspector"] and _is_first_circle(one, len(pool))
        except (KeyError, TypeError, ValueError, AttributeError) as fault:
            raise Refusal("draw.bundle_substitutes_differ", N_("递补记录与公告清单承诺的代码不一致")) from fault
        if not (follows and fits):
            raise Refusal("draw.bundle_substitutes_differ", N_("递补记录与公告清单承诺的代码不一致"))
        before = code


def _is_first_circle(one: Mapping[str, Any], size: int) -> bool:
    """Whether nobody was left in the circles before the one drawn from, by the sizes written down."""
    sizes = one["sizes"]
    wider = [circle for circle in Circle if sizes.get(circle)]
    return bool(wider) and wider[0] == one["circle"] and sizes[one["circle"]] == size


def _seed(bundle: Bundle, manifest: Mapping[str, Any]) -> bytes:
    sources = manifest["seed_sources"]
    beacon = takes_beacon(sources)
    givers = [Contributor(source["name"], source["division"]) for source in sources[:len(sources) - beacon]]
    if len(givers) != len(bundle.contributions) or beacon != (bundle.beacon is not None):
        raise Refusal("draw.bundle_seed_differs", N_("种子的来源与公告清单不一致"))
    parts = {giver.name: part for giver, part in zip(givers, bundle.contributions, strict=True)}
    return seed_of_officers(sha256(bundle.manifest).digest(), givers, {name: commit for name, (commit, _) in parts.items()},
                            {name: shown for name, (_, shown) in parts.items()}, bundle.beacon)


def _selection(bundle: Bundle, manifest: Mapping[str, Any], strata: _Strata, seed: bytes) -> None:
    quotas = {stratum["name"]: stratum["quota"] for stratum in manifest["strata"]} or {"": manifest["quota"]}
    if sum(quotas.values()) != manifest["quota"]:
        raise Refusal("draw.bundle_strata_differ", N_("叶子文件中的分层与公告清单不一致"))
    found = draw_strata(seed, {name: (leaves, quotas[name]) for name, leaves in strata.items()})
    drawn = [leaf.hex() for one in found.values() for leaf in one.drawn]
    reserve = [leaf.hex() for one in found.values() for leaf in one.reserve]
    if bundle.selected != drawn:
        raise Refusal("draw.bundle_selection_differs", N_("抽取结果与按种子重新计算的结果不一致"))
    if bundle.reserve != reserve:
        raise Refusal("draw.bundle_reserve_differs", N_("备选名单与按种子重新计算的结果不一致"))
