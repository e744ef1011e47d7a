"""A chosen file is copied and written down at once; nothing that comes after may hold that up, or call it lost."""

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.article("24")]
PAGE = '<div data-path="r/x/evidence/photo"></div>'
BEGIN = """
  const { startPhotos } = await load("photos");
  const [field] = main.children;
  const faults = [];
  Object.assign(field, { busy: () => null, fault: (words) => faults.push(words) });
  startPhotos(kit);
  const photo = (name, type = "image/jpeg") => new File([name], name, { type, lastModified: Date.now() });
  const tell = (name, detail = {}) => field.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  const shoot = (...names) => names.forEach((name) => tell("shot", { file: photo(name), source: "camera" }));
  const taken = async () => (await written()).filter(({ k }) => k === "add").map(({ v }) => v);
"""
PREVIEW = "http://localhost/static/test/js/field/media/preview.js"


def preview(page: Page, script: str) -> None:
    """Another maker of small pictures."""
    page.route(PREVIEW, lambda route: route.fulfill(body=script, content_type="text/javascript"))


def test_the_second_photo_does_not_wait_for_the_small_picture_of_the_first(live: Any, empty_page: Page) -> None:
    preview(empty_page, "export const preview = () => new Promise(() => null);")
    names = live(f"""{BEGIN}
      shoot("a.jpg", "b.jpg");
      await until(async () => (await taken()).length === 2);
      return (await taken()).map(({{ name }}) => name);""", PAGE)
    assert names == ["a.jpg", "b.jpg"]


def test_a_photo_whose_small_picture_finds_no_room_is_saved_and_not_called_lost(live: Any, empty_page: Page) -> None:
    preview(empty_page, "export const preview = async () => { window.asked = true; return new ArrayBuffer(9); };")
    names, faults, told = live(f"""{BEGIN}
      fill("media");
      shoot("a.jpg");
      await until(() => window.asked);
      await pause(200);
      return [(await taken()).map(({{ name }}) => name), faults, line.dataset.is];""", PAGE)
    assert (names, faults, told) == (["a.jpg"], [None], "ready")


def test_a_photo_that_finds_no_room_is_said_beside_it_and_shuts_no_way(live: Any) -> None:
    faults, told = live(f"""{BEGIN}
      fill("chunk");
      shoot("a.jpg");
      await until(() => faults.length);
      return [faults, line.dataset.is];""", PAGE)
    assert (faults, told) == (["photo_failed"], "ready")


def test_signing_waits_until_every_chosen_file_is_written_down(live: Any) -> None:
    order = live(f"""{BEGIN}
      const {{ saveAll }} = await load("controls");
      const digest = crypto.subtle.digest;
      crypto.subtle.digest = async function slowly(...asked) {{ await pause(150); return digest.apply(this, asked); }};
      shoot("a.jpg", "b.jpg");
      await saveAll(kit);
      await log.record("sign", "r/x/record", {{}});
      return (await written()).map(({{ k }}) => k);""", PAGE)
    assert order == ["add", "add", "sign"]


def test_a_record_cannot_be_signed_while_something_is_being_saved(live: Any) -> None:
    assert live("""
      const { unfinished } = await load("sign/record");
      kit.files = 1;
      const before = unfinished({ ...kit, data: { tasks: [{ vt: "x", checks: [] }], proposes: {} } }, "x");
      kit.files = 0;
      return [before, unfinished({ ...kit, data: { tasks: [{ vt: "x", checks: [] }], proposes: {} } }, "x")];
    """) == ["need_saved", "need_category"]


def test_a_photo_still_being_copied_is_missed_after_a_kill_though_the_camera_is_long_closed(live: Any) -> None:
    during, after = live(f"""{BEGIN}
      let go = null;
      const digest = crypto.subtle.digest;
      crypto.subtle.digest = async function wait(...asked) {{
        await new Promise((resolve) => {{ go = resolve; }});
        return digest.apply(this, asked);
      }};
      tell("picking");
      shoot("a.jpg");
      window.dispatchEvent(new Event("focus"));
      await pause(1300);
      await until(() => go);
      const during = Boolean(await meta("camera"));
      crypto.subtle.digest = digest;
      go();
      await until(async () => !(await meta("camera")));
      return [during, Boolean(await meta("camera"))];""", PAGE)
    assert (during, after) == (True, False)


def test_after_a_camera_that_gave_nothing_no_photo_is_missed(live: Any) -> None:
    assert not live(f"""{BEGIN}
      tell("picking");
      await until(() => meta("camera"));
      window.dispatchEvent(new Event("focus"));
      await until(async () => !(await meta("camera")));
      return meta("camera");""", PAGE)




@pytest.mark.parametrize(("arrived", "found", "lat"), [(5, "null", "36.1"), (20, "null", None), (20, "36.5", "36.500000")])
def test_a_photo_carries_the_place_of_the_arrival_or_a_newer_one(live: Any, arrived: int, found: str, lat: str | None) -> None:
    """The phone needs a moment to say where it is; it may not say it at all."""
    fixes = live(f"""{BEGIN}
      const at = {{ lat: "36.1", lng: "117.2", accuracy_m: "12", at: Date.now() - {arrived} * 60000 }};
      await log.record("set", "arrival/fix", at);
      navigator.geolocation.getCurrentPosition = async (yes, no) => {{
        await pause(300);
        if ({found} === null) no();
        else yes({{ coords: {{ latitude: {found}, longitude: 117.2, accuracy: 8 }}, timestamp: Date.now() }});
      }};
      tell("picking");
      shoot("a.jpg");
      await until(async () => (await taken()).length);
      return (await taken()).map(({{ fix }}) => fix && fix.lat);""", PAGE)
    assert fixes == [lat]
