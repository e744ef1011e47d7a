"""`fieldapp law`: article → rule → file:line, and what is still open."""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fieldapp.app import load_areas
from fieldapp.config import HOME
from fieldapp.law import citations
from fieldapp.oversight.rules import ARTICLES_WITHOUT_CODE, OPEN_ARTICLES

FIRST, LAST = 3, 29


def add_commands(commands: Any) -> None:
    """Add `law [--json]`."""
    law = commands.add_parser("law", help="which rule carries which article")
    law.add_argument("--json", action="store_true")
    law.set_defaults(run=show_law)


def rows() -> Iterator[dict[str, Any]]:
    """For every article 3–29 its rules (`built`), what is missing (`open`), or why no code can carry it (`no_code`)."""
    load_areas()
    cited = citations()
    for number in map(str, range(FIRST, LAST + 1)):
        for citation in (c for c in cited if c.article == number):
            file = str(Path(citation.file).resolve().relative_to(HOME))
            yield {"article": number, "status": "built", "rule": citation.rule, "file": file, "line": citation.line,
                   "note": citation.note}
        for status, notes in (("open", OPEN_ARTICLES), ("no_code", ARTICLES_WITHOUT_CODE)):
            if number in notes:
                yield {"article": number, "status": status, "rule": None, "file": None, "line": None,
                       "note": notes[number]}


def show_law(words: argparse.Namespace) -> int:
    """Print the index."""
    found = list(rows())
    if words.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for row in found:
        place = f"{row['file']}:{row['line']}" if row["file"] else row["status"]
        print(f"{row['article']:>3}  {row['rule'] or '':<58} {place:<44} {row['note']}")
    return 0
