"""What is typed into a form before its button is pressed is on the phone all the same, until the button made use of it."""

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.article("24")]
PAGE = """
  <details><form data-run="other" data-path="r/x/other"><textarea name="text"></textarea><input name="reason"></form></details>
  <form data-run="strike" data-path="present/1"><input name="reason"></form>
  <form data-run="await" data-vt="x"><input type="radio" name="what" value="seal"><input type="radio" name="what" value="signer">
  </form>
  <form data-run="takeBack"><input name="user_name"><input type="password" name="password"></form>"""
TYPED = """
  const { dropDrafts, startDrafts } = await load("sign/drafts");
  await startDrafts(kit);
  const [other, strike, wait, back] = main.querySelectorAll("form");
  const write = (control, value, end = "focusout") => {
    if (control.type === "radio") control.checked = value;
    else control.value = value;
    for (const event of ["input", end]) control.dispatchEvent(new Event(event, { bubbles: true }));
  };
  write(other.elements.text, "消防通道被占");
  write(other.elements.reason, "安全", "change");
  write(wait.elements.what[1], true);
  write(back.elements.user_name, "wang");
  const keys = async () => (await all("meta")).map(({ key }) => key).filter((key) => key.endsWith("typed"));
  await until(async () => (await keys()).length >= 2);
  const again = () => { main.innerHTML = argument.page; return startDrafts(kit); };"""


def test_a_finding_and_a_choice_not_yet_noted_down_are_laid_back_where_they_stood(live: Any) -> None:
    seen = live(f"""{TYPED}
      await again();
      const [one, two, three, four] = main.querySelectorAll("form");
      const [text, reason] = [one.elements.text.value, one.elements.reason.value];
      return [text, reason, one.closest("details").open, two.elements.reason.value, three.elements.what.value,
        four.elements.user_name.value];""", PAGE)
    assert seen == ["消防通道被占", "安全", True, "", "signer", ""]


def test_what_was_noted_down_is_not_laid_back_again(live: Any) -> None:
    before, after = live(f"""{TYPED}
      const before = other.elements.text.value;
      await dropDrafts(kit, other);
      await again();
      return [before, main.querySelector("textarea").value];""", PAGE)
    assert (before, after) == ("消防通道被占", "")


def test_what_is_typed_is_kept_before_a_camera_opens(live: Any) -> None:
    kept = live("""
      const { startDrafts } = await load("sign/drafts");
      const { saveAll } = await load("controls");
      await startDrafts(kit);
      const { text } = main.querySelector("form").elements;
      text.value = "消防通道被占";
      text.dispatchEvent(new Event("input", { bubbles: true }));
      await saveAll(kit);
      return (await all("meta")).filter(({ typed }) => typed).map(({ typed }) => typed[0][1]);""", PAGE)
    assert kept == ["消防通道被占"]
