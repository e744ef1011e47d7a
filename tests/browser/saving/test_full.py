"""A full phone says of everything that it is not saved, tries all of it again, and says no longer what has been saved since."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.article("24")]
FIELD = '<input data-path="arrival/place"><small data-mark="arrival/place"></small>'


def test_what_somebody_signed_on_a_full_phone_is_said_and_written_once_there_is_room(live: Any) -> None:
    before, after, ops = live("""
      fill("ops");
      const signing = log.record("sign", "notice", { name: "x" });
      signing.catch(() => null);
      await until(() => line.dataset.is === "full");
      const before = line.dataset.is;
      empty();
      line.click();
      line.click();
      await until(() => line.dataset.is !== "full");
      return [before, line.dataset.is, (await waiting()).map(({ k, p }) => `${k} ${p}`)];""")
    assert (before, after, ops) == ("full", "ready", ["sign notice"])


def test_one_thing_saved_does_not_hide_that_another_is_not(live: Any) -> None:
    seen = live("""
      const { bindControls } = await load("controls");
      bindControls(kit);
      const [field] = main.children;
      fill("ops");
      const other = log.record("issue", "request", { until: "x" });
      other.catch(() => null);
      field.value = "东门";
      field.dispatchEvent(new Event("change", { bubbles: true }));
      await until(() => line.dataset.is === "full");
      await pause(100);
      empty();
      field.value = "西门";
      field.dispatchEvent(new Event("change", { bubbles: true }));
      await until(() => log.value("arrival/place") === "西门");
      const seen = [line.dataset.is];
      line.click();
      await until(() => line.dataset.is !== "full");
      return [...seen, line.dataset.is, log.value("arrival/place"), Boolean(log.at("request", "issue"))];""", FIELD)
    assert seen == ["full", "ready", "西门", True]


def test_a_signature_drawn_on_a_full_phone_is_said_and_kept_once_there_is_room(live: Any) -> None:
    page = '<form data-place="notice"><signature-field></signature-field></form>'
    seen = live("""
      const { startDrafts } = await load("sign/drafts");
      await startDrafts(kit);
      fill("meta");
      const drawn = { bubbles: true, detail: [[[1, 2, 3, 4]]] };
      main.querySelector("signature-field").dispatchEvent(new CustomEvent("strokes", drawn));
      await until(() => line.dataset.is === "full");
      const seen = [line.dataset.is];
      empty();
      line.click();
      await until(() => line.dataset.is !== "full");
      const kept = (await all("meta")).find(({ key }) => key.startsWith("strokes|"));
      return [...seen, line.dataset.is, kept && kept.strokes];""", page)
    assert seen == ["full", "ready", [[[1, 2, 3, 4]]]]


def test_a_list_entry_that_found_no_room_is_tried_again(live: Any) -> None:
    page = """<div><template><section><p><small data-written></small></p><form data-notes><input name="note"></form>
      </section></template>
      <section data-page><div data-entries="zone/" data-first="from"></div></section></div>"""
    seen = live("""
      const { start } = await load("apart/entries");
      await log.record("set", "zone/1", { note: "a" });
      const list = main.querySelector("[data-entries]");
      list.parentElement.append(main.querySelector("template"));
      start(kit);
      const note = list.querySelector("[name=note]");
      fill("ops");
      note.value = "b";
      note.dispatchEvent(new Event("change", { bubbles: true }));
      await until(() => line.dataset.is === "full");
      const seen = [line.dataset.is];
      empty();
      line.click();
      await until(() => line.dataset.is !== "full");
      return [...seen, line.dataset.is, log.value("zone/1").note];""", page)
    assert seen == ["full", "ready", "b"]


def test_while_the_phone_is_full_a_file_can_be_saved_elsewhere_and_nothing_else_is_left(live: Any) -> None:
    followed = live("""
      fill("ops");
      log.record("set", "pause", { until: "x" }).catch(() => null);
      await until(() => line.dataset.is === "full");
      const followed = [];
      for (const link of main.children) {
        link.addEventListener("click", (event) => { followed.push(link.id); event.preventDefault(); });
        link.click();
      }
      return [line.dataset.is, followed];""", '<a id="away" href="#x">x</a><a id="copy" href="#y" download="a.jpg">y</a>')
    assert followed == ["full", ["copy"]]


@pytest.mark.parametrize("forbidden", ["setItem", "getItem"])
def test_what_is_typed_is_written_down_where_the_browser_forbids_its_own_notes(live: Any, forbidden: str) -> None:
    assert live(f"""
      Storage.prototype.{forbidden} = () => {{ throw new DOMException("no", "SecurityError"); }};
      const {{ bindControls }} = await load("controls");
      bindControls(kit);
      const [field] = main.children;
      field.value = "东门";
      field.dispatchEvent(new Event("change", {{ bubbles: true }}));
      await until(() => log.value("arrival/place"));
      return log.value("arrival/place");""", FIELD) == "东门"
