"""Reading templates as HTML: Jinja is masked, elements keep their ancestors."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from tests.house.files import files

JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
EXPRESSION = "\N{WHITE SQUARE}"


@dataclass
class Element:
    """One element of a template: where it stands, what it says, what is around it."""

    tag: str
    line: int
    attributes: dict[str, str]
    around: list["Element"]
    inside: list["Element"] = field(default_factory=list)
    text: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("", 1, {}, [])]
        self.all = [self.open[0]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, self.getpos()[0], {name: value or "" for name, value in attrs}, list(self.open))
        self.all.append(element)
        for outer in self.open:
            outer.inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self.open) - 1, 0, -1):
            if self.open[place].tag == tag:
                del self.open[place:]
                return

    def handle_data(self, data: str) -> None:
        self.open[-1].text += data


def elements(text: str) -> list[Element]:
    """All elements of a template; an expression becomes one square, a statement or comment a space."""
    reader = _Reader()
    reader.feed(JINJA.sub(_mask, text))
    reader.close()
    return reader.all


def templates(root: Path) -> Iterator[tuple[str, list[Element]]]:
    """Every HTML template: its path from the root, its elements."""
    for file in files(root, ".html", under="templates"):
        yield file.relative_to(root).as_posix(), elements(file.read_text(encoding="utf-8"))


def _mask(match: re.Match[str]) -> str:
    expression = match[0].startswith("{{")
    return (EXPRESSION if expression else " ") + "\n" * match[0].count("\n")
