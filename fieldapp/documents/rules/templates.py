"""Which template lays out which document: a dated row for each; what was printed by one is never printed by another."""

from dataclasses import dataclass
from datetime import date

from fieldapp.documents.rules.numbers import DocumentKind
from fieldapp.law import article


@dataclass(frozen=True, slots=True)
class Template:
    """A file of templates/documents/typ, valid for documents issued from a day on; `size` of its letters in points.

    `files` are all that it is made of. `is_sealed` says whether the department's drawn seal stands under it.
    """

    version: str
    valid_from: date
    kinds: frozenset[DocumentKind]
    size: int
    is_sealed: bool = True

    @property
    def file(self) -> str:
        """The template's file: letter-2026-2.typ for letter/2026-2/14."""
        kind, edition, *_size = self.version.split("/")
        return f"{kind}-{edition}.typ"

    @property
    def beside(self) -> tuple[str, ...]:
        """The frame and the parts of the same edition."""
        edition = self.version.split("/")[1]
        return f"frame-{edition}.typ", f"parts-{edition}.typ"


FIRST = date(2021, 1, 1)
TEMPLATES = (
    Template("letter/2026-2/14", FIRST, frozenset({DocumentKind.NOTICE, DocumentKind.SUPPLEMENT}), 14),
    Template("letter/2026-2/16", FIRST, frozenset({
        DocumentKind.ORDER, DocumentKind.ENTRUSTMENT, DocumentKind.OBJECTION_DECISION, DocumentKind.RECUSAL,
        DocumentKind.TRANSFER}), 16),
    Template("form/2026-2/12", FIRST, frozenset({
        DocumentKind.RECORD, DocumentKind.APPROVAL, DocumentKind.SUBSTITUTE, DocumentKind.SERVICE, DocumentKind.WORK_PLAN,
        DocumentKind.MINUTES, DocumentKind.CASE_FILE}), 12),
    Template("transcript/2026-2/14", FIRST, frozenset({DocumentKind.SITE_TRANSCRIPT, DocumentKind.INTERVIEW}), 14,
             is_sealed=False),
)
"""The oldest first; a new form of a kind is a new row with its day, the old row and its file stay."""


@article("20", "23", "24")
def template_on(kind: DocumentKind, day: date) -> Template:
    """The template of a kind for a document issued on that day; LookupError where there is none."""
    fitting = [one for one in TEMPLATES if kind in one.kinds and one.valid_from <= day]
    if not fitting:
        raise LookupError(f"no template for {kind} on {day}")
    return max(fitting, key=lambda one: one.valid_from)

