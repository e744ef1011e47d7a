"""The course of a visit as its record's reader judges it."""

from collections.abc import Sequence
from typing import Any

from fieldapp.fieldwork import rules
from fieldapp.fieldwork.models import RecordEvent
from fieldapp.fieldwork.queries import apart, rows
from fieldapp.fieldwork.queries.paper import paper_trail
from fieldapp.fieldwork.queries.sheet import Sheet
from fieldapp.fieldwork.rules import (
    Answer,
    CertificateShown,
    Inspecting,
    Presence,
    ProposedCategory,
    Step,
    place,
)
from fieldapp.visits.queries import day_of, supplements_of


def presence(of: Sheet) -> list[Presence]:
    """Everybody confirms the own presence, so that an item's person is who is there."""
    day, team = day_of(of.visit), rows.team(of.visit)
    return [Presence(item.person_id, item.person.name, item.value.get("by", ""),
                     item.person_id in team and team[item.person_id].is_certified_on(day), item.at)
            for item in of.shown(rows.PRESENCE)]


def certificates(of: Sheet) -> list[CertificateShown]:
    """Whose certificate was shown to whom, each once, in the order of the showing; also of those who left the team later."""
    known = {f"credential/{one.inspector.person_id}": one.inspector for one in of.visit.members}
    first: dict[str, RecordEvent] = {}
    for row in of.done("issue", "credential"):
        first.setdefault(row.path, row)
    shown = [CertificateShown(known[path].name if path in known else "", str(row.value.get("number", "")),
                              str(row.value.get("to", "")), rows.happened_at(row), place(path).person)
             for path, row in first.items()]
    return sorted((one for one in shown if one.number), key=lambda one: one.at)


def inspecting(of: Sheet) -> list[Inspecting]:
    """The team of a visit in its order; who left it only after having been there."""
    here, day = {item.person_id for item in of.shown(rows.PRESENCE)}, day_of(of.visit)
    return [Inspecting(one.inspector.person_id, one.inspector.name, one.inspector.certificate_number or "",
                       one.inspector.is_certified_on(day), one.left_at is not None)
            for one in sorted(of.visit.members, key=lambda one: one.position)
            if one.left_at is None or one.inspector.person_id in here]


def steps(of: Sheet) -> list[Step]:
    """What happened, in its order: who came, then what was done."""
    mine = [row for row in of.events if row.visit_task_id in {None, of.part.id}]
    done = [Step(row.kind, row.path, row.person.name, row.at, row.received_at, row.clock_offset_ms, row.digest_fits)
            for row in mine]
    came = [Step("add", row.path, row.person.name, row.at, None) for row in of.shown(rows.PRESENCE)]
    return came + done


def course(of: Sheet, lines: Sequence[rules.CheckLine]) -> rules.Course:
    """How the visit of a record went, as its leader is told."""
    visit, day = of.visit, day_of(of.visit)
    shown = {row.path.rpartition("/")[2] for row in of.done("issue", "credential")}
    present = presence(of)
    here = {str(one.person_id) for one in present}
    category = of.said("conclusion/category")
    silent = [(inspector.name, inspector.is_certified_on(day), str(person) in here)
              for person, inspector in rows.team(visit).items() if str(person) not in shown]
    return rules.Course(
        method=visit.method, has_arrival=bool(of.at("arrival/place") or of.at("arrival/fix")),
        certified_present=sum(one.is_certified for one in present),
        members_without_credential=[name for name, is_certified, _here in silent if is_certified],
        assistants_not_named=[name for name, is_certified, is_here in silent if is_here and not is_certified],
        notice_answered=_is_answered(of, "notice"), notice_signed=bool(of.done_at("sign", "notice")),
        unserved=[one.number for one in supplements_of(visit) if not _is_answered(of, f"supplement/{one.id}")],
        unanswered=[line.number for line in lines if line.is_mandatory and line.answer is None],
        unexplained=[line.number for line in lines if line.answer is Answer.NOT_CHECKED and not line.note.strip()],
        skewed_clocks=sum(step.is_skewed for step in steps(of)),
        unfitting=sum(not of.fits(row) for row in _latest_signatures(of)),
        meets_nobody=bool(category) and ProposedCategory(category).meets_nobody, arrival=apart.arrival(of),
        door=apart.door(of), apart=[*apart.gaps(of), *rules.paper_gaps(paper_trail(visit, of.items))], **_signing(of))


def _is_answered(of: Sheet, place: str) -> bool:
    """Whether a notice was received by signature, or the inspectors noted that it was refused."""
    return bool(of.done_at("sign", place) or of.done_at("refuse", place))


def _signing(of: Sheet) -> dict[str, Any]:
    """What is odd about the signatures that count: the last of each place."""
    root, latest = f"r/{of.part.id}/record", _latest_signatures(of)
    entity = [row.value for row in latest if row.path == root]
    letters = [row for row in of.shown("letter") if row.path.startswith(f"letter/{of.part.id}/")]
    signed, team = {row.path for row in latest}, rows.team(of.visit)
    unsigned = dict.fromkeys(row.path for row in of.done("refuse", f"{root}/inspector") if row.path not in signed)
    return {
        "recusal": of.at("notice/recusal") or None, "recusal_reason": of.at("notice/recusal_reason") or "",
        "letter_missing": rules.letter_is_missing([value.get("capacity") for value in entity], has_letter=bool(letters)),
        "unwitnessed": any(map(rules.is_unwitnessed, entity)),
        "dissenting": [row.value["name"] for row in latest if row.value.get("dissent")],
        "unsigned": [team[person].name for person in (place(path).person for path in unsigned) if person in team]}


def _latest_signatures(of: Sheet) -> list[RecordEvent]:
    return list({row.path: row for row in of.done("sign", f"r/{of.part.id}/record")}.values())
