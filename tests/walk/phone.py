"""An inspector's phone on site: what is prepared beforehand, then every step of the kit up to the conclusion."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from fieldapp import clock
from tests.walk.people import row_of

PIN = "246810"
FAULT = "花名册与社保记录相差 3 人。"
CONCLUSION = "除科技人员台账外，其余各项符合要求。"
ORDER = "补齐科技人员台账。"
NO_PROBLEM = "建设运行情况与申报材料一致。"
NOTE = "许可证原件挂在前台，已核对。"
PAUSE = "配电检修，次日上午继续。"
# A camera sees more points than this screen has: each square of the code gets five whole ones.
NEARER = """(element) => {
  const code = element.querySelector("svg");
  code.style.width = code.style.height = `${5 * code.viewBox.baseVal.width}px`;
  code.scrollIntoView({ block: "center" });
}"""


def set_pin(page: Page) -> None:
    """Set the six digits that are asked for on a colleague's phone."""
    page.goto("/field/")
    page.get_by_label("口令（6 位数字）").fill(PIN)
    page.get_by_label("再输入一次").fill(PIN)
    page.get_by_role("button", name="设置我的口令").click()
    expect(page.get_by_text("口令已设置。")).to_be_visible()


def prepare_the_day(page: Page, name: str) -> None:
    """Put everything for the day onto the phone, and open the kit of one object."""
    page.goto("/field/")
    page.get_by_role("button", name="准备今天的检查").click()
    expect(row_of(page, name).get_by_text("● 已存本机")).to_be_visible(timeout=20_000)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    row_of(page, name).get_by_role("link", name=name).click()
    ready(page)


def ready(page: Page) -> None:
    """The kit is open, and stands in the phone's own keeping."""
    expect(page.locator("#kit[data-ready][data-kept=true]")).to_be_visible()


def state_is(page: Page, *words: str) -> None:
    """The line under the title says where everything is."""
    expect(page.locator("#state")).to_have_attribute("data-is", words[0])
    for word in words[1:]:
        expect(page.locator("#state")).to_contain_text(word)


def shown(page: Page) -> Locator:
    """The one page of the kit that is shown."""
    return page.locator("section[data-page]:visible")


def step(page: Page, name: str) -> None:
    """Open a step from the list."""
    page.goto(f"{page.url.partition('#')[0]}#list")
    shown(page).get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1, name=name[2:])).to_be_visible()


def draw_name(page: Page, label: str) -> None:
    """Draw two strokes into a signature's box."""
    pad = shown(page).get_by_role("img", name=label)
    pad.evaluate("element => element.scrollIntoView({block: 'center'})")
    box = pad.bounding_box()
    assert box
    for height in (0.35, 0.6):
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] * height)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * (height + 0.2), steps=4)
        page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * height, steps=4)
        page.mouse.up()


def arrive(page: Page, colleague: str) -> None:
    """Both members confirm: one by the own finger, the other by PIN on this phone; a wrong PIN is refused."""
    step(page, "1 到达")
    shown(page).get_by_role("button", name="我已到达").click()
    expect(shown(page).get_by_text("（本人手机确认）")).to_be_visible()
    confirm = shown(page).get_by_role("button", name=f"{colleague} 确认到达")
    shown(page).locator("[data-ask]").get_by_label(f"{colleague} 的口令").fill("000000")
    confirm.click()
    expect(shown(page).get_by_role("alert").filter(has_text="口令不对")).to_be_visible()
    shown(page).locator("[data-ask]").get_by_label(f"{colleague} 的口令").fill(PIN)
    confirm.click()
    expect(shown(page).get_by_text("口令确认")).to_be_visible()
    shown(page).get_by_label("检查地点").fill("厂区东门")
    shown(page).get_by_label("情况说明").fill("按约定时间到达。")
    shown(page).get_by_role("link", name="下一步：人员核验").click()


def read_cards(page: Page) -> Iterator[str]:
    """The addresses that the entity's phone reads from the members' cards, each good for a minute."""
    for card in page.locator("section.card[id^=people-]").all():
        page.goto(f"{page.url.partition('#')[0]}#{card.get_attribute('id')}")
        yield read_code(card)


def show_credentials(page: Page, team: tuple[str, ...]) -> None:
    """Show each member's card, and note that the certificate itself was shown."""
    for name in team:
        expect(shown(page).get_by_text(name, exact=True)).to_be_visible()
        expect(shown(page).get_by_role("img", name=f"{name} 的照片")).to_be_visible()
        shown(page).get_by_role("link", name="已出示执法证件").click()


def read_code(place: Locator) -> str:
    """What a second phone's camera reads there; it looks again where the page moved under it."""
    code = place.locator(".qr")
    expect(code.locator("svg")).to_be_visible()
    for _ in range(3):
        code.evaluate(NEARER)
        picture = Image.open(io.BytesIO(code.screenshot())).convert("RGB")
        found = zxingcpp.read_barcodes(picture.resize((2 * picture.width, 2 * picture.height)))
        if found:
            return found[0].text
    raise AssertionError("no code can be read")


def receive_notice(page: Page) -> None:
    """The entity's representative receives the notice by signature; without a name nothing is signed."""
    expect(shown(page).get_by_text("鲁科抽告〔").first).to_be_visible()
    shown(page).get_by_role("button", name="确认签收").click()
    expect(shown(page).get_by_role("alert").filter(has_text="是否申请回避")).to_be_visible()
    shown(page).get_by_role("radio", name="不申请回避").check()
    shown(page).get_by_role("button", name="确认签收").click()
    expect(shown(page).get_by_role("alert").filter(has_text="请填写签字人姓名")).to_be_visible()
    shown(page).get_by_label("签收人姓名").fill("李某（示例）")
    shown(page).get_by_label("身份").select_option(label="负责人")
    draw_name(page, "签收人签名区")
    shown(page).get_by_role("button", name="确认签收").click()
    expect(page.get_by_role("heading", level=1, name="现场检查")).to_be_visible()


def each_check(page: Page) -> Iterator[Locator]:
    """Every check in its order, from their list to the evidence: the page that is shown, left once it has been looked at."""
    title = page.get_by_role("heading", level=1)
    shown(page).get_by_role("link", name="逐项检查").click()
    expect(title).to_have_text(re.compile(r"^检查 \d+ "))
    while (said := title.inner_text()) != "取证":
        yield shown(page)
        shown(page).get_by_role("link", name="下一").click()
        expect(title).not_to_have_text(said)


def answer_checks(page: Page, photo: bytes) -> int:
    """Answer every check, the second with a fault, a note and a photo; gives how many there were."""
    place = 0
    for place, here in enumerate(each_check(page), start=1):
        here.get_by_role("radio", name="不符合" if place == 2 else "符合", exact=True).check()
        if place == 2:
            here.get_by_label("情况说明").fill(FAULT)
            file = {"name": "台账.jpg", "mimeType": "image/jpeg", "buffer": photo}
            here.get_by_label("从相册选").set_input_files(file)
            expect(here.get_by_role("figure")).to_have_count(1)
    expect(shown(page).get_by_role("figure")).to_have_count(1)
    return place


def conclude(page: Page, then: str = "签字") -> None:
    """Propose a category, say what was found, what is ordered and until when; then to what comes next."""
    shown(page).get_by_role("link", name="下一步：结论").click()
    shown(page).get_by_role("radio", name="发现问题已责令改正").check()
    shown(page).get_by_label("检查情况").fill(CONCLUSION)
    shown(page).get_by_label("责令改正的内容").fill(ORDER)
    shown(page).get_by_label("改正期限").fill((clock.today() + timedelta(days=15)).isoformat())
    shown(page).get_by_role("link", name=f"下一步：{then}").click()


def conclude_without_problem(page: Page, item: str) -> None:
    """The second record of the visit has a conclusion of its own."""
    expect(shown(page).get_by_role("heading", name=item)).to_be_visible()
    shown(page).get_by_role("radio", name="未发现问题").check()
    shown(page).get_by_label("检查情况").fill(NO_PROBLEM)
    shown(page).get_by_role("link", name="下一步：签字").click()


def keep_what_is_typed(page: Page) -> None:
    """What was typed is there when the page is loaded anew at once, without a network."""
    shown(page).get_by_role("link", name="逐项检查").click()
    shown(page).get_by_label("情况说明").press_sequentially(NOTE)
    page.reload()
    ready(page)
    expect(shown(page).get_by_label("情况说明")).to_have_value(NOTE)


def pause(page: Page) -> None:
    """Stop until tomorrow; loaded anew, the kit still says so."""
    step(page, "8 检查结束")
    shown(page).get_by_text("暂停，改日继续", exact=True).click()
    shown(page).get_by_label("继续检查的日期").fill((clock.today() + timedelta(days=1)).isoformat())
    shown(page).get_by_label("暂停原因").fill(PAUSE)
    shown(page).get_by_role("button", name="暂停", exact=True).click()
    expect(shown(page).get_by_text(PAUSE)).to_be_visible()
    page.reload()
    ready(page)
    expect(shown(page).get_by_text(PAUSE)).to_be_visible()


def is_paused(page: Page, name: str) -> None:
    """With a network again Today says that the visit is paused, and until when; its kit opens as ever."""
    state_is(page, "received")
    page.goto("/field/")
    expect(row_of(page, name)).to_contain_text("已暂停")
    row_of(page, name).get_by_role("link", name=name).click()
    ready(page)


def resume(page: Page) -> None:
    """Go on; loaded anew, the kit is no longer paused."""
    step(page, "8 检查结束")
    shown(page).get_by_role("button", name="现在继续").click()
    expect(shown(page).get_by_text(PAUSE)).to_be_hidden()
    page.reload()
    ready(page)
    expect(shown(page).get_by_text("暂停，改日继续", exact=True)).to_be_visible()
    expect(shown(page).get_by_text(PAUSE)).to_be_hidden()


def small_photo() -> bytes:
    """A small photograph of nothing in particular."""
    buffer = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(buffer, "JPEG", quality=80)
    return buffer.getvalue()
