"""What people type and hand in about agencies and experts, read and bounded."""

from typing import Any
from uuid import UUID

from flask import g, request

from fieldapp.entrusting import actions
from fieldapp.entrusting.actions import Declared, HandedIn, Qualification, Report, Terms
from fieldapp.entrusting.rules import Held, PartyKind, Work
from fieldapp.refusals import Refusal
from fieldapp.web.fields import Form, day, identifier, needed_day, needed_identifier, needed_text, text, word
from fieldapp.web.transactions import aside
from fieldapp.words import N_

SHORT, LONG, NAME = 120, 2000, 200
FILE_SIZE = 15 * 1024 * 1024


def read_file() -> Any:
    """The uploaded file with its chunks durable, before the database is locked; None without one, or why it is refused."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        return None
    content = upload.read(FILE_SIZE + 1)
    if len(content) > FILE_SIZE:
        return Refusal("entrusting.file_size", N_("文件不能超过 15 MB"), field="file")
    name = "".join(one for one in upload.filename if one.isprintable()).strip()[-NAME:]
    try:
        with aside(write=False):
            return actions.hold_file(name or "file", content, by=g.officer)
    except Refusal as refusal:
        return refusal


def handed_in() -> HandedIn | None:
    """The file that was read, if there was one; raises why it was refused."""
    if isinstance(g.prepared, Refusal):
        raise g.prepared
    return g.prepared if isinstance(g.prepared, HandedIn) else None


def party(form: Form) -> Declared:
    """Who comes into the directory."""
    return Declared(word(form, "kind", PartyKind), needed_text(form, "name", SHORT), text(form, "code", 18).upper(),
                    text(form, "unit", SHORT), needed_text(form, "fields_of_work", NAME), text(form, "contact", SHORT))


def qualification(form: Form) -> Qualification:
    """A qualification with its evidence."""
    held = Held(needed_day(form, "valid_from"), day(form, "valid_until"))
    return Qualification(needed_text(form, "certificate", SHORT), text(form, "number", 60), text(form, "issuer", SHORT), held,
                         handed_in())


def interest(form: Form) -> tuple[str, UUID | None, str]:
    """An interest in an enterprise by name, or with an inspector."""
    return text(form, "object_name", SHORT), identifier(form, "inspector"), text(form, "text", LONG)


def terms(form: Form) -> Terms:
    """What is entrusted to whom."""
    return Terms(needed_identifier(form, "party"), word(form, "work", Work), needed_text(form, "scope", LONG),
                 needed_text(form, "basis", LONG), needed_day(form, "due_on"), form.get("on_site") == "1",
                 text(form, "people", SHORT), identifier(form, "part"))


def report(form: Form) -> Report:
    """A report that is handed in."""
    author, made_on = needed_text(form, "author", SHORT), needed_day(form, "made_on")
    summary, file = needed_text(form, "summary", LONG), handed_in()
    if file is None:
        raise Refusal("entrusting.empty_file", N_("请选择文件"), field="file")
    return Report(author, made_on, summary, file)
