"""A reader's browser draws substitutes again: the chain of codes, the lowest ticket of the pool."""

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fieldapp.draw import rules
from tests.databases import ON_SQLITE
from tests.live import Live

pytestmark = pytest.mark.browser
KEY, LEAF, POOL = b"\7" * 32, sha256(b"leaf").digest(), [f"inspector-{number}" for number in range(9)]
MAKE = """async () => {
  const script = document.querySelector("link[rel=icon]").href.replace("mark.svg", "js/elements/verify/substitutes.js");
  document.body.innerHTML = '<verify-substitutes data-ok="ok {n}" data-bad="bad" data-failed="failed"'
    + ' data-manifest="/x/manifest.json" data-list="/x/substitutes.json">'
    + '<button hidden>check</button><p role="status" hidden></p></verify-substitutes>';
  await import(script);
}"""


def drawn() -> list[dict[str, Any]]:
    """Two substitutes, honestly drawn."""
    found = []
    for number in (1, 2):
        code = rules.substitute_code(KEY, number)
        circle, inspector = rules.draw_substitute(code, LEAF, {rules.Circle.SAME: POOL}) or (None, "")
        found.append({"number": number, "code": code.hex(), "leaf": LEAF.hex(), "seat": "certified", "circle": str(circle),
                      "sizes": {"same": 9, "any_condition": 9, "directory": 9}, "pool": POOL, "inspector": inspector})
    return found


@ON_SQLITE
@pytest.mark.article("18")
def test_a_browser_draws_the_substitutes_again(live: Live, open_phone: Callable[..., Page]) -> None:
    page = open_phone(base_url=live.url)
    files: dict[str, Any] = {"manifest.json": {"substitutes": {"chain": rules.chain_head(KEY).hex()}}}
    page.route("**/x/*.json", lambda route: route.fulfill(json=files[route.request.url.rpartition("/")[2]]))
    page.goto("/public/draws")
    honest = drawn()
    others = {name: [{**one, **change} for one in honest] for name, change in (
        ("another inspector", {"inspector": "inspector-x"}), ("another code", {"code": "0" * 64}),
        ("a wider circle", {"circle": "directory"}), ("a smaller pool", {"pool": POOL[:4]}))}
    for name, listed, said in [("as drawn", honest, "ok"), ("one left out", honest[1:], "bad"),
                               *((name, listed, "bad") for name, listed in others.items())]:
        files["substitutes.json"] = json.loads(json.dumps(listed))
        page.evaluate(MAKE)
        page.get_by_role("button", name="check").click()
        expect(page.locator("verify-substitutes[data-verdict]"), name).to_have_attribute("data-verdict", said)
