"""The index from the regulation's articles to the rules that carry them."""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

Rule = TypeVar("Rule", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Citation:
    """One rule that carries one article: where it stands in the code."""

    article: str
    rule: str
    file: str
    line: int
    note: str


_citations: list[Citation] = []


def article(*numbers: str) -> Callable[[Rule], Rule]:
    """Say which articles of the regulation a rule carries: `@article("16")`.

    The rule is listed by `fieldapp law`; its first docstring line becomes the note.
    """

    def cite(rule: Rule) -> Rule:
        file = inspect.getsourcefile(rule) or rule.__module__
        line = rule.__code__.co_firstlineno if hasattr(rule, "__code__") else inspect.getsourcelines(rule)[1]
        note = (inspect.getdoc(rule) or "").partition("\n")[0]
        for number in numbers:
            _citations.append(Citation(number, f"{rule.__module__}.{rule.__qualname__}", file, line, note))
        return rule

    return cite


def citations() -> list[Citation]:
    """All citations of the modules imported so far, in the order of the articles."""
    return sorted(_citations, key=lambda c: (int(c.article), c.rule))
