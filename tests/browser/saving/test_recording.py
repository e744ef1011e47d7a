"""A sound recording is evidence however it ends: by a signature, a closing, a colleague's closing, a killed browser."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.article("24")]
PAGE = '<div data-path="r/x/evidence/photo"></div>'
BEGIN = """
  kit.status.notice = () => null;
  const { startPhotos } = await load("photos");
  startPhotos(kit);
  const parts = async () => (await all("media")).filter(({ id }) => id.startsWith("rec|"));
  const record = () => main.firstElementChild.dispatchEvent(new CustomEvent("sound", { bubbles: true }));
  const leave = (id, n, ago) => store.write(["media"], (t) => ask(t.objectStore("media").put({ id: `rec|${id}|00000${n}`,
    visit: argument.visit, by: argument.person, form: 3, path: "r/x/evidence/photo", type: "audio/webm;codecs=opus",
    at: Date.now() - ago * 1000, bytes: new Uint8Array([n, n]).buffer })));
"""
SEAL = """
  const { sealClosed } = await load("closed/seal");
  const pair = await crypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, ["deriveBits"]);
  const raw = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const key = { id: "0011223344556677", key: Array.from(raw, (byte) => byte.toString(16).padStart(2, "0")).join("") };
"""


def test_a_recording_that_goes_on_is_ended_and_written_down_before_somebody_signs(live: Any) -> None:
    order, left, grade = live(f"""{BEGIN}
      const {{ comeToRest }} = await load("sign/rest");
      record();
      await until(async () => (await parts()).length);
      await comeToRest(kit);
      await log.record("sign", "r/x/record", {{}});
      const ops = await written();
      return [ops.map(({{ k }}) => k), (await parts()).length, ops[0].v.grade];""", PAGE)
    assert (order, left, grade) == (["add", "sign"], 0, "in_app")


def test_the_hand_that_closes_ends_the_recording_first(live: Any) -> None:
    order, left = live(f"""{BEGIN}
      const {{ act }} = await load("close");
      const form = Object.assign(document.createElement("form"), {{ id: "f" }});
      Object.assign(form.dataset, {{ run: "closeRecord", vt: "x" }});
      const head = {{ item: "i" }};
      const closing = {{ ...kit, endSound: () => kit.endSound(), settled: () => ({{ value: {{}} }}), closed: () => null,
        data: {{ ...kit.data, tasks: [{{ vt: "x", head }}, {{ vt: "y", head }}] }} }};
      Object.defineProperty(closing, "copying", {{ get: () => kit.copying }});
      record();
      await until(async () => (await parts()).length);
      await act(closing, form);
      return [(await written()).map(({{ k, p }}) => `${{k}} ${{p.split("/")[0]}}`), (await parts()).length];""", PAGE)
    assert (order, left) == (["add r", "close closing"], 0)


def test_a_recording_for_which_the_microphone_is_given_only_after_the_closing_does_not_begin(live: Any) -> None:
    assert live(f"""{BEGIN}
      const given = navigator.mediaDevices.getUserMedia;
      let give = null;
      navigator.mediaDevices.getUserMedia = async function late(...asked) {{
        await new Promise((resolve) => {{ give = resolve; }});
        return given.apply(this, asked);
      }};
      record();
      await until(() => give);
      const ended = kit.endSound();
      give();
      await pause(600);
      return [ended, document.querySelectorAll(".recording").length];""", PAGE) == [None, 0]


def test_what_a_kill_left_of_a_recording_keeps_its_own_time_and_was_recorded_in_the_app(live: Any) -> None:
    late, grade = live(f"""{BEGIN.replace("startPhotos(kit);", "")}
      await leave("a", 1, 1502);
      await leave("a", 2, 1500);
      startPhotos(kit);
      await until(async () => (await written()).length && !(await parts()).length);
      const [{{ v }}] = await written();
      return [Math.round((Date.now() - v.taken_at) / 60000), v.grade];""", PAGE)
    assert (late, grade) == (25, "in_app")


def test_of_a_closed_visit_a_recording_that_a_kill_left_is_written_down_and_sealed(live: Any) -> None:
    kinds, left, sealed = live(f"""{BEGIN}{SEAL}
      await log.record("close", "visit", {{ digest: "" }});
      for (const n of [1, 2, 3]) await leave("a", n, 100 - n);
      await sealClosed(store, key);
      const rows = await all("ops");
      return [rows.map(({{ op }}) => op.k), (await parts()).length, (await all("chunk")).map((row) => row.sealed)];""", PAGE)
    assert (kinds, left, sealed) == (["close", "add"], 0, [True])


def test_a_recording_is_judged_by_its_newest_part_when_the_visit_is_sealed(live: Any) -> None:
    kinds, left = live(f"""{BEGIN}{SEAL}
      await log.record("close", "visit", {{ digest: "" }});
      await leave("a", 1, 300);
      await leave("a", 2, 2);
      await sealClosed(store, key);
      return [(await all("ops")).map(({{ op }}) => op.k), (await parts()).length];""", PAGE)
    assert (kinds, left) == (["close"], 2)


def test_a_recording_that_was_written_down_before_the_kill_is_not_written_down_twice(live: Any) -> None:
    kinds, left = live(f"""{BEGIN}{SEAL}
      await log.record("add", "r/x/evidence/photo/a", {{ name: "a" }});
      await log.record("close", "visit", {{ digest: "" }});
      await leave("a", 1, 100);
      await sealClosed(store, key);
      return [(await all("ops")).map(({{ op }}) => op.k), (await parts()).length];""", PAGE)
    assert (sorted(kinds), left) == (["add", "close"], 0)
