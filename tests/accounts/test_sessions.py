"""My page: sessions seen and ended, the password changed."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.accounts import actions, queries
from fieldapp.refusals import NotFound
from tests.people import Cast, Player

OLD, NEW = "three grey cats look at clouds", "four brown dogs bark at trains"
Client = Callable[[Player], FlaskClient]


def sessions(player: Player) -> list[object]:
    with db.transaction(write=False):
        return [row.id for row in queries.sessions_of(player.id)]


def test_one_session_is_ended_from_another(client_of: Client, cast: Cast) -> None:
    lost, here = client_of(cast.officer), client_of(cast.officer)
    assert "退出其他所有设备" in here.get("/me").text
    lost_id = sessions(cast.officer)[-1]
    assert here.post(f"/sessions/{lost_id}/end").location == "/me"
    assert lost.get("/me").status_code == 303
    assert here.get("/me").status_code == 200


def test_all_other_sessions_end_and_this_one_goes_on(client_of: Client, cast: Cast) -> None:
    others, here = [client_of(cast.officer) for _ in range(3)], client_of(cast.officer)
    here.post("/me/sessions/end")
    assert [other.get("/me").status_code for other in others] == [303] * 3
    assert here.get("/me").status_code == 200


def test_nobody_ends_a_colleagues_session_but_the_security_administrator(client_of: Client, cast: Cast) -> None:
    colleague = client_of(cast.head)
    head_id = sessions(cast.head)[0]
    assert client_of(cast.officer).post(f"/sessions/{head_id}/end").status_code == 404
    with db.transaction(write=True), pytest.raises(NotFound):
        actions.end_all_sessions(cast.head.id, by=cast.officer.officer)
    assert colleague.get("/me").status_code == 200
    assert client_of(cast.security_admin).post(f"/people/{cast.head.id}/sessions/end").status_code == 303
    assert colleague.get("/me").status_code == 303


def test_the_password_is_changed_by_whoever_knows_the_old_one(client_of: Client, cast: Cast) -> None:
    with db.transaction(write=True):
        actions.set_password(cast.officer.id, OLD, by=cast.officer.officer)
    elsewhere, here = client_of(cast.officer), client_of(cast.officer)
    wrong = here.post("/me/password", data={"old_password": "wrong", "password": NEW, "again": NEW})
    assert wrong.status_code == 422
    assert "原口令不对" in wrong.text
    assert NEW not in wrong.text
    assert here.post("/me/password", data={"old_password": OLD, "password": NEW, "again": NEW}).status_code == 303
    assert actions.identify("officer", NEW) == cast.officer.id
    assert actions.identify("officer", OLD) is None
    assert elsewhere.get("/me").status_code == 303
    assert here.get("/me").status_code == 200


@pytest.mark.parametrize(("new", "again", "field"), [(NEW, NEW + "!", "again"), ("short", "short", "password"),
                                                     ("officer12345", "officer12345", "password")])
def test_a_new_password_that_will_not_do_is_refused_at_its_field(client_of: Client, cast: Cast, new: str, again: str,
                                                                 field: str) -> None:
    with db.transaction(write=True):
        actions.set_password(cast.officer.id, OLD, by=cast.officer.officer)
    answer = client_of(cast.officer).post("/me/password", data={"old_password": OLD, "password": new, "again": again})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert actions.identify("officer", OLD) == cast.officer.id


def test_my_page_shows_who_i_am_here(client_of: Client, cast: Cast) -> None:
    page = client_of(cast.inspector_b).get("/me").text
    for words in ("钱检二", "农村科技处", "执法检查人员", "监管处室经办人", "本机"):
        assert words in page
