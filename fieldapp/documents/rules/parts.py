"""The parts of which a document is put together: values only, frozen as they stand, laid out by the template."""

from collections.abc import Sequence
from typing import Any

Part = dict[str, Any]
DATED = ("\N{IDEOGRAPHIC SPACE}" * 2).join(("", "年", "月", "日"))


def heading(text: str) -> Part:
    """A heading over what follows."""
    return {"is": "heading", "text": text}


def addressee(text: str) -> Part:
    """To whom a letter goes, on a line of its own."""
    return {"is": "addressee", "text": text}


def text(*lines: str) -> Part:
    """Running text, one paragraph a line; empty lines are left out."""
    return {"is": "text", "lines": [line for line in lines if line]}


def numbered(lines: Sequence[str]) -> Part:
    """A numbered list."""
    return {"is": "list", "lines": list(lines)}


def facts(*rows: tuple[str, str]) -> Part:
    """Names and values in two columns; what is empty is shown as such."""
    return {"is": "facts", "rows": [[name, value or "—"] for name, value in rows]}


def table(head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, size: int = 10,
          mono: bool = False) -> Part:
    """A table under its head; `widths` are shares, `size` points, `mono` for hashes."""
    return {"is": "table", "head": list(head), "rows": [list(row) for row in rows], "widths": list(widths), "size": size,
            "mono": mono}


def signature(role: str, name: str, at: str = "", *, strokes: Sequence[Any] = (), note: str = "") -> Part:
    """One who signed: as what, when, with which strokes (points as whole numbers in a box of 1000 × 475)."""
    lines = [[[int(x), int(y)] for x, y, *_rest in stroke] for stroke in strokes if stroke]
    return {"role": role, "name": name, "at": at, "strokes": lines, "note": note}


def to_sign(role: str, name: str = "", at: str = DATED) -> Part:
    """A place for a hand on paper, and for the day beside it."""
    return signature(role, name, at) | {"blank": True}


def signatures(rows: Sequence[Part]) -> Part:
    """Those who signed, or the places where they will."""
    return {"is": "signed", "rows": list(rows)}


def slip(title: str, lines: Sequence[str], rows: Sequence[Part]) -> Part:
    """What the receiver fills in under a letter, cuts off and sends back."""
    return {"is": "slip", "title": title, "lines": list(lines), "rows": list(rows)}


def picture(name: str, code: str, at: str, sha256: str) -> Part:
    """A picture of an original by its SHA-256: the code that people compare, when it was taken."""
    return {"name": name, "code": code, "at": at, "sha256": sha256}


def pictures(rows: Sequence[Part]) -> Part:
    """Pictures, three in a row."""
    return {"is": "pictures", "rows": list(rows)}


def form(title: str, authority: str, day: str, parts: Sequence[Part]) -> dict[str, Any]:
    """The content of a document as it is frozen; parts that say nothing are left out."""
    empty = {"text": "lines", "list": "lines", "signed": "rows", "pictures": "rows", "table": "rows"}
    kept = [one for one in parts if one["is"] not in empty or one[empty[one["is"]]]]
    return {"title": title, "authority": authority, "day": day, "parts": kept}
