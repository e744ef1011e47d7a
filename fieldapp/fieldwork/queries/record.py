"""One record, put together out of its rows."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from fieldapp import clock
from fieldapp.documents.models import Document
from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import FieldValue, RecordEvent, RecordItem
from fieldapp.fieldwork.queries import apart, rows
from fieldapp.fieldwork.queries.course import certificates, course, inspecting, presence, steps
from fieldapp.fieldwork.queries.lines import check_lines, evidence, photo
from fieldapp.fieldwork.queries.paper import paper_trail
from fieldapp.fieldwork.queries.sheet import Sheet, sheet
from fieldapp.fieldwork.queries.unsigned import certified_here, unsigned_decisions
from fieldapp.fieldwork.rules import (
    Addendum,
    Awaited,
    EntityOpinion,
    Finding,
    PlanFollowed,
    ProposedCategory,
    RecordState,
    RecordView,
    Recusal,
    Refused,
    RivalField,
    Signature,
    Unsigned,
    Wait,
    place,
)
from fieldapp.tasks import queries as tasks
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit, VisitTask

Word = TypeVar("Word", ProposedCategory, EntityOpinion, Recusal)


def record_state(part: VisitTask) -> RecordState:
    """How far a record is, for its closing."""
    of = sheet(part)
    root, here = f"r/{part.id}/record", certified_here(part)
    entity = [row for row in of.done("sign", root) if row.path == root]
    latest = {row.person_id: row for row in of.done("sign", f"{root}/inspector")}
    inspectors = [row for person, row in latest.items() if of.fits(row) and person in here]
    return RecordState(
        category=of.said("conclusion/category") or None, order=of.said("conclusion/order") or "",
        entity_signed=bool(entity) and of.fits(entity[-1]),
        entity_refused=any(row.path == root for row in of.done("refuse", root)),
        inspectors_signed=len(inspectors), rivals=sum(row.is_rival for row in of.values),
        entry=of.at("arrival/entry") or None, door_explained=bool((of.at("entry/explanation") or "").strip()))


def record(visit_task_id: UUID) -> RecordView:
    """The whole record of one task of a visit, for those who have been let in to it."""
    of = sheet(visits.visit_task(visit_task_id))
    part, visit, root = of.part, of.visit, f"r/{visit_task_id}"
    lines = check_lines(of)
    return RecordView(
        visit_id=visit.id, visit_task_id=part.id, head=rows.head(part), state=visit.state, started_at=visit.started_at,
        closed_at=part.closed_at or visit.closed_at, checks=lines, others=_others(of),
        category=_word(ProposedCategory, of.said("conclusion/category")), conclusion=of.said("conclusion/text") or "",
        order=of.said("conclusion/order") or "", order_until=_day(of.said("conclusion/order_until")),
        opinion=_word(EntityOpinion, of.said("entity/opinion")), entity_words=of.said("entity/words") or "",
        entity_name=of.said("entity/name") or "", entity_capacity=of.said("entity/capacity") or "",
        signatures=[_signature(of, row, of.fits(row)) for row in of.done("sign", f"{root}/record")],
        refusals=[_refused(row) for row in of.done("refuse", f"{root}/record") if row.path == f"{root}/record"],
        notice_signatures=[_signature(of, row, rules.digest_fits(row.digest, notice_hash(visit, row.path)))
                           for row in _served(of, "sign")],
        notice_refusals=[_refused(row) for row in _served(of, "refuse")], presence=presence(of),
        arrival={name: of.at(f"arrival/{name}") for name in ("place", "fix", "reason")}, rivals=rival_fields(of.values),
        addenda=[_addendum(row) for row in of.items if row.kind == rows.ADDENDUM and _beside(row.path, visit_task_id)],
        steps=steps(of), digest=of.digest, attendance=of.content.get("attendance"), gaps=rules.gaps(course(of, lines)),
        evidence=evidence(of),
        arrived=apart.arrival(of), door=apart.door(of), door_photos=apart.pictures(of, "entry/photo/"),
        zones=apart.zones(of), pages=apart.pages(of), inquiry=apart.inquiry(of), paper=paper_trail(of.visit, of.items),
        unsigned_decided=unsigned_decisions(part.id), plan=_plan(part), certificates=certificates(of),
        inspecting=inspecting(of), method=visit.method,
        representative=f"{visit.object.legal_representative} {visit.object.telephone}".strip(),
        supplements=[one.number for one in visits.supplements_of(visit)],
        **_signing(of))


def served(visit_task_id: UUID) -> list[tuple[str, str, Signature | Refused]]:
    """What was served on the entity, each document once: its name, its number, and the last that was done about it."""
    of = sheet(visits.visit_task(visit_task_id))
    notice, head = of.visit.notice, rows.head(of.part)
    papers = [("抽查告知书", notice.number, "notice", notice.content_hash)] if notice else []
    papers += [("检查人员变更告知书", one.number, f"supplement/{one.id}", one.content_hash)
               for one in visits.supplements_of(of.visit)]
    papers.append(("随机抽查情况记录表", head.record_number, f"r/{visit_task_id}/record", None))
    return [(name, number, took) for name, number, path, digest in papers
            if (took := _last_about(of, path, digest)) is not None]


def _last_about(of: Sheet, path: str, digest: str | None) -> Signature | Refused | None:
    """The latest signature or refusal at this very place: of a paper with this digest, or of the record."""
    done = [row for row in of.events if row.kind in {"sign", "refuse"} and row.path == path]
    if not done:
        return None
    row = sorted(done, key=rows.happened_at)[-1]
    fits = rules.digest_fits(row.digest, digest) if digest else of.fits(row)
    return _signature(of, row, fits) if row.kind == "sign" else _refused(row)


def _plan(part: VisitTask) -> PlanFollowed | None:
    """The work plan that was followed, with the last version approved before the end."""
    if part.work_plan is None:
        return None
    last = tasks.work_plan_at(part.task_id, part.closed_at or part.visit.closed_at or clock.now())
    later = last.version if last and last.version > part.work_plan.version else None
    return PlanFollowed(part.work_plan.version, part.work_plan.decided_at, later)


def _signing(of: Sheet) -> dict[str, Any]:
    """What belongs to the signing without being signed: the recusal asked for, letters, waits, who did not sign."""
    part, names = of.part, {person: inspector.name for person, inspector in rows.team(of.visit).items()}
    unsigned = [(row, place(row.path).person) for row in of.done("refuse", f"r/{part.id}/record/inspector")]
    return {
        "order_number": of.said("conclusion/order_number") or "", "recusal": _word(Recusal, of.at("notice/recusal")),
        "recusal_reason": of.at("notice/recusal_reason") or "", "is_awaited": part.awaiting_until is not None,
        "letters": [photo(row) for row in of.shown("letter") if row.path.startswith(f"letter/{part.id}/")],
        "waits": [_wait(row) for row in of.done("issue", f"awaiting/{part.id}")],
        "unsigned": [_refused(row, names.get(person, "")) for row, person in unsigned if person is not None]}


def _wait(row: RecordEvent) -> Wait:
    value = row.value
    return Wait(Awaited(value["what"]), date.fromisoformat(value["until"]), value["reason"], row.person.name,
                rows.happened_at(row))


def _others(of: Sheet) -> list[Finding]:
    """The findings outside the list, struck-out ones too: they stay legible."""
    return [Finding(row.path, row.value["text"], row.value["reason"], row.person.name, row.at,
                    row.voided_by_op is not None, row.void_reason or "")
            for row in of.items if row.kind == "other" and row.path.startswith(f"r/{of.part.id}/")]


def _beside(path: str, visit_task_id: UUID) -> bool:
    """Whether what came late is about this record, or about the visit as a whole."""
    return place(path).visit_task in {None, visit_task_id}


def _addendum(row: RecordItem) -> Addendum:
    shown = photo(row) if row.original is not None and "capture_hash" in row.value else None
    return Addendum(row.path, row.value, row.person.name, row.at, row.id, shown)


def _signature(of: Sheet, row: RecordEvent, fits: bool) -> Signature:
    value = row.value
    seal = next((photo(item) for item in of.items if item.path == f"{row.path}/seal/{value.get('seal')}"), None)
    role = "inspector" if "/inspector/" in row.path else "entity"
    return Signature(role, value["name"], value.get("capacity", ""), row.person_id, rows.happened_at(row), row.received_at,
                     row.digest, fits, value.get("strokes") or (), seal, value.get("dissent", ""),
                     value.get("read_aloud", False), value.get("witness"), _on_paper(value),
                     value.get("own_phone") is True)


def _refused(row: RecordEvent, name: str = "") -> Refused:
    value = row.value
    return Refused(value.get("what", row.path), value.get("words", ""), value["explanation"], value.get("witness"),
                   row.person.name, rows.happened_at(row), Unsigned(value.get("cause") or Unsigned.REFUSED), name,
                   _on_paper(value))


def _on_paper(value: dict[str, Any]) -> rules.Sheet | None:
    paper = value.get("paper")
    return rules.Sheet(str(paper.get("number")), str(paper.get("code"))) if isinstance(paper, dict) else None


def record_rivals(visit_id: UUID) -> list[RivalField]:
    """The fields of a visit for which two values stand."""
    return rival_fields(rows.field_values(visit_id))


def rival_fields(values: Sequence[FieldValue]) -> list[RivalField]:
    """The fields for which two values stand, each with the current one first."""
    paths = dict.fromkeys(row.path for row in values if row.is_rival)
    return [RivalField(path, [(row.value, row.person.name, row.set_at)
                              for row in sorted(values, key=lambda row: row.is_rival) if row.path == path])
            for path in paths]


def _served(of: Sheet, kind: str) -> list[RecordEvent]:
    """What was said about the notice, and about the supplements to it."""
    of_supplements = [row for row in of.done(kind, "supplement") if place(row.path).thing not in rules.HEARD]
    return [*of.done_at(kind, "notice"), *of_supplements]


def notice_at(visit: Visit, path: str) -> Document | None:
    """The document that is served at a place: the notice itself, or a supplement to it that is in force."""
    known = {f"supplement/{one.id}": one for one in visits.supplements_of(visit)} | {"notice": visit.notice}
    return known.get(path)


def notice_hash(visit: Visit, path: str) -> str | None:
    """What the notice at a place says, as its hash."""
    found = notice_at(visit, path)
    return found.content_hash if found else None


def _word(words: type[Word], value: Any) -> Word | None:
    return words(value) if value else None


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None
