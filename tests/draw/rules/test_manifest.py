"""The manifest: what is settled before the seed, and what it refuses."""

import dataclasses
import json
from hashlib import sha256
from typing import Any

import pytest

from fieldapp.draw import rules
from fieldapp.draw.rules import Contributor, DrawTerms, Row, SecondReason
from fieldapp.refusals import Refusal

TERMS = DrawTerms(
    department="山东省科学技术厅", year=2026, number=7, plan="2026-计划", item="高新技术企业认定后监督检查", task="T-7",
    directed=False, ratio=500, quota=5, contributors=[Contributor("李建国", "高新技术处"), Contributor("王秀英", "法规处")],
    matching={"mode": "automatic", "band": 1, "cap": 4}, code_version="1.0", substitutes=b"\5" * 32, takes_reserve=True,
    frozen_at="2026-11-23T06:07:00Z",
    operator="李建国", approver="张处长",
)  # fmt: skip


def snapshot(count: int = 100, out: int = 0, strata: tuple[str, ...] = ("",)) -> rules.Snapshot:
    key = b"k" * 32
    rows = []
    for number in range(count):
        status, reason, tickets = ("excluded", "cap_reached", 0) if number < out else ("ok", "", 1)
        salt, stratum = rules.salt(key, str(number)), strata[number % len(strata)]
        rows.append(Row(str(number), "370102", "企业", "小型", status, reason, tickets, salt, stratum))
    return rules.freeze_directory(rows)


def refused(code: str, frozen: rules.Snapshot, **changes: Any) -> None:
    with pytest.raises(Refusal) as refusal:
        rules.manifest_of(dataclasses.replace(TERMS, **changes), frozen)
    assert refusal.value.code == code


@pytest.mark.article("3")
def test_the_manifest_says_everything_that_is_settled_before_the_seed() -> None:
    frozen = snapshot(100, out=10)
    body = rules.manifest_of(TERMS, frozen)
    assert body["root"] == frozen.root.hex()
    assert body["counts"] == {
        "directory": 100, "pool": 90, "statuses": {"excluded": 10, "ok": 90}, "reasons": {"cap_reached": 10},
    }  # fmt: skip
    assert (body["number"], body["ratio"], body["ratio_basis_points"], body["quota"]) == (7, "5%", 500, 5)
    assert body["weights"] == {"0": 10, "1": 90}
    assert [source["name"] for source in body["seed_sources"]] == ["李建国", "王秀英"]
    assert body["code"] == {"version": "1.0", "sha256": rules.code_hash()}
    assert len(body["code"]["sha256"]) == 64


def test_the_manifests_hash_is_that_of_its_canonical_json() -> None:
    body = rules.manifest_of(TERMS, snapshot())
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert rules.manifest_hash(body) == sha256(text.encode()).digest()
    assert rules.manifest_hash({**body, "quota": 6}) != rules.manifest_hash(body)


def test_the_manifest_is_in_normal_form() -> None:
    body = rules.manifest_of(dataclasses.replace(TERMS, operator="Andre\u0301"), snapshot())
    assert body["operator"] == "Andr\u00e9"


@pytest.mark.article("16")
def test_a_narrow_directed_draw_is_flagged_and_needs_a_second_person() -> None:
    directed = {"directed": True, "condition": "地理区域：济南市", "condition_filter": {"region": "3701"}}
    refused("draw.narrow_needs_second_approval", snapshot(100, out=85), **directed)
    refused("draw.narrow_needs_second_approval", snapshot(100, out=85), second_approver="厅负责人",
            second_approved=[SecondReason.BELOW_FLOOR], **directed)
    approved = dataclasses.replace(TERMS, second_approver="厅负责人", second_approved=[SecondReason.NARROW], **directed)
    assert rules.manifest_of(approved, snapshot(100, out=85))["narrow"] is True
    assert rules.manifest_of(dataclasses.replace(TERMS, **directed), snapshot(100))["narrow"] is False


@pytest.mark.article("16")
def test_a_directed_draw_states_its_condition_and_an_undirected_one_has_none() -> None:
    refused("draw.condition_is_missing", snapshot(), directed=True)
    refused("draw.condition_makes_it_directed", snapshot(), condition="仅大型企业")


@pytest.mark.article("16")
def test_an_empty_pool_or_a_single_division_is_refused() -> None:
    refused("draw.pool_is_empty", snapshot(10, out=10), quota=1)
    refused("draw.needs_two_divisions", snapshot(), contributors=TERMS.contributors[:1])


@pytest.mark.article("6")
def test_a_quota_below_the_ratio_carries_its_reason_into_the_manifest() -> None:
    refused("draw.quota_needs_a_reason", snapshot(), quota=4)
    body = rules.manifest_of(dataclasses.replace(TERMS, quota=4, quota_reason="分批"), snapshot())
    assert body["quota_reason"] == "分批"


def strata(**quotas: int) -> dict[str, rules.StratumTerms]:
    return {name: rules.StratumTerms(500, 50, quota) for name, quota in quotas.items()}


def test_each_stratum_has_its_own_root_and_quota() -> None:
    frozen = snapshot(100, strata=("大型", "小型"))
    body = rules.manifest_of(dataclasses.replace(TERMS, strata=strata(小型=2, 大型=3)), frozen)
    assert [(one["name"], one["quota"], one["directory"], one["pool"]) for one in body["strata"]] == [
        ("大型", 3, 50, 50), ("小型", 2, 50, 50),
    ]  # fmt: skip
    assert len({one["root"] for one in body["strata"]} | {body["root"]}) == 3
    refused("draw.strata_do_not_add_up", frozen, strata=strata(小型=2, 大型=2))
    refused("draw.strata_do_not_fit", frozen, strata=strata(小型=5))
    refused("draw.strata_do_not_fit", frozen)
