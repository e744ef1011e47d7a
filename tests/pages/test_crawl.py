"""Every page in both languages: it renders, strictly, whoever opens it, and leaves no word untranslated."""

import re
from gettext import NullTranslations

import sqlalchemy as sa
from flask import Flask
from flask_babel import get_translations
from jinja2 import StrictUndefined

from fieldapp import db
from fieldapp.registry.models import ImportBatch
from tests.access.cells import cells
from tests.databases import ON_SQLITE
from tests.house.files import ROOT, files
from tests.house.pages import templates
from tests.pages.poison import Poison
from tests.pages.visiting import Address, clients

CHINESE = re.compile(r"[\N{CJK UNIFIED IDEOGRAPH-4E00}-\N{CJK UNIFIED IDEOGRAPH-9FFF}]")
OF_A_VALUE = re.compile(r"(?<![\w.])_\(\s*(?![\"'\s])([^)]*)")
OURS = re.compile(r"[\w.]*label\b|verb_label\(")


class Missing(NullTranslations):
    """Remembers what the English catalogue does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()

    def gettext(self, message: str) -> str:
        if CHINESE.search(message):
            self.words.add(message)
        return message


@ON_SQLITE
def test_every_page_renders_in_chinese(stage: Flask, pages: list[Address]) -> None:
    """For its best reader; for everybody it renders in tests/access, where all are asked for."""
    stage.jinja_env.undefined = StrictUndefined
    readers = clients(stage)
    texts = {one: readers[one.user].get(one.path).text for one in pages}
    assert [one for one, text in texts.items() if 'lang="zh-CN"' not in text[:600]] == []


@ON_SQLITE
def test_every_page_renders_in_english_for_everybody_who_may_open_it(stage: Flask) -> None:
    stage.jinja_env.undefined = StrictUndefined
    missing = _listen(stage)
    pages, odd, found = 0, [], cells(stage, reading=True)
    for user, client in clients(stage).items():
        client.set_cookie("language", "en")
        for cell in found:
            if not cell.admits(user) or not cell.sees(user) or ".xlsx" in cell.path:
                continue
            answer = client.get(cell.path)
            if answer.status_code not in {200, 303}:
                odd.append(f"{user}: {cell}: {answer.status_code}")
            if answer.mimetype != "text/html" or answer.status_code != 200:
                continue
            pages += 1
            if 'lang="en"' not in answer.text[:600]:
                odd.append(f"{user}: {cell}: not in English")
    print(f"{pages} pages in English, {len(missing.words)} words without a translation")
    assert odd == []
    assert missing.words - _data() == set()


IN_MAKING = {"waiting"}
"""Seen only while a file is being made: asked for in tests/documents/test_file.py."""


@ON_SQLITE
def test_a_fragment_is_the_same_thing_less_of_it(stage: Flask, pages: list[Address]) -> None:
    """Every element that a template asks for is a named block, and the page answers with that element alone."""
    stage.jinja_env.undefined = StrictUndefined
    wanted = _targets()
    with db.transaction(write=True):
        db.session.execute(sa.update(ImportBatch).where(ImportBatch.state == "previewed").values(state="accepting"))
    readers, asked, odd = clients(stage), set(), []
    for address in pages:
        client = readers[address.user]
        page = client.get(address.path).text
        for name in wanted:
            if f'hx-target="#{name}"' not in page:
                continue
            asked.add(name)
            headers = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": f"section#{name}"}
            path = (re.search(rf'hx-get="([^"]+)"[^>]*hx-target="#{name}"', page) or re.match("()", page))[1] or address.path
            part = client.get(path.replace("&amp;", "&"), headers=headers)
            replaced = re.search(rf'hx-target="#{name}"[^>]*hx-swap="outerHTML"', page) is not None
            bears_its_name = f'id="{name}"' in part.text
            if part.status_code != 200 or not part.text.strip() or bears_its_name != replaced or "<html" in part.text:
                odd.append(f"{path} #{name}: {part.status_code} {part.text[:80]!r}")
    print(f"fragments asked for: {sorted(asked)} of {sorted(wanted)}")
    assert odd == []
    assert asked == wanted - IN_MAKING


def test_only_words_of_ours_go_through_the_catalogue_in_templates() -> None:
    """There `_()` takes its text for markup and for a format: what people wrote goes through `|word` instead."""
    found = [f"{file.relative_to(ROOT)}: _({said}" for file in files(ROOT, ".html", under="templates")
             for said in OF_A_VALUE.findall(file.read_text(encoding="utf-8")) if not OURS.match(said)]
    assert found == []


def _data() -> set[str]:
    """What people have written: it too is looked up where a fact may be a word of ours."""
    poison = Poison()
    poison.spread()
    return set(poison.given)


def _targets() -> set[str]:
    found = {element.attributes.get("hx-target", "") for _path, all_ in templates(ROOT) for element in all_}
    return {target.removeprefix("#") for target in found if target.startswith("#")}


def _listen(app: Flask) -> Missing:
    """Put the ear at the end of the catalogue's chain; what is missing there is missing."""
    missing = Missing()
    with app.test_request_context("/", headers={"Cookie": "language=en"}):
        get_translations().add_fallback(missing)
    return missing
