"""人员核验 by the code that changes: a fresh one tells who stands there, everything else is refused."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, Route, expect

from fieldapp import clock, db
from fieldapp.accounts.models import Person
from fieldapp.registry.models import Inspector
from fieldapp.sync import actions as sync
from fieldapp.visits import actions, queries, rules
from fieldapp.visits.models import CredentialCheck
from tests.databases import ON_SQLITE
from tests.people import Cast
from tests.visits import scene
from tests.visits.credential.phone import KeyPhone, code_text, new_key

NAME, NOBODYS = "济南某生物（示例）", "nobodys" * 20


@dataclass
class Stand:
    """A visit on its day, the phone of its first inspector, the check of that inspector, a check of another visit."""

    cast: Cast
    visit_id: UUID
    check_id: UUID
    other_check_id: UUID
    phone: KeyPhone

    def code(self) -> str:
        return self.phone.code(self.check_id, scene.START)


@pytest.fixture
def stand(cast: Cast) -> Stand:
    visit_id = scene.approved_visit(cast)
    phone = KeyPhone()
    phone.register(cast.inspector_a)
    with db.transaction(write=True):
        enterprise = scene.inspected("青岛某化工（示例）", "91370202MA3CNK8U2B")
        task = scene.drawn_task(7, cast.other_officer, scene.item("高企", cast.other_division), [enterprise],
                                [cast.inspector_c, cast.inspector_d])
        actions.generate_task(task.id, by=cast.other_officer.officer)
        other = CredentialCheck(visit_id=scene.visit_of(task).id, inspector_id=cast.inspector_c.inspector_id, secret="other",
                                created_at=scene.NOW)
        db.session.add(other)
        db.session.flush()
        check_id = queries.credentials_of(visit_id)[cast.inspector_a.inspector_id].id
        found = Stand(cast, visit_id, check_id, other.id, phone)
    clock.set_source(lambda: scene.START)
    return found


def check(client: FlaskClient, code: str, later: int = 0) -> tuple[int, str]:
    """What a stranger's browser is told of a code, so many seconds after its turn began."""
    clock.set_source(lambda: scene.START + timedelta(seconds=later))
    answer = client.post("/verify/credential", data={"code": code})
    return answer.status_code, answer.get_data(as_text=True)


@pytest.mark.article("23")
def test_a_fresh_code_tells_person_certificate_visit_and_whose_phone_showed_it(stand: Stand, client: FlaskClient) -> None:
    said = ("赵检一", "农村科技处", "370000000009", NAME, "核验通过", "赵检一 登记的手机", "不代替证件")
    for later in (-10, 0, 50):
        status, text = check(client, stand.code(), later)
        assert (later, status, [word for word in said if word not in text]) == (later, 200, [])
        assert "13800000000" not in text


def foreign(stand: Stand) -> str:
    """A key that is registered, of an inspector who is not on the team."""
    phone = KeyPhone("phone-of-another")
    phone.register(stand.cast.inspector_c)
    return phone.code(stand.check_id, scene.START)


def revoked(stand: Stand) -> str:
    code = stand.code()
    with db.transaction(write=True):
        sync.revoke_device(stand.phone.device, "在车站丢失", by=stand.cast.inspector_a.officer)
    return code


def unsigned(stand: Stand) -> str:
    """No algorithm, no signature: the payload alone, and with a signature of nothing."""
    payload = urlsafe_b64decode(stand.code() + "=")[:37]
    return code_text(payload, bytes(64))


def altered(stand: Stand) -> str:
    """Signed for one half minute, sent for the next."""
    packed = bytearray(urlsafe_b64decode(stand.code() + "="))
    packed[28] ^= 1
    return code_text(bytes(packed[:37]), bytes(packed[37:]))


OLD, NOBODY, NONE = "已经过期", "不是登记过的手机出示的", "这不是人员核验码"
REFUSED: dict[str, tuple[Callable[[Stand], str], int, str]] = {
    "ahead by 11 s": (Stand.code, -11, "的时间不对"),
    "forged key id": (lambda one: one.phone.code(one.check_id, scene.START, key_id="00" * 8), 0, NOBODY),
    "unknown key": (lambda one: KeyPhone(key=new_key()).code(one.check_id, scene.START), 0, NOBODY),
    "known id, other key": (lambda one: KeyPhone(key=new_key()).code(one.check_id, scene.START,
                                                                    key_id=rules.key_id(one.phone.point)), 0, NOBODY),
    "foreign key": (foreign, 0, "不属于本次检查的成员"),
    "wrong visit": (lambda one: one.phone.code(one.other_check_id, scene.START), 0, "不属于本次检查的成员"),
    "no visit": (lambda one: one.phone.code(UUID(int=0), scene.START), 0, "不属于本次检查的成员"),
    "unsigned": (unsigned, 0, NOBODY),
    "altered": (altered, 0, NOBODY),
    "other version": (lambda one: "B" + one.code()[1:], 0, NONE),
    "short": (lambda one: one.code()[:-1], 0, NONE),
    "long": (lambda one: one.code() + "A", 0, NONE),
    "no ASCII": (lambda _: "é" * 135, 0, NONE),
    "empty": (lambda _: "", 0, NONE),
    "alg none": (lambda _: "eyJhbGciOiJub25lIn0.e30.", 0, NONE),
    "revoked": (revoked, 0, "已经停用"),
    "replayed at +51 s": (Stand.code, 51, OLD),
    "replayed the day after": (Stand.code, 86400, OLD),
}


@pytest.mark.article("23")
def test_what_is_copied_forged_foreign_or_stopped_is_refused_and_names_nobody(stand: Stand, client: FlaskClient) -> None:
    for name, (code, later, said) in REFUSED.items():
        status, text = check(client, code(stand), later)
        told = [word for word in ("赵检一", NAME, "370000000009", "核验通过", "青岛") if word in text]
        assert (name, status, said in text, told) == (name, 422, True, [])


@pytest.mark.article("23")
def test_a_code_and_its_copies_are_accepted_for_60_seconds_in_all(stand: Stand, client: FlaskClient) -> None:
    accepted = [at for at in range(-30, 91) if check(client, stand.code(), at)[0] == 200]
    assert accepted[-1] - accepted[0] == 60


@pytest.mark.article("23")
def test_a_code_hands_out_no_lasting_address_and_its_portrait_for_some_minutes_only(stand: Stand, client: FlaskClient) -> None:
    with db.transaction(write=True):
        person = db.session.get_one(Person, stand.cast.inspector_a.id)
        person.portrait, person.portrait_type = b"\xff\xd8\xff\xe0portrait", "image/jpeg"
        secret = queries.credentials_of(stand.visit_id)[stand.cast.inspector_a.inspector_id].secret
    text = check(client, stand.code())[1]
    [address] = re.findall(r'src="(/verify/credential/portraits/[^"]+)"', text)
    token = address.rpartition("/")[2]
    assert (secret in text, "/credentials/" in text, "/documents/" in text) == (False, False, False)
    assert client.get(address).data == b"\xff\xd8\xff\xe0portrait"
    forged = token[:20] + ("A" if token[20] != "A" else "B") + token[21:]
    tried = [client.get(f"/verify/credential/portraits/{one}").status_code for one in (forged, "x", "é", token[:32])]
    assert (tried, client.get(f"/credentials/{token}").status_code) == ([404] * 4, 404)
    clock.set_source(lambda: scene.START + timedelta(seconds=rules.LOOKED_AT + 1))
    assert client.get(address).status_code == 404


@pytest.mark.article("23")
def test_an_expired_certificate_is_said_beside_the_person(stand: Stand, client: FlaskClient) -> None:
    with db.transaction(write=True):
        db.session.get_one(Inspector, stand.cast.inspector_a.inspector_id).certificate_until = date(2026, 11, 23)
    status, text = check(client, stand.code())
    assert (status, "执法证件不在有效期内" in text, "核验通过" in text) == (200, True, False)


@pytest.mark.article("23")
def test_before_its_day_a_visit_is_not_named(stand: Stand, client: FlaskClient) -> None:
    before = scene.START - timedelta(days=1)
    clock.set_source(lambda: before)
    text = client.post("/verify/credential", data={"code": stand.phone.code(stand.check_id, before)}).get_data(as_text=True)
    assert ("约定在另一天" in text, NAME in text) == (True, False)


@pytest.mark.article("23")
def test_a_colleague_can_be_shown_on_this_phone_and_the_page_says_whose_it_is(stand: Stand, client: FlaskClient) -> None:
    with db.transaction(write=False):
        of_b = queries.credentials_of(stand.visit_id)[stand.cast.inspector_b.inspector_id].id
    text = check(client, stand.phone.code(of_b, scene.START))[1]
    assert [word for word in ("钱检二", "赵检一 登记的手机", "核验通过") if word not in text] == []


@pytest.mark.article("23")
def test_whoever_has_left_the_team_can_show_nobody(stand: Stand, client: FlaskClient) -> None:
    with db.transaction(write=True):
        actions.remove_member(stand.visit_id, stand.cast.inspector_a.inspector_id, "health", "住院", by=stand.cast.head.officer)
    assert "不属于本次检查的成员" in check(client, stand.code())[1]


def test_the_page_itself_asks_for_a_code_and_is_not_stored(client: FlaskClient) -> None:
    page = client.get("/verify/credential")
    assert ("<verify-credential" in page.text, page.headers["Cache-Control"]) == (True, "no-store")


@pytest.mark.browser
@ON_SQLITE
@pytest.mark.article("23")
def test_the_next_code_in_the_same_tab_replaces_what_the_one_before_said(
        stand: Stand, client: FlaskClient, phone: Page) -> None:
    phone.route("http://localhost/**", lambda route: _answer(client, route))
    phone.goto(f"http://localhost/verify/credential#{stand.code()}")
    expect(phone.get_by_text("核验通过").first).to_be_visible()
    phone.evaluate("addEventListener('submit', () => { sessionStorage.asking = document.querySelector('main').innerText; })")
    phone.goto(f"http://localhost/verify/credential#{NOBODYS}")
    expect(phone.get_by_text("核验通过")).to_have_count(0)
    expect(phone.get_by_role("heading", name="赵检一")).to_have_count(0)
    assert phone.evaluate("sessionStorage.asking").split() == ["人员核验", "正在核验……"]
    assert "#" not in phone.url


def _answer(client: FlaskClient, route: Route) -> None:
    """The product's own answer to what a browser asks."""
    asked = route.request
    answer = client.open(asked.url, method=asked.method, data=asked.post_data, content_type=asked.headers.get("content-type"))
    route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.get_data())
