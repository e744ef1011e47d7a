"""A phone with a kit: its pages, its storage, and lines of script that run in it over the kit's own modules."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.walk.people import row_of

MODULES = """
  const root = document.querySelector("script[type=module]").src.replace(/[^/]+$/, "");
  const { Store, ask } = await import(`${root}log/store.js`);
  const { Log } = await import(`${root}log/ops.js`);
  const { freeze } = await import(`${root}log/chunks.js`);
  const kit = document.getElementById("kit");
  const data = JSON.parse(kit ? kit.dataset.kit : document.getElementById("today").dataset.today);
  const store = new Store(data.person.id);
"""
HERE = 'for (const { id, name } of data.members) await log.record("add", `present/${id}`, { name, by: "own_phone" }, { by: id });'
DUMP = """
  const said = [];
  const tell = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) said.push(new TextDecoder("latin1").decode(value),
      new TextDecoder().decode(value));
    else if (value && typeof value === "object") Object.entries(value).forEach(([key, one]) => { said.push(key); tell(one); });
    else said.push(String(value));
  };
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve) => { indexedDB.open(name).onsuccess = ({ target }) => resolve(target.result); });
    for (const each of database.objectStoreNames) {
      await new Promise((resolve) => {
        database.transaction(each).objectStore(each).getAll().onsuccess = ({ target }) => { tell(target.result); resolve(); };
      });
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      said.push(request.url, await (await cache.match(request)).text());
    }
  }
  said.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage));
  return said.join("\\n");
"""


@dataclass
class Phone:
    """One person's phone; `name` is the object whose kit is open."""

    page: Page
    name: str

    def prepare(self) -> None:
        """Put the day onto the phone."""
        self.page.goto("/field/")
        self.page.get_by_role("button", name="准备今天的检查").click()
        expect(row_of(self.page, self.name).get_by_text("● 已存本机")).to_be_visible(timeout=20_000)
        self.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    def open_kit(self) -> None:
        """Open the kit from the list."""
        row_of(self.page, self.name).get_by_role("link", name=self.name).click()
        expect(self.page.locator("#kit[data-ready][data-kept=true]")).to_be_visible()

    def run(self, lines: str, argument: Any = None) -> Any:
        """Run lines of script over the modules of the page that is open."""
        return self.page.evaluate(f"async (argument) => {{ {MODULES} {lines} }}", argument)

    def write(self, lines: str, argument: Any = None) -> Any:
        """Write operations of the visit down, as the page would, with `log` and `freeze`."""
        opening = """
          const log = new Log(store, { visit: data.visit, person: data.person, form: data.form });
          await log.load(data.state);
          const vt = data.tasks[0].vt;"""
        return self.run(f"{opening} {lines}", argument)

    def bring_everybody(self) -> None:
        """Note that the whole team is there, and open the kit anew."""
        self.write(HERE)
        self.open_anew()

    def open_anew(self) -> None:
        """Load the kit again, as it is kept."""
        self.page.reload()
        self.page.locator("#kit[data-ready]").wait_for()

    def look_like(self, look: dict[str, str]) -> None:
        """Have the server draw the kit in another theme, size or language."""
        self.wear(look)
        self.page.evaluate("() => caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
        self.open_anew()
        assert str(self.page.locator("html").get_attribute("lang")).startswith(look["language"])

    def wear(self, look: dict[str, str]) -> None:
        """From now on the server draws every page so."""
        host = self.page.url.split("/")[2].split(":")[0]
        self.page.context.add_cookies([{"name": name, "value": one, "domain": host, "path": "/"} for name, one in look.items()])

    def pages(self) -> list[str]:
        """The names of all pages of the kit."""
        return list(self.page.evaluate("() => Array.from(document.querySelectorAll('[data-page]'), ({ id }) => id)"))

    def show(self, name: str) -> bool:
        """Turn to a page of the kit, alone; whether it is one that applies to this visit as it stands."""
        self.page.evaluate("name => { location.hash = name; }", name)
        self.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))")
        shown = str(self.page.locator("#kit").get_attribute("data-shown"))
        assert self.page.locator("[data-page]:visible").evaluate_all("pages => pages.map(({ id }) => id)") == [shown]
        return shown == name

    def hand_over(self, code: str) -> list[str]:
        """The notice goes into the party's hands; nobody has a PIN, so this code is made. Gives the pages that go with it."""
        assert self.show("notice")
        button = self.page.locator("[data-page]:visible [data-hand]")
        pages = str(button.get_attribute("data-hand")).split()
        button.click()
        for field in ("#hand-new", "#hand-again"):
            self.page.locator(field).fill(code)
        self.page.locator("form[data-run=handOver] button").click()
        expect(self.page.locator("body[data-held]")).to_have_count(1)
        return pages

    def dump(self) -> str:
        """Everything that lies in the phone's storage, as text."""
        return str(self.page.evaluate(f"async () => {{ {DUMP} }}"))

    def state(self, name: str) -> str | None:
        """A fact of the line that says where everything is: is, unsent, received, attention."""
        return self.page.locator("#state").get_attribute(f"data-{name}")
