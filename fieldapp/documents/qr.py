"""QR codes as SVG: one path, sharp edges, sized by the style sheet."""

from functools import lru_cache
from itertools import groupby

import qrcode
from markupsafe import Markup

QUIET = 4


@lru_cache(maxsize=1024)
def qr_svg(text: str, label: str = "", *, dense: bool = False) -> Markup:
    """The QR code of a text, with the quiet zone that readers need; `label` says aloud what it leads to.

    A long one is `dense`: less of it may be covered, so that it has fewer modules.
    """
    level = qrcode.constants.ERROR_CORRECT_L if dense else qrcode.constants.ERROR_CORRECT_M
    code = qrcode.QRCode(error_correction=level, border=0)
    code.add_data(text)
    code.make(fit=True)
    modules = code.get_matrix()
    side = len(modules) + 2 * QUIET
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="qr-code" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" {spoken}>'
                  '<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{dark}"/></svg>').format(
                      side=side, spoken=spoken, dark=_path(modules))


def qr_image(text: str) -> bytes:
    """The QR code of a text as a drawing of its own, for a file."""
    return str(qr_svg(text)).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).encode()


def _path(modules: list[list[bool]]) -> str:
    """The dark modules, row by row, each run as one rectangle."""
    runs = []
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                runs.append(f"M{x + QUIET} {y + QUIET}h{length}v1h-{length}z")
            x += length
    return "".join(runs)
