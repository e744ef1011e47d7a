"""A record as it is read: by the leader, the division, the publication, and on the entity's copy."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fieldapp.fieldwork.rules.apart.paper import PaperTrail, Sheet
from fieldapp.fieldwork.rules.apart.unsigned import UnsignedDecided
from fieldapp.fieldwork.rules.arrival import Arrival, AtTheDoor, CertificateShown, Inspecting, Presence
from fieldapp.fieldwork.rules.content import short_code
from fieldapp.fieldwork.rules.media import media_kind
from fieldapp.fieldwork.rules.methods import Inquiry, PlanFollowed, WebPage, Zone
from fieldapp.fieldwork.rules.words import Answer, Awaited, EntityOpinion, Grade, ProposedCategory, Recusal, Unsigned
from fieldapp.refusals import Refusal

LARGEST_SKEW_MS = 120_000


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the top of a record, as it is signed."""

    object: str
    uscc: str
    address: str
    task: str
    task_number: str
    item: str
    record_number: str
    notice_number: str

    def as_dict(self) -> dict[str, str]:
        """The head as the phone has it in the kit."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo, film, sound or file of a record: where its original is found, who took it when and where, how it came to be.

    `seconds` is how long it plays, `fix` where the phone was when it came in, with the accuracy in metres.
    """

    path: str
    capture_hash: str
    name: str
    grade: Grade
    media_type: str
    sha256: str
    sm3: str
    by: str
    at: datetime
    size: int = 0
    seconds: int | None = None
    fix: dict[str, Any] | None = None
    is_void: bool = False
    void_reason: str = ""

    @property
    def code(self) -> str:
        """The short code that people compare."""
        return short_code(self.capture_hash)

    @property
    def kind(self) -> str:
        """How it is shown: picture, film, sound or file."""
        return media_kind(self.media_type)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One line of the checklist with its answer; `path` anchors a reviewer's remark (`r/<record>/check/<line>`)."""

    line_id: UUID
    number: int
    path: str
    content: str
    method: str
    is_mandatory: bool
    evidence: Sequence[str]
    answer: Answer | None = None
    note: str = ""
    number_value: str = ""
    by: str = ""
    photos: Sequence[Photo] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """Another finding, with the reason for taking it in; struck out, with the reason why."""

    path: str
    text: str
    reason: str
    by: str
    at: datetime
    is_void: bool = False
    void_reason: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature: `fits` says whether what was signed is the record as it stands now."""

    role: str
    name: str
    capacity: str
    person_id: UUID
    at: datetime
    received_at: datetime
    digest: str | None
    fits: bool
    strokes: Sequence[Any] = ()
    seal: Photo | None = None
    dissent: str = ""
    is_read_aloud: bool = False
    witness: dict[str, Any] | None = None
    sheet: Sheet | None = None
    is_own_phone: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal to sign: the words, the inspectors' explanation, the witness if there was one."""

    what: str
    words: str
    explanation: str
    witness: dict[str, Any] | None
    by: str
    at: datetime
    cause: Unsigned = Unsigned.REFUSED
    name: str = ""
    sheet: Sheet | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """The record was read and waits for a seal or a signer: what for, until when, why, who said so."""

    what: Awaited
    until: date
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RivalField:
    """A field for which two values stand: each with who wrote it and when; the first is the current one."""

    path: str
    values: Sequence[tuple[Any, str, datetime]]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened: the phone's time, the server's time, who, what."""

    kind: str
    path: str
    by: str
    at: datetime
    received_at: datetime | None
    clock_offset_ms: int = 0
    fits: bool | None = None

    @property
    def is_skewed(self) -> bool:
        """Whether the phone's clock was more than two minutes off, or ahead of the server's receipt."""
        late = self.received_at is not None and (self.at - self.received_at).total_seconds() * 1000 > LARGEST_SKEW_MS
        return abs(self.clock_offset_ms) > LARGEST_SKEW_MS or late


@dataclass(frozen=True, slots=True)
class Addendum:
    """What came after the signature or the closing: kept beside the record, never in it."""

    path: str
    value: Any
    by: str
    at: datetime
    id: UUID
    photo: Photo | None = None

    @property
    def act(self) -> str:
        """What was done, where it is not a value that was given: struck out, shown, signed, refused."""
        return str(self.value.get("act", ""))

    @property
    def said(self) -> Any:
        """What is read: the field's value, the words of a finding, the name under a signature, the number of what was shown."""
        if "value" in self.value:
            return self.value["value"]
        words = ("text", "name", "reason", "explanation", "number")
        return next((self.value[name] for name in words if self.value.get(name)), "")


@dataclass(frozen=True, slots=True)
class RecordView:
    """The whole record of one task of a visit; `attendance` is what of it is signed with the record, as in the content."""

    visit_id: UUID
    visit_task_id: UUID
    head: Head
    state: str
    started_at: datetime | None
    closed_at: datetime | None
    checks: Sequence[CheckLine]
    others: Sequence[Finding]
    category: ProposedCategory | None
    conclusion: str
    order: str
    order_until: date | None
    opinion: EntityOpinion | None
    entity_words: str
    entity_name: str
    entity_capacity: str
    signatures: Sequence[Signature]
    refusals: Sequence[Refused]
    notice_signatures: Sequence[Signature]
    notice_refusals: Sequence[Refused]
    presence: Sequence[Presence]
    arrival: dict[str, Any]
    rivals: Sequence[RivalField]
    addenda: Sequence[Addendum]
    steps: Sequence[Step]
    digest: str
    gaps: Sequence[Refusal] = field(default=())
    evidence: Sequence[Photo] = ()
    arrived: Arrival = field(default=Arrival())
    door: AtTheDoor = field(default=AtTheDoor())
    door_photos: Sequence[Photo] = ()
    zones: Sequence[Zone] = ()
    pages: Sequence[WebPage] = ()
    inquiry: Inquiry = field(default=Inquiry())
    order_number: str = ""
    recusal: Recusal | None = None
    recusal_reason: str = ""
    letters: Sequence[Photo] = ()
    waits: Sequence[Wait] = ()
    unsigned: Sequence[Refused] = ()
    is_awaited: bool = False
    paper: PaperTrail | None = None
    unsigned_decided: Sequence[UnsignedDecided] = ()
    plan: PlanFollowed | None = None
    supplements: Sequence[str] = ()
    certificates: Sequence[CertificateShown] = ()
    inspecting: Sequence[Inspecting] = ()
    method: str = ""
    representative: str = ""
    attendance: dict[str, Any] | None = None

    @property
    def code(self) -> str:
        """The short code of the digest."""
        return short_code(self.digest)

    @property
    def entity_signature(self) -> Signature | None:
        """The entity's last signature."""
        return next((one for one in reversed(self.signatures) if one.role == "entity"), None)

    @property
    def inspector_signatures(self) -> Sequence[Signature]:
        """The inspectors' last signatures, one each."""
        latest = {one.person_id: one for one in self.signatures if one.role == "inspector"}
        return list(latest.values())

    @property
    def is_signed(self) -> bool:
        """Whether the entity has signed or sealed it: then it is frozen."""
        return self.entity_signature is not None

    @property
    def is_settled(self) -> bool:
        """Whether the entity has signed it or refused to: from then on it is corrected, never edited."""
        return self.is_signed or bool(self.refusals)

    @property
    def photos(self) -> Sequence[Photo]:
        """All evidence that is not struck out: at the checks, for the record at large, beside the checklist."""
        sets = [*(line.photos for line in self.checks), self.evidence, *(zone.photos for zone in self.zones)]
        sets += [self.door_photos, self.inquiry.papers, *(page.photos for page in self.pages)]
        return [photo for photos in sets for photo in photos if not photo.is_void]

    @property
    def problems(self) -> Sequence[CheckLine]:
        """The lines that do not comply."""
        return [line for line in self.checks if line.answer is Answer.NON_COMPLIANT]
