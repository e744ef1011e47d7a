"""An open log in an empty page, and a server that answers it as the test wishes."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Route

VISIT = "01900000-0000-7000-8000-000000000001"
PERSON = "01900000-0000-7000-8000-000000000011"
BEGIN = """
  const { Store, ask } = await import("/static/test/js/field/log/store.js");
  const { Log } = await import("/static/test/js/field/log/ops.js");
  const { outbox } = await import("/static/test/js/field/log/outbox.js");
  const { Sync } = await import("/static/test/js/field/log/sync.js");
  const { freeze } = await import("/static/test/js/field/log/chunks.js");
  const store = new Store(argument.person);
  const log = new Log(store, { visit: argument.visit, person: { id: argument.person }, form: 1 });
  await log.load({ values: {}, items: {}, events: [], reopened: {} });
  const waiting = async () => (await outbox(store, 50)).ops;
  const all = async (name) => store.read([name], (t) => ask(t.objectStore(name).getAll()));
  const send = () => new Promise((resolve) => {
    const sync = new Sync(store, (state) => state.is === "sending" || resolve(state));
    sync.wake();
  });
"""


def over_log(page: Page, *more: str) -> Callable[[str], Any]:
    """What runs lines of script over an open log in a page, with what they need beside it."""

    def run(lines: str) -> Any:
        return page.evaluate(f"async (argument) => {{ {BEGIN} {' '.join(more)} {lines} }}", {"person": PERSON, "visit": VISIT})

    return run


def answer(page: Page, path: str, body: Any, status: int = 200) -> list[Any]:
    """Let the server answer a path, by a value or by a function of the request's JSON; gives what was asked."""
    asked: list[Any] = []

    def serve(route: Route) -> None:
        asked.append(route.request.post_data_json if route.request.method == "POST" else route.request.url)
        said = body(asked[-1]) if callable(body) else body
        kind = "text/html" if isinstance(said, str) else "application/json"
        route.fulfill(status=status, body=said if isinstance(said, str) else json.dumps(said), content_type=kind)

    page.route(f"http://localhost{path}", serve)
    return asked


def name_of(url: str) -> str:
    """The chunk that an address names."""
    return url.rpartition("/")[2].partition("?")[0]


def receipts(request: Any) -> dict[str, Any]:
    """What the server says when it has everything."""
    out = [{"id": op["id"], "n": op["n"], "receipt": op["n"] + 100, "received_at": 1} for op in request["ops"]]
    return {"out": out, "changes": [], "cursor": request["since"], "now": 1}
