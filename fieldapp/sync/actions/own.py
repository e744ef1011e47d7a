"""The entity signs on its own phone: the link offered, exchanged once for a session, what is said there taken in."""

from collections.abc import Sequence
from dataclasses import dataclass
from hmac import compare_digest
from uuid import UUID

from fieldapp import clock, db, ids, ledger
from fieldapp.accounts import queries as accounts
from fieldapp.accounts.rules import device_name
from fieldapp.fieldwork import queries as fieldwork
from fieldapp.fieldwork import rules as words
from fieldapp.roles import Officer, Outsider
from fieldapp.sync import queries, rules
from fieldapp.sync.actions.paper import as_op
from fieldapp.sync.actions.receive import Received, receive
from fieldapp.sync.models import SigningLink
from fieldapp.sync.rules import Opening, Said
from fieldapp.visits import queries as visits
from fieldapp.visits.models import Visit
from fieldapp.visits.rules import UNDER_WAY, VisitState
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
    """What became of a try, the session's secret for the winner, how many tries are left for who mistyped the code."""

    opening: Opening
    session: str = ""
    left: int = 0


def offer_link(visit_id: UUID, *, by: Officer) -> Offered:
    """Make a link with its on-site code, for half an hour; the one offered before is taken back."""
    visit = visits.visit_held(visits.visit_for(by, visit_id).id)
    rules.check_may_offer(
        is_member=by.person_id in fieldwork.team(visit), is_on_site=words.happens_on_site(visit.method),
        is_under_way=visit.state == VisitState.IN_PROGRESS, certified_present=fieldwork.certified_present(visit))
    moment, secret = clock.now(), ids.secret()
    for former in queries.links_open(visit_id):
        former.ended_at = moment
        ledger.record(by, "sync.link_ended", former)
    link_id, code = ids.uuid7(), f"{int.from_bytes(ids.random_bytes(8)) % 10**rules.CODE_DIGITS:0{rules.CODE_DIGITS}}"
    link = SigningLink(id=link_id, visit_id=visit_id, offered_by_id=by.person_id, secret_sha256=rules.hashed(secret),
                       code_sha256=rules.code_hash(link_id, code), offered_at=moment, expires_at=moment + rules.VALID)
    db.session.add(link)
    ledger.record(by, "sync.link_offered", link)
    return Offered(link, secret, code)


def open_link(secret: str, code: str) -> Opened:
    """Exchange a link for a session: whoever comes first with the code, and nobody after. A wrong code is counted."""
    link = queries.link_by_secret(rules.hashed(secret))
    if link is None:
        return Opened(Opening.VOID)
    visit = visits.visit_held(link.visit_id)
    db.session.refresh(link)
    if visit.state not in UNDER_WAY:
        return Opened(Opening.VOID)
    if not code_fits(link, code):
        left = _count_wrong(link)
        return Opened(Opening.WRONG_CODE, left=left) if left > 0 else Opened(Opening.VOID)
    session = ids.secret()
    if not _claim(link, session):
        return Opened(Opening.VOID)
    return Opened(Opening.OPENED, session)


def code_fits(link: SigningLink, code: str) -> bool:
    """Whether this is the code that was told by mouth."""
    return compare_digest(rules.code_hash(link.id, code), link.code_sha256)


def say(link: SigningLink, visit: Visit, said: Sequence[Said], user_agent: str) -> Received:
    """Receive what the entity says, as the next operations of its phone's own log; the caller holds the visit."""
    device_id = f"{rules.OWN}{link.id.hex}"
    device = queries.device(device_id)
    first = (device.last_n if device else 0) + 1
    ops = [as_op(visit, device_id, n, one, CLIENT) for n, one in enumerate(said, first)]
    received = receive(device_id, ops, {}, by=accounts.person(link.offered_by_id).officer)
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
    link.opened_at, link.session_sha256 = clock.now(), rules.hashed(session)
    ledger.record(ENTITY, "sync.link_opened", link)
    return True


def _count_wrong(link: SigningLink) -> int:
    """One try less; how many are left, none for a link that is open to nobody any more."""
    if not _is_open(link):
        return 0
    link.wrong_codes += 1
    ledger.record(ENTITY, "sync.link_tried", link)
    return rules.MOST_WRONG - link.wrong_codes
