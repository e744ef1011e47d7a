"""What the phone's pages weigh, gzip -9: the figures of the README's table. `python -m tests.bench.bench_weight`."""

import gzip
import json
import logging
import re
import tempfile
from pathlib import Path

from flask.testing import FlaskClient

from fieldapp import config
from fieldapp.app import create_app
from tests.bench.bench_pages import prepare
from tests.product import browser_of

VISITS = 5
SCRIPTS = re.compile(r'<(?:link rel="modulepreload" href|script[^>]* src)="([^"]+)"')
STYLES = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
PICTURES = re.compile(r'<img[^>]* src="([^"]+)"')


def packed(content: bytes) -> int:
    """Bytes as gzip -9 packs them."""
    return len(gzip.compress(content, 9))


class Scales:
    """Weighs what a browser would fetch."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def read(self, address: str) -> bytes:
        """The content of an address, unpacked."""
        answer = self.client.get(address, headers={"Accept-Encoding": "identity"})
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        return answer.data

    def all(self, addresses: set[str]) -> int:
        """Together."""
        return sum(packed(self.read(address)) for address in addresses)


def figures(scales: Scales, today: str, kit: str) -> dict[str, int]:
    """Each name with its bytes."""
    page, first = scales.read(kit).decode(), scales.read(today).decode()
    scripts, styles = set(SCRIPTS.findall(page)), set(STYLES.findall(page))
    worker = scales.read("/field/sw.js").decode()
    release = set(json.loads(worker[worker.index("{"):worker.index("};") + 1])["assets"])
    later = {one for one in release if one.endswith(".js")} - scripts - set(SCRIPTS.findall(first))
    portraits = set(PICTURES.findall(page))
    weights = {
        "kit: scripts at its first load": scales.all(scripts),
        "kit: scripts loaded when they are used": scales.all(later),
        "Today: scripts at its first load, htmx among them": scales.all(set(SCRIPTS.findall(first))),
        "style": scales.all(styles),
        "kit: the page": packed(page.encode()),
        "Today: the page": packed(first.encode()),
        "portraits of a team": scales.all(portraits),
    }
    weights[f"a prepared day of {VISITS} visits"] = (
        VISITS * weights["kit: the page"] + weights["Today: the page"] + weights["portraits of a team"] + scales.all(release))
    return weights


def main() -> None:
    """Load the demonstration, weigh, print."""
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        headers, addresses = prepare(Path(folder))
        client = browser_of(create_app(config.from_environment(demonstration=True)))
        name, _, value = headers["Cookie"].partition("=")
        client.set_cookie(name, value)
        for words, weight in figures(Scales(client), addresses["today"], addresses["kit"]).items():
            print(f"{words:<52} {weight:>8,}")


if __name__ == "__main__":
    main()
