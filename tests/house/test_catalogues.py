"""Whoever reads English reads all of it."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.house.files import NOT_OURS, ROOT, files, lay
from tests.house.pages import Element, templates

ENGLISH = "fieldapp/translations/en/LC_MESSAGES"
KEYWORDS = {"N_": None, "_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
METHODS = [("fieldapp/**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
PLACE = re.compile(r"%\((\w+)\)[sd]")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
READ_ALOUD = ("alt", "aria-label", "aria-description", "placeholder", "title", "value", "content")

MessageId = str | tuple[str, ...]


def marked(root: Path) -> dict[MessageId, str]:
    """Every message of the code and the templates, with the place where it stands first."""
    found: dict[MessageId, str] = {}
    extracted = extract_from_dir(root, METHODS, keywords=KEYWORDS, directory_filter=_is_ours)
    for file, line, message, _comments, _context in extracted:
        found.setdefault(message, f"{file}:{line}")
    return found


def translated(root: Path) -> Iterator[tuple[Path, Message]]:
    for file in files(root, ".po", under=ENGLISH):
        with file.open("rb") as source:
            catalogue: Catalog = read_po(source, locale="en", abort_invalid=True)
        yield from ((file, message) for message in catalogue if message.id)


def untranslated(root: Path) -> Iterator[str]:
    known = {message.id for _, message in translated(root) if all(_texts(message.string)) and not message.fuzzy}
    for message, place in marked(root).items():
        if message not in known:
            yield f"{place} {message}"


def spoiled(root: Path) -> Iterator[str]:
    """Translations that lose a place, or that differ from one file to another."""
    first: dict[MessageId, object] = {}
    for file, message in translated(root):
        wanted = set(PLACE.findall(" ".join(_texts(message.id))))
        if any(set(PLACE.findall(text)) - wanted for text in _texts(message.string)) or (
                wanted - set(PLACE.findall(_texts(message.string)[-1]))):
            yield f"{file.name}: {message.id} has other places than {message.string}"
        if first.setdefault(message.id, message.string) != message.string:
            yield f"{file.name}: {message.id} is {message.string}, elsewhere {first[message.id]}"


def forgotten(root: Path) -> Iterator[str]:
    """Translations of what nobody says any more."""
    said = marked(root)
    yield from (f"{file.name}: {message.id}" for file, message in translated(root) if message.id not in said)


def bare(root: Path) -> Iterator[str]:
    """Chinese that stands in a template without passing through a catalogue, unless its element says `lang="zh…"`."""
    for path, found in templates(root):
        for element in found:
            if not _is_chinese_on_purpose(element):
                said = (element.text, *(element.attributes.get(name, "") for name in READ_ALOUD))
                yield from (f"{path}:{element.line} {words}" for text in said for words in CHINESE.findall(text))


def _is_chinese_on_purpose(element: Element) -> bool:
    return any(outer.attributes.get("lang", "").startswith("zh") for outer in (*element.around, element))


def _texts(message: MessageId | list[str]) -> tuple[str, ...]:
    return (message,) if isinstance(message, str) else tuple(message)


def _is_ours(folder: str) -> bool:
    return Path(folder).name not in NOT_OURS


def test_every_message_is_translated() -> None:
    assert list(untranslated(ROOT)) == []


def test_every_translation_fills_the_same_places_everywhere() -> None:
    assert list(spoiled(ROOT)) == []


def test_every_translation_is_used() -> None:
    assert list(forgotten(ROOT)) == []


def test_no_chinese_stands_bare_in_a_template() -> None:
    assert list(bare(ROOT)) == []


def test_gaps_in_the_catalogues_are_caught(tmp_path: Path) -> None:
    lay(tmp_path, **{
        "fieldapp/draw/rules.py": 'LABEL = N_("抽取")\nraise Refusal("x", N_("只有 %(have)s 席"), have=2)\n',
        "templates/draw/show.html": '{{ _("公告") }}<p title="标题">裸<b lang="zh">中文</b></p>',
        f"{ENGLISH}/draw.po": _po("只有 %(have)s 席", "only %(had)s") + _entry("抽取", "draw") + _entry("旧", "old"),
        f"{ENGLISH}/tasks.po": _po("抽取", "drawing"),
    })
    assert list(untranslated(tmp_path)) == ["templates/draw/show.html:1 公告"]
    assert [fault.partition(" ")[0] for fault in spoiled(tmp_path)] == ["draw.po:", "tasks.po:"]
    assert list(forgotten(tmp_path)) == ["draw.po: 旧"]
    assert list(bare(tmp_path)) == ["templates/draw/show.html:1 裸", "templates/draw/show.html:1 标题"]


def _po(message: str, translation: str) -> str:
    return 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' + _entry(message, translation)


def _entry(message: str, translation: str) -> str:
    return f'\nmsgid "{message}"\nmsgstr "{translation}"\n'
