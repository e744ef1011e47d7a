"""The pages of the phone name every script that they need, at once or later: what is not named is not kept for the day."""

import re
from collections.abc import Iterable

import jinja2
import pytest

from fieldapp.fieldwork.routes.day import NOT_KEPT
from tests.house.files import ROOT

FIELD = "js/field/"
IMPORTS = re.compile(r'^import .*"(\..+)";$', re.MULTILINE)
BRINGS = re.compile(r'(?<![#.\w])(?:bring\(|use\([\w.]+, )"([\w/-]+)"')
NEEDS = re.compile(r'^    "?([\w/-]+)"?: \(page\) => ', re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / "static" / name).read_text(encoding="utf-8")


def imported(name: str) -> set[str]:
    """What a script imports at once."""
    folder = (ROOT / "static" / name).parent
    found = [(folder / one).resolve() for one in IMPORTS.findall(text(name))]
    return {one.relative_to(ROOT / "static").as_posix() for one in found}


def brought(name: str) -> set[str]:
    """What a script brings when it is used."""
    return {f"{FIELD}{one}.js" for pattern in (BRINGS, NEEDS) for one in pattern.findall(text(name))}


def whole(names: Iterable[str], *, later: bool) -> set[str]:
    """Scripts with all that they import, and what they bring later if that is asked for."""
    found, left = set[str](), set(names)
    while left:
        name = left.pop()
        found.add(name)
        left |= (imported(name) | (brought(name) if later else set())) - found
    return found


def test_the_worker_keeps_the_scripts_that_kept_pages_name_and_no_other() -> None:
    every = (ROOT / "static/js" / folder for folder in ("field", "elements"))
    kept = {file.relative_to(ROOT / "static").as_posix() for folder in every for file in folder.rglob("*.js")} - NOT_KEPT
    layout = re.findall(r"asset\('(js/[^']+)'\)", (ROOT / "templates/web/layout.html").read_text(encoding="utf-8"))
    assert sorted(kept) == sorted(whole([f"{FIELD}kit.js", f"{FIELD}today.js", *layout], later=True))


@pytest.mark.parametrize("entry", ["kit", "today"])
def test_a_page_of_the_phone_names_all_scripts_that_it_needs_and_no_other(entry: str) -> None:
    templates = jinja2.Environment(loader=jinja2.FileSystemLoader(ROOT / "templates"), autoescape=True)
    page = templates.get_template("fieldwork/_modules.html").render(entry=entry, asset=lambda name: name)
    first, later = (re.findall(pattern, page) for pattern in (r'(?:modulepreload" href|src)="([^"]+)"', r'later" href="([^"]+)"'))
    needed = whole([f"{FIELD}{entry}.js"], later=False)
    assert sorted(first) == sorted(needed)
    assert sorted(later) == sorted(whole(needed, later=True) - needed)
    assert later
