"""What the server says of a closing: not accepted, it is to be made again; accepted with a remark, it stands."""

import pytest
from playwright.sync_api import Page

from tests.phone_log import BEGIN, PERSON, VISIT

pytestmark = pytest.mark.browser
TOLD = """
  const { learn } = await import("/static/test/js/field/log/changes.js");
  const { op: id } = await log.record("close", "visit", { digest: "00" });
  await learn(store, { changes: [{ op_id: id, outcome: "attention", code: argument.code, message: "" }], cursor: 1 });
  const anew = new Log(store, { visit: argument.visit, person: { id: argument.person }, form: 1 });
  await anew.load({ values: {}, items: {}, events: [], reopened: {} });
  return Boolean(anew.at("visit", "close"));"""


@pytest.mark.article("24")
@pytest.mark.parametrize(("code", "stands"), [("fieldwork.digest_differs", True), ("fieldwork.conclusion_missing", False)])
def test_a_closing_under_other_words_stands_and_one_that_was_refused_does_not(
        empty_page: Page, code: str, stands: bool) -> None:
    argument = {"person": PERSON, "visit": VISIT, "code": code}
    assert empty_page.evaluate(f"async (argument) => {{ {BEGIN} {TOLD} }}", argument) is stands
