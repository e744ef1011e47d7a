"""The line that says where everything is counts as received what has a receipt, and nothing else."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
LINE = """({ Status }) => {
  document.body.innerHTML = '<p id="state"><span aria-hidden="true"></span><span data-words></span></p>'
    + '<p id="told"></p><p id="clock" hidden></p>';
  const line = document.getElementById("state");
  const status = new Status(line, (name) => name, "v");
  const row = (r, more = {}) => ({ r, op: { t: "v" }, ...more });
  const rows = [row(1), row(2), row(null), row(null, { clash: true }), row(null, { clash: true, forked: true })];
  const detail = { rows, is: "wait", last: rows[1], oldest: Date.now(), phone: {} };
  document.dispatchEvent(new CustomEvent("field:state", { detail }));
  const { unsent, received, attention, aside } = line.dataset;
  return [unsent, received, attention, aside].map(Number);
}"""


@pytest.mark.article("24")
def test_what_was_set_aside_is_not_counted_as_received(run: Any) -> None:
    assert run("field/status.js", LINE) == [1, 2, 1, 1]


CLOCK = """async ({ Status }, off) => {
  document.body.innerHTML = '<p id="state"><i aria-hidden="true"></i><b data-words></b></p><p id="clock" hidden></p>';
  Date.now = () => Date.parse("2026-12-01T17:16:00+08:00");
  const line = document.getElementById("state");
  new Status(line, (name, { time, shows, is }) => (name === "clock" ? `${shows} ${is}` : time));
  const rows = [{ r: null, op: { t: "v" } }];
  document.dispatchEvent(new CustomEvent("field:state", { detail: { rows, is: "wait", oldest: Date.now(), phone: { off } } }));
  const clock = document.getElementById("clock");
  return [line.textContent.slice(-5), clock.hidden, clock.textContent];
}"""


@pytest.mark.parametrize(("off", "told"), [
    (None, ["17:16", True, ""]), (119_000, ["17:17", True, ""]),
    (-5 * 3_600_000, ["12:16", False, "17:16 12:16"]), (3 * 3_600_000, ["20:16", False, "17:16 20:16"]),
])
def test_a_clock_that_is_wrong_is_told_and_what_was_saved_says_the_right_time(run: Any, off: int | None, told: list[Any]) -> None:
    assert run("field/status.js", CLOCK, off) == told
