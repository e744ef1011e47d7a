"""`make screens`: the pictures of docs/screens/ anew, from the demonstration on a phone of 360 × 740."""

import io
from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from fieldapp import db, demo
from fieldapp.app import create_app
from fieldapp.cli.serving import upgrade_database
from fieldapp.config import HOME
from tests.chromium import CHROMIUM, FLAGS, PHONE
from tests.demonstration import settings_for
from tests.live import Live, serving
from tests.phone.ground import Phone
from tests.phone.screens import take_other_ways, take_steps
from tests.phone.ways import go_other_ways
from tests.walk import phone, signing
from tests.walk.desk import drawing
from tests.walk.own.screens import take_own
from tests.walk.people import People, due_today, open_waiting, row_of

SCREENS = HOME / "docs" / "screens"
COLOURS = 96
USERS, TEAM = zip(*due_today(), strict=True)
TASK = "实验动物许可监督检查（第一批）"
MARGIN, ROUND, GROUND = 56, 44, "#e4e9ef"


def main() -> None:
    """Load the demonstration, serve it, take the pictures, lay three of them side by side."""
    for name in ("kit", "own"):
        (SCREENS / name).mkdir(parents=True, exist_ok=True)
    for old in SCREENS.rglob("*.png"):
        old.unlink()
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        url = f"sqlite:///{folder / 'fieldapp.db'}"
        upgrade_database(url)
        create_app(settings_for(url, folder / "media"))
        demo.load()
        db.session.remove()
        copytree(folder, folder / "other")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, "--no-sandbox"])
        with serving(url, folder / "media", folder) as live:
            take_all(browser, live)
        take_otherwise_held(browser, folder / "other")
        browser.close()
    lay_out("overview", "today", "check", "signing")
    for picture in sorted(SCREENS.rglob("*.png")):
        print(f"{picture.relative_to(SCREENS)!s:32} {picture.stat().st_size:8}")


def take_otherwise_held(browser: Browser, folder: Path) -> None:
    """The same day once more, its visits held in other ways."""
    url = f"sqlite:///{folder / 'fieldapp.db'}"
    create_app(settings_for(url, folder / "media"))
    go_other_ways()
    with serving(url, folder / "media", folder) as live:
        leader = People(opener(browser), live.url)(USERS[0])
        one = Phone(leader, "")
        leader.goto("/field/")
        one.name = row_of(leader, "14:00").get_by_role("strong").first.inner_text()
        one.prepare()
        take_other_ways(one, lambda page, name: take(page, f"kit/{name}"))


def take_all(browser: Browser, live: Live) -> None:
    """Every picture, in the order of an inspection."""
    people = People(opener(browser), live.url)
    take_public(people)
    take_desk(people)
    take_draw(people)
    take_phone(people, live)
    take_after(people)
    take_otherwise(people)


def opener(browser: Browser) -> Callable[..., Page]:
    """Opens phones with sharp screens."""

    def open_one(**options: str) -> Page:
        return browser.new_context(viewport=PHONE, device_scale_factor=2, locale="zh-CN", timezone_id="Asia/Shanghai",
                                   reduced_motion="reduce", **options).new_page()

    return open_one


def take(page: Page, name: str, address: str = "") -> None:
    """One picture of what the phone shows, in few colours."""
    if address:
        page.goto(address)
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(SCREENS / f"{name}.png", optimize=True)


def take_public(people: People) -> None:
    """What everybody may read."""
    anybody = people.stranger()
    take(anybody, "public", "/public/")
    anybody.get_by_role("main").locator("ol.rows a").first.click()
    take(anybody, "public-result")
    take(anybody, "public-plan", "/public/plans")
    take(anybody, "sign-in", "/sign-in")


def take_desk(people: People) -> None:
    """The desk on a phone: import, plan, what waits, a task."""
    legal, head = people("fagui"), people("gaoxin-chuzhang")
    legal.goto("/imports")
    row_of(legal, "objects-农村科技处").get_by_role("link").click()
    take(legal, "import")
    take(legal, "deadlines", "/oversight")
    take(legal, "objects", "/objects")
    take(people("chengguo-chuzhang"), "waiting", "/waiting")
    take(head, "tasks", "/tasks")
    row_of(head, "高新技术企业认定后监督检查（第一批）").get_by_role("link").click()
    take(head, "task")


def take_draw(people: People) -> None:
    """The draw of the task that is ready."""
    officer, legal = people("nongcun-jingban"), people("fagui")
    officer.goto("/tasks")
    row_of(officer, TASK).get_by_role("link").click()
    address = drawing.freeze(officer, officer.url, ("农村科技处 蒋经办", "法规处 周法规"))
    drawing.make_seed((officer, legal), address)
    officer.goto(address)
    officer.get_by_role("button", name="抽取检查对象").click()
    officer.get_by_role("button", name="匹配执法检查人员").click()
    take(officer, "draw")
    officer.locator("#drawn").scroll_into_view_if_needed()
    officer.locator("#drawn").evaluate("element => element.scrollIntoView()")
    take(officer, "draw-result")


def take_phone(people: People, live: Live) -> None:
    """Today and every step of the kit, the network cut in the middle."""
    leader, colleague = (people(user_name) for user_name in USERS)
    phone.set_pin(colleague)
    phone.set_pin(leader)
    leader.goto("/field/")
    leader.get_by_role("button", name="准备今天的检查").click()
    expect(row_of(leader, "16:00").get_by_text("● 已存本机")).to_be_visible()
    take(leader, "today")
    take_kit(leader)
    phone.prepare_the_day(leader, row_of(leader, "14:00").get_by_role("strong").first.inner_text())
    take(leader, "kit")
    phone.step(leader, "1 到达")
    take(leader, "arrive")
    phone.arrive(leader, TEAM[1])
    take(leader, "credential")
    verify(people, phone.read_code(phone.shown(leader)))
    phone.show_credentials(leader, TEAM)
    take(leader, "notice")
    phone.receive_notice(leader)
    answer(leader)
    phone.conclude(leader)
    leader.go_back()
    take(leader, "conclusion")
    leader.go_forward()
    take_own(leader, people.stranger(), take)
    live.path.cut()
    sign_and_close(leader, live)


def take_kit(page: Page) -> None:
    """Every step of another visit's kit, in both languages."""
    one = Phone(page, row_of(page, "16:00").get_by_role("strong").first.inner_text())
    one.open_kit()
    take_steps(one, lambda page, name: take(page, f"kit/{name}"))
    page.goto("/field/")


def verify(people: People, address: str) -> None:
    """The entity's own phone holds the card against the directory."""
    take(people.stranger(), "verify", address)


def answer(page: Page) -> None:
    """All checks, with a picture of the one that fails."""
    phone.answer_checks(page, example_photo())
    page.goto(f"{page.url.partition('#')[0]}#checks")
    take(page, "checks")
    phone.shown(page).get_by_role("listitem").nth(1).get_by_role("link").click()
    take(page, "check")
    page.goto(f"{page.url.partition('#')[0]}#evidence")


def sign_and_close(page: Page, live: Live) -> None:
    """Signing, closing without a network, and everything received."""
    here = phone.shown(page)
    take(page, "record")
    here.get_by_role("radio", name="属实").check()
    here.get_by_label("签字人姓名").fill("李某（示例）")
    here.get_by_label("身份").select_option(label="其他授权人员")
    write_name(page, here.get_by_role("img", name="签名区"))
    take(page, "signing")
    here.get_by_role("button", name="确认签字").click()
    signing.sign_as_team(page, TEAM)
    phone.shown(page).get_by_role("link", name="下一步：检查结束").click()
    page.get_by_role("button", name="结束现场检查").click()
    phone.state_is(page, "wait")
    take(page, "close-offline")
    live.path.restore()
    page.locator("#state").click()
    phone.state_is(page, "received")
    take(page, "close-received")


def write_name(page: Page, pad: Locator) -> None:
    """Two strokes that look like somebody's hand."""
    pad.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = pad.bounding_box()
    assert box
    for left, loops, height in ((0.14, 3, 0.24), (0.56, 2, 0.18)):
        for moment in range(loops * 16):
            turn = moment / 16 * 2 * pi
            x = left + 0.1 * moment / 16 + 0.06 * sin(turn)
            y = 0.45 - height * cos(turn) * (1 - moment / (loops * 24))
            page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
            if not moment:
                page.mouse.down()
        page.mouse.up()


def take_after(people: People) -> None:
    """The entity's copy and the leader's review."""
    leader = people(USERS[0])
    open_waiting(leader, "组长审核", "")
    take(leader, "review")
    leader.goto("/field/")
    leader.locator("#closed li").first.scroll_into_view_if_needed()
    take(leader, "today-closed")


def take_otherwise(people: People) -> None:
    """The same in English, dark, in large type."""
    leader = people(USERS[0])
    for name, button, address in (("today-large", "大字", "/field/"), ("today-dark", "深色", "/field/"),
                                  ("review-dark-english", "English", "/reviews")):
        leader.goto(address)
        leader.get_by_role("button", name=button, exact=True).click()
        if name == "today-dark":
            leader.get_by_role("button", name="标准字").click()
        take(leader, name, address)
    anybody = people.stranger()
    anybody.goto("/public/")
    anybody.get_by_role("button", name="English").click()
    take(anybody, "public-english", "/public/")


def example_photo() -> bytes:
    """A drawn shelf of folders, one of them missing: not a photograph of anything."""
    picture = Image.new("RGB", (640, 480), "#d9dde2")
    pen = ImageDraw.Draw(picture)
    for row in range(2):
        pen.rectangle((30, 60 + 200 * row, 610, 240 + 200 * row), fill="#b98f63", outline="#6d4f30", width=8)
        for place in range(9):
            if (row, place) != (1, 4):
                left = 52 + 60 * place
                pen.rectangle((left, 80 + 200 * row, left + 46, 228 + 200 * row), fill="#41628c", outline="#22344d", width=3)
                pen.rectangle((left + 10, 100 + 200 * row, left + 36, 140 + 200 * row), fill="#f2f2ea")
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def lay_out(name: str, *parts: str) -> None:
    """Phones side by side, with round corners."""
    pictures = [Image.open(SCREENS / f"{part}.png").convert("RGB") for part in parts]
    width, height = pictures[0].size
    whole = Image.new("RGB", (MARGIN + (width + MARGIN) * len(pictures), height + 2 * MARGIN), GROUND)
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width - 1, height - 1), ROUND, fill=255)
    for place, picture in enumerate(pictures):
        whole.paste(picture, (MARGIN + (width + MARGIN) * place, MARGIN), mask)
    whole.quantize(COLOURS, dither=Image.Dither.NONE).save(SCREENS / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
