"""The entity's own phone: is this person real, and what was written down here?"""

import re
from collections.abc import Iterable

from playwright.sync_api import Page, expect

from tests.walk.desk.visits import Planned
from tests.walk.desk.way_b import FIRST, SECOND
from tests.walk.people import fact, state
from tests.walk.phone import FAULT
from tests.walk.signing import EXPLANATION, WORDS


def verify_inspectors(entity: Page, cards: Iterable[str], visit: Planned) -> str:
    """Each card's code, scanned at once, names the person, the certificate and this visit; the last one is given back."""
    address = ""
    for address, name in zip(cards, visit.team, strict=True):
        _scan(entity, address)
        expect(entity.get_by_role("heading", name=name)).to_be_visible()
        expect(entity.get_by_role("img", name=f"{name} 的照片")).to_be_visible()
        assert fact(entity, "执法证号").isdigit()
        assert visit.object in fact(entity, "今天在本单位的检查")
        state(entity, "核验通过")
    return address


def _scan(entity: Page, address: str) -> None:
    """The camera opens each code in a tab of its own."""
    entity.goto("about:blank")
    entity.goto(address)


def verify_too_late(entity: Page, card: str) -> None:
    """A code that was scanned before is worth nothing later, and shows nobody's face."""
    _scan(entity, card)
    expect(entity.get_by_role("status").filter(has_text=re.compile("已经过期|已经结束"))).to_be_visible()
    expect(entity.get_by_role("img")).to_have_count(0)


def read_copy(entity: Page, copy: str, code: str) -> None:
    """The copy has its receipt; the record reads as it was signed, under the code that stood above the signature."""
    entity.goto(copy)
    assert fact(entity, "登记").endswith("号回执")
    assert fact(entity, "校验码") == code
    entity.get_by_role("link", name=re.compile("^鲁科抽记〔")).click()
    expect(entity.get_by_text(FAULT)).to_be_visible()
    expect(entity.get_by_role("img", name="李某（示例） 的签名")).to_be_visible()


def read_refusal(entity: Page, copy: str) -> None:
    """The record says that the entity refused, in its own words, with the inspectors' and the witness."""
    entity.goto(copy)
    entity.get_by_role("link", name=re.compile("^鲁科抽记〔")).click()
    for words in (WORDS, EXPLANATION, "孙某（示例）"):
        expect(entity.get_by_role("main")).to_contain_text(words)


def read_merged_copy(entity: Page, copy: str) -> None:
    """One visit, one copy, a record for each task: the first is sealed, the second signed."""
    entity.goto(copy)
    for one, confirmed in ((FIRST, "已盖章确认"), (SECOND, "已签字确认")):
        record = entity.locator("section").filter(has=entity.get_by_role("heading", name=one.item))
        expect(record).to_contain_text(confirmed)
    entity.get_by_role("link", name=re.compile("^鲁科抽记〔")).first.click()
    expect(entity.get_by_text("盖章页照片")).to_be_visible()
