"""A finger in the rain presses twice; the form goes once."""

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser
FORMS = """(m, _) => {
  document.body.innerHTML = '<form method="post"><button>x</button></form><form><button>x</button></form>';
  const sent = [];
  addEventListener('submit', (event) => { sent.push(event.target.method + event.defaultPrevented); event.preventDefault(); });
  for (const button of document.querySelectorAll('button')) for (let press = 0; press < 2; press += 1) button.click();
  return sent;
}"""


def test_a_form_pressed_twice_is_sent_once_and_a_search_each_time(empty_page: Page, run: Any) -> None:
    assert run("elements/send-once.js", FORMS) == ["postfalse", "posttrue", "getfalse", "getfalse"]
