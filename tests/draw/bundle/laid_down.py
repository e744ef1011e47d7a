"""The golden draw laid down in a database as it was frozen, then drawn by the product's own verbs."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from fieldapp import clock, db, ledger
from fieldapp.draw import actions, rules
from fieldapp.draw.models import Contribution, Draw, DrawRow
from fieldapp.registry.models import InspectionObject, Inspector
from tests.draw.bundle import golden
from tests.draw.makers import approved_task, draw_all
from tests.people import Cast

FROZEN = datetime(2026, 11, 30, 1, 30, tzinfo=UTC)
ADDRESS = "/public/draws/2026/901"


def draw_golden(cast: Cast) -> UUID:
    """Freeze, commit, reveal, draw, match: what the golden bundle says was frozen and shown."""
    with db.transaction(write=True):
        draw_id = _frozen(cast)
    manifest = sha256(golden.files()["manifest.json"]).digest()
    for part, shown in golden.SHOWN.items():
        with db.transaction(write=True):
            actions.commit(draw_id, rules.commitment(golden.NAMES[part], manifest, shown), by=cast.players[part].officer)
    for part, shown in golden.SHOWN.items():
        with db.transaction(write=True):
            actions.reveal(draw_id, shown.nonce, shown.value, by=cast.players[part].officer)
    draw_all(cast, draw_id)
    return draw_id


def _frozen(cast: Cast) -> UUID:
    manifest, snapshot = golden.files()["manifest.json"], rules.freeze_directory(golden.rows())
    known = _directory(cast)
    draw = Draw(
        task_id=approved_task(cast, quota=8), year=2026, number=901, state=rules.DrawState.FROZEN, manifest=manifest.decode(),
        manifest_hash=sha256(manifest).hexdigest(), root=snapshot.root.hex(), draw_key=golden.KEY, roll=_roll(),
        directory_size=len(snapshot.leaves), pool_size=snapshot.pool, quota=8, frozen_at=FROZEN, frozen_by=cast.officer.id,
        contributions=[Contribution(position=place, person_id=cast.players[part].id) for place, part in enumerate(golden.NAMES)])
    db.session.add(draw)
    db.session.flush()
    described = {row.object_id: row for row in golden.rows()}
    for line in snapshot.leaves:
        row = described[line.object_id]
        db.session.add(DrawRow(
            draw_id=draw.id, object_id=known[line.object_id], row=row._asdict() | {"salt": row.salt.hex()}, status=row.status,
            reason=row.reason, tickets=line.tickets, blind=line.blind.hex(), leaf=line.leaf.hex()))
    ledger.record(cast.officer.officer, "draw.task_frozen", draw, facts={"root": draw.root, "manifest": draw.manifest_hash})
    return draw.id


def _directory(cast: Cast) -> dict[str, UUID]:
    """The objects and the inspectors in the register; the objects' identifiers by their codes."""
    objects = [InspectionObject(uscc=row.object_id, name=f"金色第{number}研究所（示例）", size=row.size, city="济南市",
                                region_code=row.region_code, added_at=clock.now())
               for number, row in enumerate(golden.rows())]
    db.session.add_all(objects)
    db.session.add_all(Inspector(
        id=UUID(one.inspector_id), staff_number=f"G{number:03}", name=f"检查员{number}", division_id=cast.division,
        kind="law_enforcement", certificate_number=f"SD-{number}", certificate_until=one.certificate_to, added_at=clock.now())
        for number, one in enumerate(golden.inspectors()))
    db.session.flush()
    return {one.uscc: one.id for one in objects}


def _roll() -> dict[str, Any]:
    people = [{
        "id": one.inspector_id, "division": one.division, "region_code": one.region_code,
        "certificate_to": (one.certificate_to or FROZEN.date() - timedelta(1)).isoformat(),
        "absences": [[first.isoformat(), last.isoformat()] for first, last in one.absences],
        "interests": sorted(one.interests), "qualified_for": ["*"], "specialities": []} for one in golden.inspectors()]
    return golden.terms() | {"first_day": golden.FIRST.isoformat(), "last_day": golden.LAST.isoformat(), "last_teams": {},
                             "loads": golden.LOADS, "inspectors": people}
