"""What people type about visits, read and bounded."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256
from uuid import UUID

from werkzeug.datastructures import FileStorage

from fieldapp import clock
from fieldapp.documents.rules import MOST_PRESENT, Identity, IdentityKind, Interview, RightsHeard, plain_number
from fieldapp.refusals import Refusal
from fieldapp.registry.sheets import read_sheet
from fieldapp.tasks import way_b
from fieldapp.visits.actions import ReadSheet, Ruling, Slot
from fieldapp.visits.queries import GROUPS, Filters
from fieldapp.visits.rules import Interest
from fieldapp.web.fields import Form, identifier, needed_day, needed_identifier, needed_text, text, word
from fieldapp.words import N_

SHORT, LONG, MOST_SAID = 120, 1000, 20_000
MOST_MEMBERS, PAIR = 20, 2


@dataclass(frozen=True, slots=True)
class LeaderChoice:
    """Who is to lead, and why not the one with the lowest ticket."""

    inspector_id: UUID
    reason: str


def slot(form: Form) -> Slot:
    """The agreed slot: a day, from when until when, with whom, whom to call, what to mind."""
    day = needed_day(form, "day")
    return Slot(start=_moment(day, form.get("from", ""), "from"), end=_moment(day, form.get("until", ""), "until"),
                agreed_with=needed_text(form, "agreed_with", SHORT), contact=text(form, "contact", SHORT),
                site_safety=text(form, "site_safety", LONG), reason=text(form, "slot_reason", LONG))


def interview(form: Form) -> Interview:
    """An interview as it was held on one day, question by question."""
    day = needed_day(form, "day")
    return Interview(
        name=needed_text(form, "name", 60), identity=_identity(form), unit=text(form, "unit", SHORT), post=text(form, "post", 60),
        telephone=text(form, "telephone", 40), place=needed_text(form, "place", SHORT),
        begins=_moment(day, form.get("begins", ""), "begins"), ends=_moment(day, form.get("ends", ""), "ends"),
        present=text(form, "present", MOST_PRESENT), sees_certificates=_answer(form, "certificates"),
        rights=_rights(form), asks_recusal=_answer(form, "recusal"),
        said=needed_text(form, "said", MOST_SAID), supplements=text(form, "supplements", SHORT))


def leader(form: Form) -> LeaderChoice:
    """The member chosen as leader."""
    return LeaderChoice(needed_identifier(form, "inspector"), text(form, "leader_reason", LONG))


def interest(form: Form) -> Interest:
    """The interest for which somebody applies for recusal."""
    found = word(form, "interest", Interest)
    if found is None:
        raise Refusal("visits.no_interest", N_("请选择利害关系的种类"), field="interest")
    return found


def ruling(form: Form) -> Ruling:
    """What is decided about an application for recusal: who leaves, or the pair that swaps as "visit inspector"."""
    leaving = [one for one in (_known(text) for text in form.getlist("leaving")[:MOST_MEMBERS]) if one]
    pair = [_known(part) for part in form.get("swap", "").split(" ")]
    swap = (pair[0], pair[1]) if len(pair) == PAIR and pair[0] and pair[1] else None
    return Ruling(form.get("decision", ""), text(form, "opinion", LONG), form.get("outcome", ""), leaving, swap)


def filters(arguments: Form) -> Filters:
    """The filters of a list's address; what makes no sense counts as not said."""
    group = arguments.get("group", "open")
    return Filters(group if group in GROUPS else "open", identifier(arguments, "task"), arguments.get("own") == "1")


def sheet(upload: FileStorage | None) -> ReadSheet:
    """Tasks drawn elsewhere, judged by themselves: JSON, or a sheet that a limited child process opens."""
    if upload is None or not upload.filename:
        raise Refusal("visits.no_sheet", N_("请选择要导入的表格"), field="sheet")
    content = upload.read()
    rows = way_b.read_json(content) if way_b.is_json(content) else way_b.read_worksheets(read_sheet(content))
    return ReadSheet(upload.filename[-200:], sha256(content).hexdigest(), rows)


def _identity(form: Form) -> Identity:
    """What somebody identified themselves by; that there was nothing is said too."""
    kind = word(form, "identity", IdentityKind)
    if kind is None:
        raise Refusal("visits.no_identity", N_("请选择身份证件的种类"), field="identity")
    return Identity(kind, plain_number(text(form, "identity_number", SHORT)))


def _rights(form: Form) -> RightsHeard:
    heard = word(form, "rights", RightsHeard)
    if heard is None:
        raise Refusal("visits.no_answer", N_("请选择被询问人的回答"), field="rights")
    return heard


def _answer(form: Form, name: str) -> bool:
    """What somebody answered to a question with yes or no: nobody answers for them."""
    answer = form.get(name, "")
    if answer not in {"yes", "no"}:
        raise Refusal("visits.no_answer", N_("请选择被询问人的回答"), field=name)
    return answer == "yes"


def _moment(day: date, value: str, name: str) -> datetime:
    try:
        return datetime.combine(day, time.fromisoformat(value), clock.SHANGHAI).astimezone(UTC)
    except ValueError:
        raise Refusal("visits.bad_time", N_("请填写时间"), field=name) from None


def _known(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None
