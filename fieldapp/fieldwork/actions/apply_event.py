"""What is done once: credential shown, notice served, signed, refused. It has happened, so it is recorded; what is odd
about it is flagged."""

from datetime import date, timedelta
from typing import Any

from fieldapp import clock, db, ledger
from fieldapp.accounts import actions as accounts
from fieldapp.fieldwork import queries, rules
from fieldapp.fieldwork.actions.annex import said_beside
from fieldapp.fieldwork.actions.site import Site, flagged, whatever_is_said
from fieldapp.fieldwork.models import RecordEvent
from fieldapp.fieldwork.rules import Outcome, Thing
from fieldapp.policy import queries as policy
from fieldapp.refusals import Refusal
from fieldapp.roles import Role
from fieldapp.visits import actions as visit_actions
from fieldapp.visits import queries as visits
from fieldapp.words import N_


def issue(site: Site) -> Outcome:
    """A credential was shown, the notice handed over, or the request of a written inspection served."""
    if site.place.thing is Thing.CREDENTIAL:
        return _credential(site)
    if site.place.thing is Thing.REQUEST:
        _record(site, site.event(), "fieldwork.request_served")
        return rules.APPLIED
    if site.place.thing is Thing.AWAITING:
        return await_signature(site)
    signed = site.op.value.get("sha256")
    return _of_notice(site, signed if isinstance(signed, str) else None, "fieldwork.notice_served")


def _credential(site: Site) -> Outcome:
    """A certificate was shown, by its own number; what comes after the entity's answer stands beside the records, and says
    nothing where it was shown before."""
    team, person, number = queries.team(site.visit), site.place.person, site.op.value.get("number")
    if person is not None:
        rules.check_is_member(person, team.keys())
        is_certified = team[person].is_certified_on(visits.day_of(site.visit))
        rules.check_certificate(number or "", team[person].certificate_number if is_certified else None)
    if refused := whatever_is_said(site.check_record_is_open):
        return rules.MERGED if queries.has_happened(site.op) else _beside(site, refused[0])
    _record(site, site.event(), "fieldwork.credential_shown")
    return rules.APPLIED


def _beside(site: Site, refusal: Refusal) -> Outcome:
    """What came after the answer is kept beside the records, never in them."""
    db.session.add(site.item(queries.ADDENDUM, said_beside(site.op)))
    return rules.needs_attention(refusal)


def await_signature(site: Site) -> Outcome:
    """Seal or signer are not at hand: the record stays as it was read and waits until a day, the visit pauses (§0b.4)."""
    part, value = site.part, site.op.value
    if part is None:
        raise rules.unknown_place()
    until = date.fromisoformat(value["until"])
    day, first = queries.awaited_since(part, site.moment)
    latest = first + timedelta(days=policy.rule_set_on(first).awaiting_days)
    rules.check_may_await(until, day, latest, is_settled=queries.is_settled(part))
    outcome = _of_record(site, "fieldwork.signature_awaited", [])
    visit_actions.await_signature(part.id, until, value["reason"], by=site.by)
    return outcome


def sign(site: Site) -> Outcome:
    """The notice's receipt, the record by the entity, the record by an inspector."""
    if paper := site.op.value.get("paper"):
        _check_sheet(site, paper)
    if site.place.thing in rules.NOTICES:
        return _of_notice(site, site.op.value.get("digest"), "fieldwork.notice_signed")
    if site.place.person is not None and site.part is not None:
        rules.check_own_presence(site.place.person, site.op.person_id)
        rules.check_signer_came(has_come=site.place.person in queries.come(site.part))
    if seal := site.op.value.get("seal"):
        _check_seal(site, seal)
    outcome = _of_record(site, "fieldwork.record_signed", _odd_witness(site))
    _has_come(site)
    return outcome


def refuse(site: Site) -> Outcome:
    """The notice was not accepted, or the record not signed: the words and the inspectors' explanation (article 24)."""
    if site.place.person is not None:
        return _unsigned(site)
    if site.place.thing in rules.HEARD:
        return _heard(site)
    odd = _odd_witness(site)
    if site.place.thing in rules.NOTICES:
        return _again(site) or _refused_notice(site, odd)
    _check_off_site(site)
    outcome = _of_record(site, "fieldwork.record_refused", odd)
    _has_come(site)
    return outcome


def _check_off_site(site: Site) -> None:
    """In writing and on the net the entity's link, its words or the passed day stand for what nobody was there to see."""
    part = site.part
    if part is None or rules.happens_on_site(site.visit.method):
        return
    served, heard = queries.last_served(part), queries.heard(site.visit, f"r/{part.id}/refusal")
    rules.check_refusal_off_site(
        site.op.value.get("words", ""), cause=site.op.value.get("cause") or rules.Unsigned.REFUSED,
        was_heard=heard is not None and (served is None or heard.receipt > served.receipt),
        until=date.fromisoformat(served.value["until"]) if served else None, day=clock.local(site.moment).date())


def _heard(site: Site) -> Outcome:
    """The entity has said on its own phone that it will not sign: nothing is settled until the inspectors explain it."""
    _record(site, site.event(site.op.value.get("digest")), "fieldwork.refusal_heard")
    return rules.APPLIED


def _unsigned(site: Site) -> Outcome:
    """An inspector does not sign: not the entity's refusal (E15). Who leads says why, the division's head is told."""
    part, who = site.part, site.place.person
    team, leader = queries.team(site.visit), visits.leader(site.visit)
    if part is None or who not in team:
        raise rules.unknown_place()
    event = site.event()
    db.session.add(event)
    ledger.record(site.by, "fieldwork.inspector_unsigned", event, reason=site.op.value["explanation"])
    accounts.answered("inspector_unsigned", part.id, by=site.by)
    accounts.ask("inspector_unsigned", part.id, role=Role.DIVISION_HEAD, division_id=part.task.division_id,
                 not_person_ids=list(team), title=f"{site.visit.object.name} · {team[who].name}",
                 endpoint="fieldwork.show_unsigned", arguments={"visit_id": site.visit.id})
    return flagged(whatever_is_said(rules.check_states_unsigned, site.op.person_id,
                                    leader.inspector.person_id if leader else None))


def _odd_witness(site: Site) -> list[Refusal]:
    """Whether the witness is of the inspectors, who left the team too, or of those who assist them."""
    team = [member.inspector for member in site.visit.members]
    telephones = [inspector.person.telephone for inspector in team if inspector.person is not None]
    assisting, agencies = visits.assisting_names(site.visit)
    return whatever_is_said(rules.check_witness, site.op.value.get("witness"), [inspector.name for inspector in team], telephones,
                            assisting, agencies)


def _refused_notice(site: Site, odd: list[Refusal]) -> Outcome:
    _record(site, site.event(), "fieldwork.notice_refused")
    return flagged(odd)


def _again(site: Site) -> Outcome | None:
    """What was done about a notice under the entity's answer for a record: nothing new, or beside it. None for its first time."""
    if not queries.has_happened(site.op) or not any(map(queries.is_settled, site.visit.visit_tasks)):
        return None
    if site.op.kind == "issue":
        return rules.MERGED
    return _beside(site, whatever_is_said(rules.check_record_is_open, is_settled=True)[0])


def _has_come(site: Site) -> None:
    """The entity has signed, sealed or refused: nothing is waited for any more."""
    if site.place.thing is Thing.RECORD and site.part is not None:
        site.part.awaiting_until = None


def _of_notice(site: Site, signed: str | None, verb: str) -> Outcome:
    """An event about the notice or a supplement to it: was it the one that was issued?"""
    if (outcome := _again(site)) is not None:
        return outcome
    fits = rules.digest_fits(signed, queries.notice_hash(site.visit, site.op.path))
    _record(site, site.event(signed, fits), verb)
    return flagged(whatever_is_said(rules.check_what_was_signed, fits=fits, has_rival=False))


def _of_record(site: Site, verb: str, odd: list[Refusal]) -> Outcome:
    """An event about a record: is what was signed what stands here, with no conflict open?"""
    part, value = site.part, site.op.value
    signed: str | None = value.get("digest")
    fits = part is not None and rules.digest_fits(signed, queries.sheet(part).digest_under(value.get("attendance")))
    inside = [row for row in queries.rivals(site.visit.id) if part and rules.of_record(row.path, part.id)]
    _record(site, site.event(signed, fits and not inside), verb)
    return flagged(whatever_is_said(rules.check_what_was_signed, fits=fits, has_rival=bool(inside)) + odd)


def _check_seal(site: Site, item: str) -> None:
    photo = queries.item_at(site.visit.id, f"{site.op.path}/seal/{item}")
    if photo is None or photo.voided_by_op is not None:
        raise Refusal("fieldwork.seal_missing", N_("没有找到盖章页的照片：内容已收到并保存，未记入"))


def _check_sheet(site: Site, paper: Any) -> None:
    """The photo of the numbered sheet that bears the signature stands in the record."""
    trail = queries.paper_trail(site.visit)
    photos = [code for sheet in (trail.sheets if trail else ()) if sheet.number == paper.get("number")
              for code, _short in sheet.photos]
    if paper.get("code") not in photos:
        raise Refusal("fieldwork.sheet_unknown", N_("没有找到写有签名的纸质表照片：内容已收到并保存，未记入"))


def _record(site: Site, event: RecordEvent, verb: str) -> None:
    db.session.add(event)
    served = queries.notice_at(site.visit, event.path) if site.place.thing in rules.NOTICES else None
    about = {"about": str(served.id)} if served else {}
    signer = {"signer": site.op.value["name"]} if site.op.by_entity and site.op.kind == "sign" else {}
    ledger.record(site.actor, verb, event, facts={"signed": event.digest, "fits": event.digest_fits, **about, **signer})
