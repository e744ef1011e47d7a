"""What is not done on site with a phone in the hand: written and online inspection, places where no phone may go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from fieldapp.evidence.rules import MEBIBYTE, PICTURES
from fieldapp.fieldwork.rules.content import short_code
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

if TYPE_CHECKING:  # a record holds these, and they hold its photos
    from fieldapp.fieldwork.rules.record import Photo

WRITTEN, ONLINE = "written", "online"
FILE_SIZE, MOST_FILES, MOST_BYTES = 5 * MEBIBYTE, 5, 100 * MEBIBYTE


class ReplyKind(Labelled):
    """What an entity sends through the link that was served to it."""

    RECEIPT = "receipt", N_("确认收到")
    REPLY = "reply", N_("答复和说明")


@dataclass(frozen=True, slots=True)
class PlanFollowed:
    """The version of the work plan by which the check was begun, and the later one that came while it went on."""

    version: int
    approved_at: datetime | None
    later: int | None = None


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a visit in which no phone was carried: where and why, from when until when, what was noted and handed over."""

    id: UUID
    place: str
    reason: str
    since: datetime | None
    until: datetime | None
    note: str
    copies: str
    lines: Sequence[str]
    photos: "Sequence[Photo]"


@dataclass(frozen=True, slots=True)
class WebPage:
    """Something seen on the net: its address, when, what was seen, and the screenshot with its hash."""

    url: str
    seen_at: datetime | None
    note: str
    photos: "Sequence[Photo]"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file that came with an answer: where its original is found, and its hashes."""

    name: str
    capture_hash: str
    sha256: str
    sm3: str
    media_type: str
    size: int

    @property
    def code(self) -> str:
        """The short code that people compare."""
        return short_code(self.capture_hash)

    @property
    def is_picture(self) -> bool:
        """Whether it can be looked at as a picture."""
        return self.media_type in PICTURES


@dataclass(frozen=True, slots=True)
class Reply:
    """What came from the entity through its link."""

    kind: ReplyKind
    name: str
    capacity: str
    text: str
    at: datetime
    files: Sequence[SentFile] = ()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A written inspection: what was asked for until which day, when it was served, what came back."""

    asked: str = ""
    until: date | None = None
    served_at: datetime | None = None
    replies: Sequence[Reply] = ()
    papers: "Sequence[Photo]" = ()

    @property
    def is_received(self) -> bool:
        """Whether the entity has confirmed the receipt, or has answered, which says the same."""
        return bool(self.replies)

    @property
    def is_answered(self) -> bool:
        """Whether something came back: through the link or on paper."""
        return bool(self.papers) or any(reply.kind is ReplyKind.REPLY for reply in self.replies)


@article("22")
def happens_on_site(method: str) -> bool:
    """Whether a method takes the inspectors to the entity; written and online inspections have no arrival (§0b.12)."""
    return method not in {WRITTEN, ONLINE}


@article("22")
def is_link_open(inquiry: Inquiry, today: date) -> bool:
    """Whether a link that was served still takes answers."""
    return inquiry.served_at is not None and inquiry.until is not None and today <= inquiry.until


@article("22")
def check_link_is_open(inquiry: Inquiry, today: date) -> None:
    """The link that was served answers until the end of the day that it names, and only once it was served."""
    if inquiry.served_at is None or inquiry.until is None:
        raise Refusal("fieldwork.request_not_served", N_("检查机关还没有发出书面检查的要求"))
    if not is_link_open(inquiry, today):
        raise Refusal("fieldwork.request_over", N_("答复期限已过，请直接联系检查人员"))


@article("22")
def check_reply(kind: ReplyKind, name: str, text: str, *, so_far: int, most: int, files: int = 0) -> None:
    """Whoever confirms or answers gives a name, an answer says or encloses something, and nobody floods the file."""
    if not name.strip():
        raise Refusal("fieldwork.reply_needs_name", N_("请填写姓名"), field="name")
    if kind is ReplyKind.REPLY and not text.strip() and not files:
        raise Refusal("fieldwork.reply_empty", N_("请填写答复内容"), field="text")
    if so_far >= most:
        raise Refusal("fieldwork.too_many_replies", N_("已经收到很多答复，请直接联系检查人员"))


@article("22")
def check_files(files: Sequence[tuple[str, int]], *, so_far: int) -> None:
    """An answer encloses PDF files and pictures by their content (`files`: media type and bytes), few and small; `so_far`
    are the bytes that the visit's answers have brought already."""
    if len(files) > MOST_FILES:
        raise Refusal("fieldwork.too_many_files", N_("一次最多附 %(n)s 个文件，请分次提交"), field="files", n=MOST_FILES)
    if any(size == 0 for _kind, size in files):
        raise Refusal("fieldwork.file_empty", N_("文件是空的，没有提交"), field="files")
    if any(size > FILE_SIZE for _kind, size in files):
        raise Refusal("fieldwork.file_too_large", N_("每个文件不能超过 %(n)s MB，没有提交"), field="files",
                      n=FILE_SIZE // MEBIBYTE)
    if any(kind != "application/pdf" and kind not in PICTURES for kind, _size in files):
        raise Refusal("fieldwork.file_kind", N_("只接受 PDF 和照片，没有提交"), field="files")
    if so_far + sum(size for _kind, size in files) > MOST_BYTES:
        raise Refusal("fieldwork.files_full", N_("已经收到很多文件，请直接联系检查人员"), field="files")


@article("22")
def method_gaps(method: str, inquiry: Inquiry, pages: Sequence[WebPage], today: date) -> list[Refusal]:
    """What a written or an online inspection still lacks, for its leader."""
    if method == WRITTEN:
        return _of_inquiry(inquiry, today)
    if method == ONLINE and not pages:
        return [Refusal("fieldwork.no_pages", N_("没有记录网络监测的网址、时间和截图"))]
    if method == ONLINE and any(not page.photos for page in pages):
        return [Refusal("fieldwork.page_without_picture", N_("有的网址没有保存截图"))]
    return []


def _of_inquiry(inquiry: Inquiry, today: date) -> list[Refusal]:
    if inquiry.served_at is None:
        return [Refusal("fieldwork.request_missing", N_("书面检查的要求没有发给单位"))]
    found = []
    if not inquiry.is_received:
        found.append(Refusal("fieldwork.request_unconfirmed", N_("单位没有确认收到书面检查的要求")))
    if not inquiry.is_answered:
        late = inquiry.until is not None and today > inquiry.until
        found.append(Refusal("fieldwork.request_unanswered",
                             N_("答复期限已过，单位没有答复") if late else N_("单位还没有答复")))
    return found


@article("21", "24")
def zone_gaps(zones: Sequence[Zone]) -> list[Refusal]:
    """A stay without a phone has its reason, its end, and a note of what was seen."""
    open_ones = [zone.place for zone in zones if zone.until is None]
    bare = [zone.place for zone in zones if not (zone.note.strip() or zone.photos)]
    found = []
    if open_ones:
        found.append(Refusal("fieldwork.zone_open", N_("禁用手机区域没有写明离开时间：%(places)s"), places="、".join(open_ones)))
    if bare:
        found.append(Refusal("fieldwork.zone_without_note", N_("禁用手机区域没有事后记录或纸质记录照片：%(places)s"),
                             places="、".join(bare)))
    return found
