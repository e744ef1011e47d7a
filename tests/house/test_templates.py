"""Pages work without JavaScript, and nothing in them runs that the content policy would have to allow."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from tests.house.files import ROOT, files, lay
from tests.house.pages import Element, templates

LONE = re.compile(r'<p(?: class="quiet")?><a (?!class="do)[^>]*>[^<]*</a></p>')
MARK = re.compile(r"[（）、：；。，]")
CODE = re.compile(r"(\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
BARE = re.compile(r"""(?<!_\()["'][（）、：；。，]["']""")
IN_CHINESE_ALONE = ("documents", "sheets")  # official papers
WRITES = ("hx-post", "hx-put", "hx-patch", "hx-delete")


def inline_code(root: Path) -> Iterator[str]:
    for path, found in templates(root):
        for element in found:
            yield from (f"{path}:{element.line} {fault}" for fault in _code_in(element))


def without_a_plain_way(root: Path) -> Iterator[str]:
    for path, found in templates(root):
        for element in found:
            if _has(element, "hx-get") and not _leads_somewhere(element):
                yield f"{path}:{element.line} hx-get without a real href"
            if any(_has(element, name) for name in WRITES) and not _is_in_a_form(element):
                yield f"{path}:{element.line} hx-post outside a form with a real action"


def narrow(root: Path) -> Iterator[str]:
    """Links that stand alone in a line, as actions do, and have less than a finger's room."""
    for file in files(root, ".html", under="templates"):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
            if LONE.search(line):
                yield f"{file.relative_to(root)}:{number} a link alone in its line: give the line class links"


def silent(root: Path) -> Iterator[str]:
    """Pages that come back with a refusal, and do not say above everything what it is."""
    for file in files(root, ".py", under="fieldapp"):
        for page in re.findall(r'keep_form\([^"]*"([^"]+)"', file.read_text(encoding="utf-8")):
            if "parts.error_summary(" not in _whole(root, page):
                yield f"{file.relative_to(root)}: {page}"


def said_twice(root: Path) -> Iterator[str]:
    """Words of a table whose name stands there twice: only the last is ever said."""
    reader = Environment(extensions=["jinja2.ext.do"], autoescape=True)
    for file in files(root, ".html", under="templates"):
        for table in reader.parse(file.read_text(encoding="utf-8")).find_all(nodes.Dict):
            names = [pair.key.value for pair in table.items if isinstance(pair.key, nodes.Const)]
            yield from (f"{file.relative_to(root)} {name}" for name in sorted(set(names)) if names.count(name) > 1)


def foreign_marks(root: Path) -> Iterator[str]:
    """Chinese marks between words that are translated: an English sentence would stand in full-width brackets."""
    for file in files(root, ".html", under="templates"):
        if not set(IN_CHINESE_ALONE) & set(file.parts):
            found = [one for part in CODE.split(file.read_text(encoding="utf-8"))
                     for one in ([] if part.startswith("{#") else (BARE if part.startswith("{") else MARK).findall(part))]
            yield from (f"{file.relative_to(root)} {one}" for one in found)


def _whole(root: Path, page: str) -> str:
    """A template with what it includes."""
    text = (root / "templates" / page).read_text(encoding="utf-8")
    return text + "".join(_whole(root, part) for part in re.findall(r'{% include "([^"]+)"', text))


def _code_in(element: Element) -> Iterator[str]:
    if element.tag == "script" and not element.attributes.get("src"):
        yield "inline script"
    if element.tag == "style":
        yield "inline style"
    for attribute, value in element.attributes.items():
        name = attribute.removeprefix("data-")
        if name.startswith("on"):
            yield f"event attribute {name}"
        elif name.startswith("hx-on"):
            yield f"hx-on: {name}"
        elif name == "style":
            yield "style attribute"
        elif name.startswith("hx-trigger") and "[" in value:
            yield "trigger filter"
        elif value.strip().lower().startswith(("js:", "javascript:")):
            yield f"code as the value of {name}"


def _has(element: Element, name: str) -> bool:
    return any(attribute.removeprefix("data-").partition(":")[0] == name for attribute in element.attributes)


def _leads_somewhere(element: Element) -> bool:
    if element.tag == "form":
        return _is_real(element.attributes.get("action"))
    links = [element, *element.inside]
    return any(_is_real(link.attributes.get("href")) for link in links if link.tag == "a")


def _is_in_a_form(element: Element) -> bool:
    forms = [outer for outer in (*element.around, element) if outer.tag == "form"]
    return any(_is_real(form.attributes.get("action")) and form.attributes.get("method", "").lower() == "post"
               for form in forms)


def _is_real(address: str | None) -> bool:
    return bool(address) and not address.startswith("#")


def test_no_template_carries_code() -> None:
    assert list(inline_code(ROOT)) == []


def test_every_page_works_without_javascript() -> None:
    assert list(without_a_plain_way(ROOT)) == []


def test_every_form_that_is_refused_says_so_above() -> None:
    assert list(silent(ROOT)) == []


def test_a_link_that_stands_alone_has_a_fingers_room() -> None:
    assert list(narrow(ROOT)) == []


def test_no_word_of_a_table_stands_there_twice() -> None:
    assert list(said_twice(ROOT)) == []


def test_every_mark_between_words_is_in_the_readers_language() -> None:
    assert list(foreign_marks(ROOT)) == []


def test_a_mark_in_chinese_alone_is_caught(tmp_path: Path) -> None:
    page = """{# 、 #}{{ _("：") }}{{ a|join(_("、")) }}{{ a }}：{{ a|join("、") }}（b）"""
    lay(tmp_path, **{"templates/draw/show.html": page, "templates/documents/notice.html": page})
    assert [fault.partition(" ")[2] for fault in foreign_marks(tmp_path)] == ["：", '"、"', "（", "）"]


def test_a_word_that_stands_there_twice_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"templates/a.html": """{{ {"no": _("a"), "yes": _("b"), "no": _("c")}|tojson }}"""})
    assert list(said_twice(tmp_path)) == ["templates/a.html no"]


def test_a_link_without_a_fingers_room_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"templates/draw/show.html": """<p>See <a href="/a">a</a></p>\n<p class="links"><a href="/a">a</a></p>
<p class="quiet"><a href="{{ url_for('draw.show') }}">{{ _("a") }}</a></p>"""})
    assert [fault.partition(" ")[0] for fault in narrow(tmp_path)] == ["templates/draw/show.html:3"]


def test_a_refused_form_that_says_nothing_is_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{"fieldapp/draw/routes.py": 'keep_form(refusal, "draw/new.html", a=1)\nkeep_form(no, "draw/show.html")',
                     "templates/draw/new.html": '{% include "draw/_void.html" %}', "templates/draw/show.html": "<form>",
                     "templates/draw/_void.html": "{{ parts.error_summary() }}"})
    assert list(silent(tmp_path)) == ["fieldapp/draw/routes.py: draw/show.html"]


@pytest.mark.parametrize("broken", [
    "<script>run()</script>",
    "<style>p { color: red }</style>",
    '<p style="color: red">',
    '<body onload="run()">',
    '<button hx-on:click="run()">',
    '<button data-hx-on--click="run()">',
    """<button hx-vals='js:{"a": run()}'>""",
    '<a href="javascript:run()">',
    """<a href="{{ url_for('draw.show', id=a > b) }}" hx-trigger="click[ctrlKey]">""",
    '<input {% if x %}onchange="run()"{% endif %}>',
])
def test_code_in_a_template_is_caught(tmp_path: Path, broken: str) -> None:
    lay(tmp_path, **{"templates/draw/show.html": f"{{% extends 'x' %}}\n<main>{broken}</main>"})
    assert [fault.partition(" ")[0] for fault in inline_code(tmp_path)] == ["templates/draw/show.html:2"]


@pytest.mark.parametrize("broken", [
    """<button hx-get="{{ url_for('draw.show') }}">""",
    """<a href="#" hx-get="/draws">""",
    """<form hx-get="/draws">""",
    """<button hx-post="/draws">""",
    """<form method="post"><button hx-post="/draws"></button></form>""",
    """<form action="/draws" method="post"></form><button hx-post="/draws"></button>""",
])
def test_a_step_that_needs_javascript_is_caught(tmp_path: Path, broken: str) -> None:
    lay(tmp_path, **{"templates/draw/show.html": broken})
    assert len(list(without_a_plain_way(tmp_path))) == 1


@pytest.mark.parametrize("sound", [
    """<script src="{{ url_for('static', filename='a.js') }}" type="module"></script>""",
    """<a href="{{ url_for('draw.show') }}" hx-get="{{ url_for('draw.show') }}">""",
    """<section id="progress" hx-get="/imports/1" hx-trigger="every 2s"><a href="/imports/1"></a></section>""",
    """<form action="/draws" hx-get="/draws">""",
    """<form action="/draws" method="post"><p><br><button hx-post="/draws"></button></form>""",
])
def test_a_sound_template_is_left_alone(tmp_path: Path, sound: str) -> None:
    lay(tmp_path, **{"templates/draw/show.html": sound})
    assert [*inline_code(tmp_path), *without_a_plain_way(tmp_path)] == []
