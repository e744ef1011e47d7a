"""The team changed after the notice was served: the entity receives or refuses the supplement on its own phone too."""

import pytest
from flask.testing import FlaskClient

from tests.databases import ON_SQLITE
from tests.fieldwork.applying import view
from tests.fieldwork.kit.test_supplement import MISSING, comes, gaps, replace_second, supplements
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.own.phone import NAME, by_finger, offer, open_with, read, said

pytestmark = [ON_SQLITE, pytest.mark.article("18", "23")]


@pytest.fixture
def address(phone: Phone, browser: FlaskClient, entity: FlaskClient, scene: Scene, cast: Cast) -> str:
    """Where the supplement is read, on the entity's phone behind the door; the substitute is there."""
    replace_second(cast, scene)
    comes(cast, scene, phone)
    assert open_with(entity, offer(browser, scene)).status_code == 303
    [told] = supplements(scene)
    return f"/sign/supplements/{told.place.partition('/')[2]}"


def test_the_entity_receives_the_supplement_by_signature(entity: FlaskClient, address: str, scene: Scene) -> None:
    [told] = supplements(scene)
    assert f'href="{address}"' in entity.get("/sign/visit").text
    page = entity.get(address)
    assert [word for word in (told.number, told.says["joining"][0]["name"]) if word not in said(page)] == []
    assert MISSING in gaps(scene)
    form = {"digest": read(page), **NAME, **by_finger()}
    changed = entity.post(f"{address}/signature", data={**form, "digest": "0" * 64})
    assert (changed.status_code, MISSING in gaps(scene)) == (409, True)
    assert entity.post(f"{address}/signature", data=form).status_code == 303
    assert ([(one.name, one.fits) for one in view(scene).notice_signatures], MISSING in gaps(scene)) == ([("李某", True)], False)
    assert entity.post(f"{address}/signature", data=form).status_code == 409
    assert "已签收" in said(entity.get("/sign/visit"))


def test_who_refuses_the_supplement_is_heard_and_nothing_is_settled(entity: FlaskClient, address: str, scene: Scene) -> None:
    form = {"digest": read(entity.get(f"{address}/refusal")), "words": "要先问公司法务。"}
    assert entity.post(f"{address}/refusal", data=form).status_code == 303
    assert "您已表示不签收" in said(entity.get("/sign/visit"))
    assert (view(scene).notice_refusals, MISSING in gaps(scene)) == ([], True)


def test_a_supplement_of_another_visit_is_not_there(entity: FlaskClient, address: str) -> None:
    other = address[:-1] + ("0" if address[-1] != "0" else "1")
    assert [entity.get(other).status_code, entity.post(f"{other}/refusal", data={}).status_code] == [404, 404]
