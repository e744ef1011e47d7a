"""The line that says where everything is counts as received what has a receipt, and nothing else."""

from typing import Any

import pytest

pytestmark = pytest.mark.browser
LINE = """({ Status }) => {
  document.body.innerHTML = '<p id="state"><span aria-hidden="true"></span><span data-words></span></p><p id="told"></p>';
  const line = document.getElementById("state");
  const status = new Status(line, (name) => name, "v");
  const row = (r, more = {}) => ({ r, op: { t: "v" }, ...more });
  const rows = [row(1), row(2), row(null), row(null, { clash: true }), row(null, { clash: true, forked: true })];
  document.dispatchEvent(new CustomEvent("field:state", { detail: { rows, is: "wait", last: rows[1], oldest: Date.now() } }));
  const { unsent, received, attention, aside } = line.dataset;
  return [unsent, received, attention, aside].map(Number);
}"""


@pytest.mark.article("24")
def test_what_was_set_aside_is_not_counted_as_received(run: Any) -> None:
    assert run("field/status.js", LINE) == [1, 2, 1, 1]
