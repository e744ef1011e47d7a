"""A signature redrawn from its strokes."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

BOX = "0 0 1000 475"


def ink(strokes: Sequence[Any]) -> Markup | None:
    """The strokes as one SVG path; None for a signature without strokes. Everything in it is a whole number."""
    lines = [" ".join(f"{int(x)} {int(y)}" for x, y, *_rest in stroke) for stroke in strokes if stroke]
    if not lines:
        return None
    path = "".join(f"M{line}" for line in lines)
    return Markup(  # noqa: S704 - built from integers alone
        f'<svg viewBox="{BOX}" aria-hidden="true"><path fill="none" stroke="currentColor" stroke-width="6" '
        f'stroke-linecap="round" stroke-linejoin="round" d="{path}"/></svg>')
