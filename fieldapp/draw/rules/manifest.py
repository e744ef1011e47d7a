"""The manifest: everything that is settled before the seed exists, as one canonical JSON object."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from fieldapp import canonical, merkle
from fieldapp.canonical import nfc
from fieldapp.draw.rules.freeze import Snapshot
from fieldapp.draw.rules.procedure import PATIENCE
from fieldapp.draw.rules.ratio import (
    SecondReason,
    check_below_floor_is_approved,
    check_narrow_is_approved,
    check_quota,
    is_narrow,
    leaves_may_be_published_at_once,
    ratio_text,
)
from fieldapp.draw.rules.seed import BEACON, Contributor, check_contributors
from fieldapp.draw.rules.strata import StratumTerms, is_below_floor
from fieldapp.draw.rules.substitutes import LINKS
from fieldapp.law import article
from fieldapp.merkle import tree_head
from fieldapp.refusals import Refusal
from fieldapp.words import N_

FORMAT = "fieldapp-draw/1"


@dataclass(frozen=True, slots=True)
class DrawTerms:
    """What the division and its approver settle about a draw.

    `number` is gapless per department and year. `condition_filter` is the machine form of `condition`, empty when
    undirected. `ratio` is in basis points. `strata` gives each stratum's terms. `matching` holds the parameters of
    the matching, `substitutes` is the head of the chain of their codes, `takes_reserve` whether the
    next in reserve takes the place of an object that is gone, `beacon` whether a public beacon is the seed's last source,
    `frozen_at` is a UTC time such as 2026-11-23T06:07:00Z.
    `second_approved` is what another person than the approver let pass.
    """

    department: str
    year: int
    number: int
    plan: str
    item: str
    task: str
    directed: bool
    ratio: int
    quota: int
    contributors: Sequence[Contributor]
    matching: Mapping[str, Any]
    substitutes: bytes
    takes_reserve: bool
    code_version: str
    frozen_at: str
    operator: str
    approver: str
    second_approver: str = ""
    second_approved: Collection[SecondReason] = ()
    condition: str = ""
    condition_filter: Mapping[str, Any] = field(default_factory=dict)
    quota_reason: str = ""
    strata: Mapping[str, StratumTerms] = field(default_factory=dict)
    beacon: bool = False


@article("3", "14", "16")
def manifest_of(terms: DrawTerms, snapshot: Snapshot) -> dict[str, Any]:
    """Put down what is settled before the seed exists: strings, integers and booleans only, in normal form C."""
    check_terms(terms, snapshot)
    strata = _strata(terms, snapshot)
    flags = _flags(terms, snapshot)
    at_once = leaves_may_be_published_at_once(snapshot.weights, [one["pool"] for one in strata])
    body = {
        "format": FORMAT,
        "department": terms.department,
        "year": terms.year,
        "number": terms.number,
        "plan": terms.plan,
        "item": terms.item,
        "task": terms.task,
        "mode": "directed" if terms.directed else "undirected",
        "condition": {"text": terms.condition, "filter": dict(terms.condition_filter)},
        **flags,
        "counts": _counts(snapshot),
        "ratio": ratio_text(terms.ratio),
        "ratio_basis_points": terms.ratio,
        "quota": terms.quota,
        "quota_reason": terms.quota_reason,
        "strata": strata,
        "root": snapshot.root.hex(),
        "weights": {str(tickets): count for tickets, count in sorted(snapshot.weights.items())},
        "leaf_file": "at_once" if at_once else "after_inspections",
        "seed_sources": _sources(terms),
        "matching": dict(terms.matching),
        "takes_reserve": terms.takes_reserve,
        "seed_patience_hours": PATIENCE // timedelta(hours=1),
        "substitutes": {"chain": terms.substitutes.hex(), "links": LINKS},
        "code": {"version": terms.code_version, "sha256": code_hash()},
        "frozen_at": terms.frozen_at,
        "operator": terms.operator,
        "approver": terms.approver,
        "second_approver": terms.second_approver,
    }
    return _normal(body)


def _sources(terms: DrawTerms) -> list[dict[str, str]]:
    officers = [{"kind": "officer", "name": one.name, "division": one.division} for one in terms.contributors]
    return [*officers, {"kind": BEACON, "name": BEACON, "division": ""}] if terms.beacon else officers


def _flags(terms: DrawTerms, snapshot: Snapshot) -> dict[str, bool]:
    """What the public is told of a draw that a second person had to approve."""
    narrow = is_narrow(terms.directed, snapshot.pool, terms.quota, [one.ratio for one in terms.strata.values()])
    below_floor = is_below_floor(terms.strata, terms.ratio)
    check_narrow_is_approved(narrow, terms.second_approved)
    check_below_floor_is_approved(below_floor, terms.second_approved)
    return {"narrow": narrow, "below_floor": below_floor}


@article("14", "16")
def check_terms(terms: DrawTerms, snapshot: Snapshot) -> None:
    """The terms fit the frozen directory: a pool, a condition if directed, a quota with its reason, two seed givers."""
    if not snapshot.pool:
        raise Refusal("draw.pool_is_empty", N_("没有可抽取的检查对象"), field="condition")
    if terms.directed and not (terms.condition.strip() and terms.condition_filter):
        raise Refusal("draw.condition_is_missing", N_("定向抽取须写明条件"), field="condition")
    if not terms.directed and (terms.condition.strip() or terms.condition_filter):
        raise Refusal("draw.condition_makes_it_directed", N_("设有条件的抽取须标明为定向"), field="condition")
    check_quota(terms.quota, terms.ratio, len(snapshot.leaves), terms.quota_reason)
    if terms.strata and sum(one.quota for one in terms.strata.values()) != terms.quota:
        raise Refusal("draw.strata_do_not_add_up", N_("各层抽取数量之和与总数不符"), field="strata")
    check_contributors(terms.contributors)


def manifest_hash(body: Mapping[str, Any]) -> bytes:
    """S(manifest): SHA-256 of its canonical JSON, 32 bytes."""
    return sha256(canonical.canonical(dict(body))).digest()


@cache
def code_hash() -> str:
    """SHA-256 over the draw's own source, so that an outsider knows which code is said to have run.

    Hashed are lines "<hex digest> <path in the package>" for every Python file under draw/rules, canonical.py and
    merkle.py, sorted by path, each ended by a line feed.
    """
    package = Path(canonical.__file__).parent
    files = [*Path(__file__).parent.rglob("*.py"), Path(canonical.__file__), Path(merkle.__file__)]
    paths = sorted((file.relative_to(package).as_posix(), file) for file in files)
    lines = [f"{sha256(file.read_bytes()).hexdigest()} {path}\n" for path, file in paths]
    return sha256("".join(lines).encode()).hexdigest()


def _counts(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "directory": len(snapshot.leaves),
        "pool": snapshot.pool,
        "statuses": {str(status): count for status, count in sorted(snapshot.statuses.items())},
        "reasons": {str(reason): count for reason, count in sorted(snapshot.reasons.items())},
    }


def _strata(terms: DrawTerms, snapshot: Snapshot) -> list[dict[str, Any]]:
    """Each stratum with its own root: the leaf file names it on every line, and these roots bind that to the seed."""
    names = {line.stratum for line in snapshot.leaves}
    if names - {""} != set(terms.strata) or (terms.strata and "" in names):
        raise Refusal("draw.strata_do_not_fit", N_("名录中的分层与抽取设置不一致"), field="strata")
    found = []
    for name, one in sorted(terms.strata.items()):
        lines = [line for line in snapshot.leaves if line.stratum == name]
        pool = sum(1 for line in lines if line.tickets)
        root = tree_head(line.leaf for line in lines).hex()
        found.append({
            "name": name, "ratio": ratio_text(one.ratio), "ratio_basis_points": one.ratio, "counted": one.counted,
            "quota": one.quota, "directory": len(lines), "pool": pool, "root": root})
    return found


def _normal(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, Mapping):
        return {nfc(key): _normal(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_normal(item) for item in value]
    return value
