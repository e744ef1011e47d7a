"""People and their roles, by the security administrator."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.accounts import actions, queries
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import Role
from tests.people import Cast, Player

Client = Callable[[Player], FlaskClient]


def typed(cast: Cast, **changes: object) -> dict[str, object]:
    return {"name": "司马·买买提", "user_name": "sima", "staff_number": "KJ-77", "division_id": str(cast.division),
            "roles": ["inspector", "division_officer"], "telephone": "0531-1234567", **changes}


@pytest.mark.article("4")
def test_a_person_is_added_with_roles(client_of: Client, cast: Cast) -> None:
    page = client_of(cast.security_admin)
    answer = page.post("/people", data=typed(cast))
    assert answer.status_code == 303
    shown = page.get(answer.location).text
    for words in ("司马·买买提", "sima", "KJ-77", "农村科技处", "未设口令"):
        assert words in shown
    with db.transaction(write=False):
        assert queries.person_named("kj-77").roles == {Role.INSPECTOR, Role.DIVISION_OFFICER}  # type: ignore[union-attr]


@pytest.mark.parametrize(("changes", "status", "field"), [
    ({"name": " "}, 422, "name"), ({"user_name": "司马"}, 422, "user_name"), ({"staff_number": ""}, 422, "staff_number"),
    ({"division_id": "nowhere"}, 422, "division_id"), ({"roles": []}, 422, "roles"), ({"roles": ["emperor"]}, 422, "roles"),
    ({"roles": ["system_admin", "inspector"]}, 422, "roles"), ({"user_name": "officer"}, 409, "user_name"),
    ({"user_name": "t002"}, 409, "user_name"), ({"staff_number": "T002"}, 409, "staff_number"),
    ({"telephone": "1" * 31}, 422, "telephone"),
])
def test_what_will_not_do_is_said_at_its_field_and_nothing_typed_is_lost(
        client_of: Client, cast: Cast, changes: dict[str, object], status: int, field: str) -> None:
    answer = client_of(cast.security_admin).post("/people", data=typed(cast, **changes))
    assert answer.status_code == status
    assert f'id="{field}-error"' in answer.text
    kept = typed(cast, **changes)
    for name in {"name", "user_name", "staff_number", "telephone"} - {field}:
        assert f'value="{kept[name]}"' in answer.text
    with db.transaction(write=False):
        assert queries.person_named("sima") is None


def test_the_list_is_searched_by_name_user_name_and_number(client_of: Client, cast: Cast) -> None:
    page = client_of(cast.security_admin)
    for words in ("吴经办", "officer", "T002"):
        assert "吴经办" in page.get("/people", query_string={"q": words}).text
    assert "没有找到人员" in page.get("/people", query_string={"q": "%_%"}).text


@pytest.mark.article("4")
def test_roles_change_at_once_and_by_somebody_else(client_of: Client, cast: Cast) -> None:
    page = client_of(cast.security_admin)
    assert page.post(f"/people/{cast.officer.id}/roles", data={"roles": ["security_admin"]}).status_code == 303
    assert client_of(cast.officer).get("/people").status_code == 200
    page.post(f"/people/{cast.officer.id}/roles", data={"roles": ["inspector"]})
    assert client_of(cast.officer).get("/people").status_code == 403
    own = page.post(f"/people/{cast.security_admin.id}/roles", data={"roles": ["legal_affairs"]})
    assert own.status_code == 403
    assert "由另一位安全管理员办理" in own.text


def test_roles_that_exclude_each_other_come_back_as_ticked(client_of: Client, cast: Cast) -> None:
    answer = client_of(cast.security_admin).post(
        f"/people/{cast.officer.id}/roles", data={"roles": ["audit_admin", "inspector"], "_asked": "roles"})
    assert answer.status_code == 422
    assert 'value="audit_admin" checked' in answer.text
    assert 'value="division_officer" checked' not in answer.text


def test_a_departure_ends_the_sessions_on_its_day(client_of: Client, cast: Cast) -> None:
    leaving, page = client_of(cast.officer), client_of(cast.security_admin)
    address = f"/people/{cast.officer.id}/departure"
    assert page.post(address, data={"left_on": "soon"}).status_code == 422
    page.post(address, data={"left_on": (clock.today() + timedelta(days=2)).isoformat()})
    assert leaving.get("/me").status_code == 200
    page.post(address, data={"left_on": clock.today().isoformat()})
    assert leaving.get("/me").status_code == 303
    with db.transaction(write=False):
        assert cast.officer.id not in {one.id for one in queries.people_of(cast.division)}
    with db.transaction(write=True), pytest.raises(Forbidden):
        actions.record_departure(cast.security_admin.id, clock.today(), by=cast.security_admin.officer)


def test_people_of_a_division_are_found_by_role(cast: Cast) -> None:
    with db.transaction(write=False):
        heads = queries.people_of(cast.division, Role.DIVISION_HEAD, Role.DEPUTY_HEAD)
        assert {one.name for one in heads} == {"郑处长", "王副处"}


@pytest.mark.article("4")
def test_divisions_are_named_once_each(client_of: Client, cast: Cast) -> None:
    page = client_of(cast.system_admin)
    assert page.post("/divisions", data={"name": "科普处"}).status_code == 303
    assert page.post("/divisions", data={"name": "科普处"}).status_code == 409
    assert page.post(f"/divisions/{cast.division}/name", data={"name": "农村科技与社会发展处"}).status_code == 303
    assert page.post(f"/divisions/{cast.division}/name", data={"name": "科普处"}).status_code == 409
    assert page.post(f"/divisions/{cast.division}/name", data={"name": "农村科技与社会发展处"}).status_code == 303
    assert "农村科技与社会发展处" in page.get(f"/divisions/{cast.division}").text
    assert client_of(cast.security_admin).get("/divisions").status_code == 403


@pytest.mark.parametrize("part", ["legal", "officer", "head", "inspector_a", "system_admin", "audit_admin"])
def test_only_the_security_administrator_sees_people(client_of: Client, cast: Cast, part: str) -> None:
    page = client_of(getattr(cast, part))
    for address in ("/people", "/people/new", f"/people/{cast.head.id}"):
        assert page.get(address).status_code == 403


def test_an_empty_installation_gets_its_first_administrator_once(client: FlaskClient) -> None:
    with db.transaction(write=True):
        secret = actions.add_first_administrator("沈安全")
    page = client.post("/links", data={"secret": secret}).text
    assert "沈安全" in page
    assert "security" in page
    with db.transaction(write=True), pytest.raises(Conflict):
        actions.add_first_administrator("沈安全")


def test_a_portrait_is_written_anew_and_shown_to_whoever_has_signed_in(client: FlaskClient, client_of: Client,
                                                                        cast: Cast) -> None:
    address = f"/people/{cast.inspector_a.id}/portrait"
    page = client_of(cast.security_admin)
    assert page.get(address).status_code == 404
    assert page.post(address, data={"portrait": (BytesIO(picture()), "赵检一.png")}).status_code == 303
    shown = client_of(cast.other_officer).get(address)
    assert shown.mimetype == "image/jpeg"
    assert shown.data.startswith(b"\xff\xd8\xff")
    assert shown.headers["Content-Security-Policy"] == "sandbox"
    assert client.get(address).status_code == 303
    assert client_of(cast.inspector_a).post(address, data={"portrait": (BytesIO(picture()), "a.png")}).status_code == 403


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_portrait_becomes_small_and_loses_its_metadata(kind: str) -> None:
    from PIL import Image

    with Image.open(BytesIO(actions.read_portrait(picture(kind, (2400, 3200))).jpeg)) as small:
        assert small.format == "JPEG"
        assert small.size == (720, 960)
        assert not small.getexif()


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg onload='x()'/>", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"x" * (9 << 20)])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="portrait"):
        actions.read_portrait(content)


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(Refusal, match="portrait_unreadable"):
        actions.read_portrait(picture("PNG", (8000, 7000)))


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 80)) -> bytes:
    from PIL import Image

    written = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "somebody's phone"
    Image.new("RGB", size, "#89a").save(written, kind, exif=exif)
    return written.getvalue()


def test_an_unknown_person_is_not_there(client_of: Client, cast: Cast) -> None:
    assert client_of(cast.security_admin).get(f"/people/{UUID(int=7)}").status_code == 404
