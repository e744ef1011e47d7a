"""Phones register their keys for 人员核验 when the day is prepared; a key lives and ends with its phone."""

from base64 import urlsafe_b64encode

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.ledger import queries as ledger
from fieldapp.sync import actions
from fieldapp.visits.models import CredentialKey
from tests.people import Cast
from tests.sync.wire import JSON, SignIn, counted
from tests.visits.credential.phone import KeyPhone


def register(client: FlaskClient, phone: KeyPhone, device: str = "", point: bytes = b"") -> tuple[int, str]:
    key = urlsafe_b64encode(point or phone.point).rstrip(b"=").decode()
    answer = client.post("/field/key", json={"dev": device or phone.device, "key": key}, headers=JSON)
    return answer.status_code, answer.get_json().get("error") or answer.get_json()["id"]


def test_a_key_is_registered_once_for_one_person_and_one_phone(client_of: SignIn, cast: Cast) -> None:
    phone, browser = KeyPhone(), client_of(cast.inspector_a)
    first = register(browser, phone)
    assert first == register(browser, phone)
    assert register(browser, phone, device="another-phone") == (409, "visits.key_taken")
    assert register(client_of(cast.inspector_b), phone, device="phone-of-b") == (409, "visits.key_taken")
    assert register(client_of(cast.inspector_b), KeyPhone()) == (403, "sync.device_of_another")
    assert (first[0], counted(CredentialKey)) == (200, 1)
    with db.transaction(write=False):
        entries = [entry.action for entry, _ in ledger.history(cast.inspector_a.id)]
    assert entries.count("visits.credential_key_registered") == 1


def test_a_stopped_phone_registers_nothing_and_a_found_one_makes_a_new_key(client_of: SignIn, cast: Cast) -> None:
    phone, browser = KeyPhone(), client_of(cast.inspector_a)
    register(browser, phone)
    with db.transaction(write=True):
        actions.revoke_device(phone.device, "丢失", by=cast.inspector_a.officer)
    assert register(browser, KeyPhone()) == (403, "sync.device_revoked")
    with db.transaction(write=True):
        actions.restore_device(phone.device, "找到了", by=cast.security_admin.officer)
    assert register(browser, phone) == (409, "visits.key_taken")
    assert register(browser, KeyPhone())[0] == 200


@pytest.mark.parametrize("point", [b"\x04" + b"\x01" * 64, b"\x04", b"\x02" + b"\x01" * 32, b"x" * 65, b"x" * 300])
def test_what_is_no_point_of_the_curve_is_refused(client_of: SignIn, cast: Cast, point: bytes) -> None:
    status, code = register(client_of(cast.inspector_a), KeyPhone(), point=point)
    assert (status, code in {"visits.key_unreadable", "sync.malformed"}, counted(CredentialKey)) == (422, True, 0)
