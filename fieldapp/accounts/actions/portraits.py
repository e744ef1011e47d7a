"""A person's portrait, as the credential page shows it."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from fieldapp import confined, db
from fieldapp.accounts import portrait_child, queries
from fieldapp.accounts.models import Person
from fieldapp.ledger import actions as ledger
from fieldapp.refusals import Refusal
from fieldapp.roles import Officer
from fieldapp.words import N_

FILE_SIZE = 8 * 1024 * 1024
_CHILD = confined.Program(Path(portrait_child.__file__), wall_seconds=15, cpu_seconds=8,
                          memory=512 * 1024 * 1024, output=4 * 1024 * 1024)


@dataclass(frozen=True, slots=True)
class Portrait:
    """A picture that has been opened in a limited process and written anew as JPEG."""

    jpeg: bytes


def read_portrait(content: bytes) -> Portrait:
    """Open an untrusted picture in a process of its own and write it anew, small and without its metadata."""
    if not content or len(content) > FILE_SIZE:
        raise Refusal("accounts.portrait_size", N_("请选择照片文件，最大 8 MB"), field="portrait")
    try:
        jpeg = _CHILD.answer(content)
    except confined.Unanswered as ended:
        raise _unreadable() from ended
    if not jpeg:
        raise _unreadable()
    return Portrait(jpeg)


def set_portrait(person_id: UUID, portrait: Portrait, *, by: Officer) -> Person:
    """Put the picture beside the person's name."""
    person = queries.person(person_id)
    person.portrait, person.portrait_type = portrait.jpeg, "image/jpeg"
    db.session.flush()
    ledger.record(by, "accounts.portrait_set", person)
    return person


def _unreadable() -> Refusal:
    return Refusal("accounts.portrait_unreadable", N_("这个文件不能作为照片打开。请用 JPEG、PNG 或 WebP 照片"), field="portrait")
