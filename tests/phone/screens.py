"""Every step of the kit as a picture, in both languages: part of `make screens`."""

from collections.abc import Callable

from playwright.sync_api import Page

from tests.phone.ground import Phone

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


def step_of(phone: Phone, name: str) -> str:
    """The name of a step without the identifiers in it; nothing for checks and people other than the second, the first."""
    kind = name.partition("-")[0]
    if kind in {"check", "people"}:
        alike = [one for one in phone.pages() if one.startswith(f"{kind}-")]
        return kind if alike.index(name) == (kind == "check") else ""
    return "notice-refuse" if name == "notice-refuse" else kind
