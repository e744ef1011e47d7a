"""The entity signs on its own phone: the link offered, exchanged once for a session, what is said there taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.rules import device_name, secret_hash
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork import rules as words
from fieldapp.roles import Officer, Outsider
from fieldapp.sync import queries, rules
from fieldapp.sync.actions.paper import as_op
from fieldapp.sync.actions.receive import Received, receive
from fieldapp.sync.models import LinkOpening, SigningLink
from fieldapp.sync.rules import Opening, Said
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import UNDER_WAY, VisitState, check_is_led
from fieldapp.words import N_

CLIENT = "own-phone"
ENTITY = Outsider(N_("被检查单位"))


@dataclass(frozen=True, slots=True)
class Offered:
    """A new link as the inspector shows it, once: nothing of it is kept but hashes."""

    link: SigningLink
    secret: str
    code: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of a try, the session's secret for the winner and how many seconds it lasts, how many tries are left for
    who mistyped the code."""

    opening: Opening
    session: str = ""
    left: int = 0
    lasts: int = 0


def offer_link(visit_id: UUID, *, by: Officer, device_id: str | None = None) -> Offered:
    """Make a link: on site for half an hour with its code, else to the day that its records name, to be served; the one
    offered before is taken back. It ends with the phone on which it is offered, if that is stopped."""
    device = queries.device(device_id) if device_id else None
    if device is not None:
        rules.check_device(owner=device.person_id, sender=by.person_id, is_revoked=device.revoked_at is not None)
    visit = visits.visit_held(visits.visit_for(by, visit_id).id)
    is_on_site = words.happens_on_site(visit.method)
    check_may_sign(visit, by.person_id, is_under_way=visit.state == VisitState.IN_PROGRESS if is_on_site else None)
    moment, secret, link_id = clock.now(), ids.secret(), ids.uuid7()
    code = f"{int.from_bytes(ids.random_bytes(8)) % 10**rules.CODE_DIGITS:0{rules.CODE_DIGITS}}" if is_on_site else ""
    days = [part.awaiting_until for part in visit.visit_tasks if part.awaiting_until]
    until = moment + rules.VALID if is_on_site else rules.served_until(days, clock.today())
    for former in queries.links_open(visit_id):
        former.ended_at = moment
        ledger.record(by, "sync.link_ended", former)
    link = SigningLink(id=link_id, visit_id=visit_id, offered_by_id=by.person_id, offered_on=device_id,
                       secret_sha256=secret_hash(secret), code_sha256=rules.code_hash(link_id, code) if code else "",
                       offered_at=moment, expires_at=until)
    db.session.add(link)
    ledger.record(by, "sync.link_offered" if is_on_site else "sync.link_served", link)
    return Offered(link, secret, code)


def check_may_sign(visit: Visit, offered_by: UUID, *, is_under_way: bool | None = None) -> None:
    """Refuse where who has offered the link could not offer it now: by how the inspection is held; while nobody leads (E14)."""
    is_member = offered_by in fieldwork.team(visit)
    goes_on = visit.state in UNDER_WAY if is_under_way is None else is_under_way
    if words.happens_on_site(visit.method):
        rules.check_may_offer(is_member=is_member, is_on_site=True, is_under_way=goes_on,
                              certified_present=fieldwork.certified_present(visit))
    else:
        rules.check_may_serve(is_member=is_member, is_under_way=goes_on)
    check_is_led(visits.leader(visit) is not None)


def open_link(secret: str, code: str) -> Opened:
    """Exchange a link for a session: whoever comes first with the code, and nobody after. A wrong code is counted.

    While who has offered it is not of the team nothing is consumed: it opens where they have been put back.
    """
    link = queries.link_by_secret(secret_hash(secret))
    if link is None or link.is_served:
        return Opened(Opening.VOID)
    visit = visits.visit_held(link.visit_id)
    db.session.refresh(link)
    if visit.state not in UNDER_WAY or link.offered_by_id not in fieldwork.team(visit):
        return Opened(Opening.VOID)
    if not code_fits(link, code):
        left = _count_wrong(link)
        return Opened(Opening.WRONG_CODE, left=left) if left > 0 else Opened(Opening.VOID)
    session = ids.secret()
    if not _claim(link, session):
        return Opened(Opening.VOID)
    return _let_in(link, session)


def open_served_link(secret: str) -> Opened:
    """Exchange a served link for a session of its own, until its day, for whoever holds it, as often as they ask."""
    link = queries.link_by_secret(secret_hash(secret))
    if link is None or not link.is_served:
        return Opened(Opening.VOID)
    visit = visits.visit_held(link.visit_id)
    db.session.refresh(link)
    moment = clock.now()
    is_void = visit.state not in UNDER_WAY or link.ended_at is not None or link.expires_at <= moment
    if is_void or link.offered_by_id not in fieldwork.team(visit):
        return Opened(Opening.VOID)
    session = ids.secret()
    opening = LinkOpening(link_id=link.id, visit_id=visit.id, session_sha256=secret_hash(session), opened_at=moment)
    db.session.add(opening)
    ledger.record(ENTITY, "sync.link_opened", opening)
    return _let_in(link, session)


def _let_in(link: SigningLink, session: str) -> Opened:
    """The session ends with its link."""
    return Opened(Opening.OPENED, session, lasts=int((link.expires_at - clock.now()).total_seconds()))


def code_fits(link: SigningLink, code: str) -> bool:
    """Whether this is the code that was told by mouth."""
    return compare_digest(rules.code_hash(link.id, code), link.code_sha256)


def say(link: SigningLink, visit: Visit, said: Sequence[Said], user_agent: str) -> Received:
    """Receive what the entity says, as the next operations of its phone's own log; the caller holds the visit."""
    device_id = f"{rules.OWN}{link.id.hex}"
    device = queries.device(device_id)
    first = (device.last_n if device else 0) + 1
    ops = [as_op(visit, device_id, n, one, CLIENT) for n, one in enumerate(said, first)]
    received = receive(device_id, ops, {}, by=accounts.person(link.offered_by_id).officer, actor=ENTITY)
    known = queries.device(device_id)
    if known is not None:
        known.name = device_name(user_agent)[:60]
    return received


def _is_open(link: SigningLink) -> bool:
    return (link.opened_at is None and link.ended_at is None and link.expires_at > clock.now()
            and link.wrong_codes < rules.MOST_WRONG)


def _claim(link: SigningLink, session: str) -> bool:
    """Whoever holds the visit first has it, and nobody after."""
    if not _is_open(link):
        return False
    link.opened_at, link.session_sha256 = clock.now(), secret_hash(session)
    link.slip_sha256 = secret_hash(rules.slip(session))
    ledger.record(ENTITY, "sync.link_opened", link)
    return True


def _count_wrong(link: SigningLink) -> int:
    """One try less; how many are left, none for a link that is open to nobody any more."""
    if not _is_open(link):
        return 0
    link.wrong_codes += 1
    ledger.record(ENTITY, "sync.link_tried", link)
    return rules.MOST_WRONG - link.wrong_codes
