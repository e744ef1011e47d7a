"""Broken pictures on their whole way: from a phone to the page that shows them, a refusal at worst, never a fault."""

from collections import Counter

import pytest
from flask.testing import FlaskClient

from fieldapp.sync.models import Op
from tests.databases import ON_SQLITE
from tests.evidence.pictures import mutated
from tests.evidence.test_receive_chunk import SignIn
from tests.fieldwork.scene import Phone, Scene, photo
from tests.people import Cast
from tests.sync.wire import counted, outcomes, send, upload

SEED, BATCH = 20261125, 50
TIMES = [60, pytest.param(500, marks=pytest.mark.full)]


@pytest.mark.timeout(900)
@ON_SQLITE
@pytest.mark.parametrize("times", TIMES)
def test_mutated_pictures_come_in_over_http_without_a_fault(client_of: SignIn, scene: Scene, cast: Cast, times: int) -> None:
    print(f"seed {SEED}")
    phone, browser = Phone(scene, cast.inspector_a), client_of(cast.inspector_a)
    send(browser, phone, phone.here(), phone.here(cast.inspector_b))
    statuses, hashes, ops = Counter[int](), [], []
    for number, content in enumerate(mutated(SEED, times), start=1):
        value, chunks = photo(content, name=f"照片{number}.jpg")
        statuses.update(upload(browser, chunks))
        hashes.append(value["capture_hash"])
        ops.append(phone.op("add", scene.path(f"evidence/00000000-0000-7000-8000-{number:012d}"), value))
    for first in range(0, len(ops), BATCH):
        statuses[send(browser, phone, *ops[first:first + BATCH]).status_code] += 1
    became = Counter(outcomes())
    seen = Counter(_seen(browser, name) for name in hashes)
    print(f"received {dict(statuses)}, became {dict(became)}, shown {dict(seen)}")
    assert counted(Op) == times + 2
    assert set(statuses) <= {200, 201}
    assert set(seen) <= {200, 404, 422}
    assert set(became) == {"applied", "attention:evidence.unknown_type"}
    assert seen[404] == became["attention:evidence.unknown_type"]
    assert min(seen[200], seen[422]) > times // 25


def _seen(browser: FlaskClient, name: str) -> int:
    assert browser.get(f"/media/{name}").status_code in {200, 404}
    return browser.get(f"/media/{name}/picture?w=320").status_code
