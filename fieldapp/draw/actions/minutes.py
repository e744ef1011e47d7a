"""The 随机抽取纪要 of a draw, as it is issued once the inspectors are matched."""

import json

from fieldapp.accounts import queries as people
from fieldapp.documents import actions as documents
from fieldapp.documents.rules import DocumentKind
from fieldapp.draw import queries
from fieldapp.draw.models import Draw, DrawBeacon
from fieldapp.draw.rules.papers import Given, Minutes, minutes_form
from fieldapp.roles import Officer


def issue_minutes(draw: Draw, *, by: Officer) -> None:
    """Issue the minutes of a draw whose inspectors are matched."""
    documents.issue_new(DocumentKind.MINUTES, "draw", draw.id, minutes_form(_told(draw)), by=by)


def _told(draw: Draw) -> Minutes:
    manifest = json.loads(draw.manifest)
    seats, inspectors = queries.matched_counts(draw.id)
    return Minutes(
        authority=manifest["department"], year=draw.year, number=draw.number, task=draw.task.name,
        task_number=manifest["task"], item=manifest["item"], condition=manifest["condition"]["text"],
        directory=draw.directory_size, pool=draw.pool_size, quota=draw.quota, shortfall=draw.shortfall,
        frozen_by=people.person(draw.frozen_by).name, frozen_at=draw.frozen_at, drawn_at=draw.drawn_at,
        drawn=[one.leaf for one in queries.drawn_objects(draw.id)], matched_at=draw.matched_at, seats=seats,
        inspectors=inspectors,
        given=[Given(one.person.division.name, one.person.name, one.committed_at, one.commitment or "", one.revealed_at)
               for one in draw.contributions],
        beacon=_given_by(draw.beacon) if draw.beacon else None,
        proofs=[("名录根", draw.root), ("抽取清单", draw.manifest_hash), ("种子", draw.seed or ""),
                ("匹配记录根", draw.transcript_root or "")])


def _given_by(beacon: DrawBeacon) -> Given:
    return Given("公共随机信标", f"第 {beacon.round} 轮", beacon.named_at, beacon.signature or "", beacon.taken_at)
