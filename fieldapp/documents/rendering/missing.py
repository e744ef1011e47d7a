"""Characters that no font at hand has are printed by their code: 〔U+1F600〕; a document is never held up by one."""

import re
from typing import Any

_NAMED = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
_UNCOMMON = re.compile(r"[^\n\t -~\u00a0-\u00ff\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")


def missing_text(message: str) -> str | None:
    """The characters that a message of typst says no font has; None where it speaks of something else."""
    named = _NAMED.search(message)
    return _ESCAPED.sub(_meant, named[1]) if named else None


def spelt(page: Any, missing: str) -> Any:
    """The page with those characters by their codes, wherever they stand together."""
    return _changed(page, re.compile(re.escape(missing)))


def all_spelt(page: Any) -> Any:
    """The page with everything by its code that is neither Latin, nor Chinese as most fonts have it, nor their punctuation."""
    return _changed(page, _UNCOMMON)


def _changed(one: Any, pattern: re.Pattern[str]) -> Any:
    if isinstance(one, str):
        return pattern.sub(_codes, one)
    if isinstance(one, dict):
        return {name: _changed(value, pattern) for name, value in one.items()}
    return [_changed(value, pattern) for value in one] if isinstance(one, list | tuple) else one


def _codes(found: re.Match[str]) -> str:
    return "〔" + " ".join(f"U+{ord(letter):04X}" for letter in found[0]) + "〕"


def _meant(escaped: re.Match[str]) -> str:
    return chr(int(escaped[1], 16)) if escaped[1] else _SHORT.get(escaped[2], escaped[2])
