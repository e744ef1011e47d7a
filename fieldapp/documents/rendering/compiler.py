"""typst, with fonts of its own. A letter that they lack is looked for in the machine's; one that nobody has is spelt out."""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import pylopdf_fonts_zh_cn
import typst

from fieldapp.config import HOME
from fieldapp.documents.rendering.missing import all_spelt, missing_text, spelt

FOLDER = HOME / "templates" / "documents" / "typ"
STANDARDS = ["a-2a", "ua-1"]
MOST_SINGLY = 32
_one_at_a_time = threading.Lock()


def render(page: dict[str, Any], files: Mapping[str, bytes], *, template: str, beside: Sequence[str], at: datetime) -> bytes:
    """The PDF of a page by a template of templates/documents/typ and the files `beside` it there; `files` are its drawings
    and pictures by name, `at` the moment that the file says it was made. A character that no font has is printed by its code;
    after MOST_SINGLY of them all that are uncommon. Raises typst.TypstError for a broken template."""
    try:
        return _compile(page, files, template, beside, at, of_machine=False)
    except typst.TypstError as lacking:
        if missing_text(lacking.message) is None:
            raise
    page = page | {"fallback": True}
    for _each in range(MOST_SINGLY):
        try:
            return _compile(page, files, template, beside, at, of_machine=True)
        except typst.TypstError as lacking:
            missing = missing_text(lacking.message)
            if missing is None:
                raise
            page = spelt(page, missing)
    return _compile(all_spelt(page), files, template, beside, at, of_machine=True)


def _compile(page: dict[str, Any], files: Mapping[str, bytes], template: str, beside: Sequence[str], at: datetime, *,
             of_machine: bool) -> bytes:
    written = json.dumps(page, ensure_ascii=False).encode()
    shared = {Path(name).name: _source(name) for name in beside}
    sources = {"main.typ": _source(template), **shared, "page.json": written, **files}
    # The stubs know neither of a project in memory nor of standards in a plain list; both are documented.
    with _one_at_a_time:
        made = _compiler(of_machine).compile(cast(bytes, sources), format="pdf", pdf_standards=cast(Any, STANDARDS),
                                             timestamp=int(at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("typst gave no single file")
    return made


@cache
def _compiler(of_machine: bool) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=of_machine, include_embedded_fonts=False,
                        font_paths=[Path(pylopdf_fonts_zh_cn.serif_path()).parent])
    return typst.Compiler(font_paths=fonts)


@cache
def _source(name: str) -> bytes:
    return (FOLDER / name).read_bytes()
