"""A record entered from its paper set: the same operations as a phone's, received and applied the same way."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from fieldapp import clock, ids
from fieldapp.evidence.store import Joined
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork.rules import NumberedSheet, PaperTrail
from fieldapp.refusals import NotFound
from fieldapp.roles import Officer
from fieldapp.sync import queries, rules
from fieldapp.sync.actions.receive import Received, receive
from fieldapp.sync.rules import Ground, Said, SentOp
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.words import N_

CLIENT = "paper"


def ground_of(visit: Visit, by: Officer) -> Ground:
    """What an entry from paper is about; refused until somebody has said when it happened."""
    entry = trail_of(visit).backfill
    if entry is None:
        raise NotFound("sync.no_paper_entry", N_("请先填写现场检查实际的时间和改用纸质表的原因"))
    day = visits.day_of(visit)
    team = {person: (one.name, (one.certificate_number or "") if one.is_certified_on(day) else "")
            for person, one in fieldwork.team(visit).items()}
    orders = {part.id: visits.order_number(part) for part in visit.visit_tasks}
    records = {part.id: ([UUID(str(line["line_id"])) for line in fieldwork.line_facts(part)],
                         order.number if (order := orders[part.id]) else "") for part in visit.visit_tasks}
    notice = visit.notice
    return Ground(by.person_id, entry.start, entry.end, team, records,
                  (notice.number, notice.content_hash or "") if notice else ("", ""), visit.object.name)


def trail_of(visit: Visit) -> PaperTrail:
    """The paper set of a visit, which it must have."""
    trail = fieldwork.paper_trail(visit)
    if trail is None:
        raise NotFound("fieldwork.no_paper", N_("这次检查没有印制纸质检查表"))
    return trail


def sheet_said(sheet: NumberedSheet, media: Mapping[str, Any], by: UUID) -> Said:
    """The photo of a sheet; the same photo again is the same item."""
    item = UUID(hex=media["capture_hash"][:32])
    value = {**media, "page": sheet.page, "number": sheet.number, "grade": "backfilled", "fix": None}
    return Said("add", f"paper/{item}", value, by, clock.now())


def backfill(visit: Visit, said: Sequence[Said], joined: Mapping[str, Joined], *, by: Officer) -> Received:
    """Receive what stands on paper, as the next operations of the set's own log; what the record says already is left out."""
    found = fieldwork.paper_set(visit.id)
    if found is None:
        raise NotFound("fieldwork.no_paper", N_("这次检查没有印制纸质检查表"))
    visits.visit_held(visit.id)
    device_id = f"{rules.PAPER}{found.id.hex[16:]}{by.person_id.hex}"
    device = queries.device(device_id)
    first = (device.last_n if device else 0) + 1
    new = [one for one in said if _is_new(visit, one)]
    ops = [as_op(visit, device_id, n, one, CLIENT) for n, one in enumerate(new, first)]
    return receive(device_id, ops, joined, by=by)


def as_op(visit: Visit, device_id: str, n: int, said: Said, client: str) -> SentOp:
    """What was said elsewhere than on an inspector's phone, as an operation that has seen what stands there now."""
    current = fieldwork.field_at(visit.id, said.path)[0] if said.kind == "set" else None
    return rules.parse_op({
        "id": str(ids.uuid7()), "d": device_id, "n": n, "u": str(said.person_id), "t": str(visit.id), "f": rules.FORM,
        "c": client, "k": said.kind, "p": said.path, "v": said.value, "b": str(current.op_id) if current else None,
        "at": clock.milliseconds(said.at), "mono": 0, "off": 0, "tz": "Asia/Shanghai"})


def _is_new(visit: Visit, said: Said) -> bool:
    """Whether the record does not say this yet."""
    if said.kind == "set":
        current, rivals = fieldwork.field_at(visit.id, said.path)
        return bool(rivals) or (current.value if current else None) != said.value
    if said.kind == "add":
        item = fieldwork.item_at(visit.id, said.path)
        return item is None or item.voided_by_op is not None
    done = [row for row in fieldwork.events(visit.id) if row.kind == said.kind and row.path == said.path]
    again = said.kind == "close" or (said.kind in {"sign", "refuse"} and done and done[-1].digest != said.value.get("digest"))
    return not done or bool(again)
