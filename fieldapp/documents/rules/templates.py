"""Which template lays out which document: editions with their days; what was issued in one is never printed in another."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fieldapp.documents.rules.numbers import NO_PAPER, DocumentKind
from fieldapp.law import article


@dataclass(frozen=True, slots=True)
class Edition:
    """The files of a folder of templates/documents/typ, for what is issued from a day on, until the last day or for good.

    `shared` are the files that all its layouts are made of. `is_counted` says whether its headings are 一、二、三、 and
    what is sent back stands under the seal.
    """

    name: str
    valid_from: date
    valid_until: date | None
    shared: tuple[str, ...]
    is_counted: bool = True

    def is_valid_on(self, day: date) -> bool:
        """Whether a document that is issued on that day is laid out by this edition."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def file(self, part: str) -> str:
        """A file of the edition: 2026-2/letter-2026-2.typ for letter."""
        return f"{self.name}/{part}-{self.name}.typ"


@dataclass(frozen=True, slots=True)
class Template:
    """How an edition lays out some kinds: by which of its files, with letters of `size` points, under a drawn seal or none."""

    layout: str
    edition: Edition
    kinds: frozenset[DocumentKind]
    size: int
    is_sealed: bool = True

    @property
    def version(self) -> str:
        """What a document and its file name it by: letter/2026-2/14."""
        return f"{self.layout}/{self.edition.name}/{self.size}"

    @property
    def file(self) -> str:
        """The template's own file."""
        return self.edition.file(self.layout)

    @property
    def beside(self) -> tuple[str, ...]:
        """The other files that it is made of."""
        return tuple(self.edition.file(part) for part in self.edition.shared)


EDITIONS = (
    Edition("2026-1", date(2021, 1, 1), date(2026, 11, 30), ("frame",), is_counted=False),
    Edition("2026-2", date(2026, 12, 1), date(2026, 12, 1), ("frame", "parts")),
    Edition("2026-3", date(2026, 12, 2), None, ("frame", "parts")),
)
"""The oldest first. A new one is a row with its first day, the day before it the last of the one that it follows; the old
row and its files stay as they are."""

LAYOUTS = (
    ("letter", frozenset({DocumentKind.NOTICE, DocumentKind.SUPPLEMENT}), 14, True),
    ("letter", frozenset({
        DocumentKind.ORDER, DocumentKind.ENTRUSTMENT, DocumentKind.OBJECTION_DECISION, DocumentKind.RECUSAL,
        DocumentKind.TRANSFER}), 16, True),
    ("form", frozenset({
        DocumentKind.RECORD, DocumentKind.APPROVAL, DocumentKind.SUBSTITUTE, DocumentKind.SERVICE, DocumentKind.WORK_PLAN,
        DocumentKind.MINUTES, DocumentKind.CASE_FILE}), 12, True),
    ("transcript", frozenset({
        DocumentKind.SITE_TRANSCRIPT, DocumentKind.INTERVIEW, DocumentKind.SUPPLEMENTARY_RECORD}), 14, False),
)
TEMPLATES = tuple(Template(layout, edition, kinds, size, is_sealed)
                  for edition in EDITIONS for layout, kinds, size, is_sealed in LAYOUTS)


@article("20", "23", "24")
def template_on(kind: DocumentKind, day: date) -> Template:
    """The template of a kind for a document issued on that day; LookupError where there is none."""
    for one in TEMPLATES:
        if kind in one.kinds and one.edition.is_valid_on(day):
            return one
    raise LookupError(f"no template for {kind} on {day}")


@article("24")
def with_edition(kind: DocumentKind, content: dict[str, Any], day: date) -> dict[str, Any]:
    """What is frozen on that day, with the name of the template that will print it, today as in ten years."""
    return content if kind in NO_PAPER else content | {"edition": template_on(kind, day).version}


@article("24")
def template_of(kind: DocumentKind, content: dict[str, Any], day: date) -> Template:
    """The template that an issued document names, whichever is valid now; by its day for one of before they were named."""
    if "edition" not in content:
        return template_on(kind, day)
    for one in TEMPLATES:
        if one.version == content["edition"]:
            return one
    raise LookupError(f"no template {content['edition']}")
