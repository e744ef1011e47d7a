"""Every step of the kit as a picture, in both languages: part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.phone.ground import Phone
from tests.walk.people import row_of

LANGUAGES = ("en", "zh")
FILLED = """
  const { checks } = data.tasks[0];
  for (const id of checks.slice(0, -2)) await log.record("set", `r/${vt}/check/${id}/answer`, "compliant");
  await log.record("set", `r/${vt}/check/${checks[1]}/answer`, "non_compliant");
  await log.record("set", `r/${vt}/check/${checks[1]}/note`, argument.note);
  await log.record("set", `r/${vt}/conclusion/category`, "rectification_ordered");
  await log.record("set", `r/${vt}/conclusion/text`, argument.text);
  await log.record("set", `r/${vt}/conclusion/order`, argument.order);
"""
SAID = {"note": "花名册与社保记录相差 3 人。", "text": "除科技人员台账外，其余各项符合要求。", "order": "补齐科技人员台账。"}
ASKED = """
  await log.record("set", "request/list", argument.list);
  await log.record("set", "request/until", argument.until);
"""
REQUEST = {"list": "2026 年实验动物购入台账、饲养人员健康检查记录。", "until": "2099-12-31"}
SEEN = """
  const entry = { at: Date.now(), url: "https://example.cn/gongshi", note: argument };
  await log.record("set", `r/${vt}/online/01900000-0000-7000-8000-00000000000a`, entry);
"""
CODE = "135790"
SHUT = 'await log.record("set", "arrival/entry", "unreachable");'


def take_steps(phone: Phone, take: Callable[[Page, str], None]) -> None:
    """Each step once, of several checks the second; the shut door last."""
    phone.bring_everybody()
    phone.write(FILLED, SAID)
    for language in LANGUAGES:
        phone.look_like({"theme": "light", "size": "normal", "language": language})
        for name in phone.pages():
            step = step_of(phone, name)
            if step and phone.show(name):
                take(phone.page, f"{step}-{language}")
    phone.write(SHUT)
    for language in LANGUAGES:
        phone.look_like({"theme": "light", "size": "normal", "language": language})
        assert phone.show("door")
        take(phone.page, f"door-{language}")


def take_other_ways(phone: Phone, take: Callable[[Page, str], None]) -> None:
    """A visit in writing, one of two records, one on the net; what the other party holds; the paper set."""
    page = phone.page
    page.goto("/field/")
    written, merged, online = (str(row_of(page, hour).get_attribute("data-kit")) for hour in ("09:30", "14:00", "16:00"))
    visit = str(row_of(page, "09:30").get_attribute("data-visit"))
    for address, lines, argument, steps in (
            (written, ASKED, REQUEST, {"list": "list-written", "request": "request"}),
            (online, SEEN, "公示栏没有许可证编号。", {"online": "online"}),
            (merged, FILLED, SAID, {"list": "list-merged", "checks": "checks-merged", "close": "close-merged"})):
        page.goto(address)
        page.locator("#kit[data-ready]").wait_for()
        if address == merged:
            phone.bring_everybody()
        phone.write(lines, argument)
        in_both(phone, steps, take)
    phone.wear({"language": "zh"})
    page.goto(f"/visits/{visit}/paper")
    page.get_by_role("button", name="编号并打开纸质检查表").click()
    for language in LANGUAGES:
        phone.wear({"language": language})
        for name, address in (("paper", f"/visits/{visit}/paper"), ("paper-back", f"/field/paper/{visit}")):
            page.goto(address)
            take(page, f"{name}-{language}")
    page.goto(merged)
    page.locator("#kit[data-ready]").wait_for()
    phone.hand_over(CODE)
    in_both(phone, {"notice": "held", "hand": "held-back"}, take)


def in_both(phone: Phone, steps: dict[str, str], take: Callable[[Page, str], None]) -> None:
    """Some steps of the kit that is open, under names of their own."""
    for language in LANGUAGES:
        phone.look_like({"theme": "light", "size": "normal", "language": language})
        for step, name in steps.items():
            page = next(one for one in phone.pages() if one.partition("-")[0] == step)
            assert phone.show(page), page
            take(phone.page, f"{name}-{language}")


def step_of(phone: Phone, name: str) -> str:
    """The name of a step without the identifiers in it; nothing for checks and people other than the second, the first."""
    kind = name.partition("-")[0]
    if kind in {"check", "people"}:
        alike = [one for one in phone.pages() if one.startswith(f"{kind}-")]
        return kind if alike.index(name) == (kind == "check") else ""
    return "notice-refuse" if name == "notice-refuse" else kind
