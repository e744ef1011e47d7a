"""A phone sends its log: received exactly once, applied afterwards, nothing lost, nothing blocked."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork.actions import apply_op
from fieldapp.jobs import actions as jobs
from fieldapp.jobs.models import Job
from fieldapp.ledger import queries as ledger
from fieldapp.sync import actions as sync
from fieldapp.sync import queries
from fieldapp.sync.actions import apply as applying
from fieldapp.sync.jobs import try_what_failed
from fieldapp.sync.models import Device, Op
from tests.fieldwork.scene import Phone, Scene
from tests.people import Cast
from tests.sync.wire import JSON, SignIn, counted, outcomes, send


def test_the_same_batch_again_gets_the_same_receipts_byte_for_byte(one: Phone, browser: FlaskClient) -> None:
    ops = [one.here(), one.set("arrival/place", "东门"), one.set("arrival/reason", "下班后")]
    first = send(browser, one, *ops)
    assert first.status_code == 200
    again = [send(browser, one, *ops), send(browser, one, *ops[:2]), send(browser, one, ops[2])]
    out = first.get_json()["out"]
    assert [row["n"] for row in out] == [1, 2, 3]
    assert json.dumps(again[0].get_json()["out"]) == json.dumps(out)
    assert again[1].get_json()["out"] + again[2].get_json()["out"] == out
    assert counted(Op) == 3
    assert outcomes() == ["applied"] * 3


def test_an_operation_that_comes_twice_in_one_batch_is_received_once(one: Phone, browser: FlaskClient) -> None:
    first, second = one.set("arrival/place", "东门"), one.set("arrival/reason", "x")
    answer = send(browser, one, first, first, second)
    assert [row["receipt"] for row in answer.get_json()["out"]] == [1, 1, 2]
    assert counted(Op) == 2


@pytest.mark.article("3")
def test_every_received_operation_has_its_ledger_entry(one: Phone, browser: FlaskClient, scene: Scene) -> None:
    ops = [one.here(), one.set("arrival/place", "东门")]
    send(browser, one, *ops)
    send(browser, one, *ops)
    with db.transaction(write=False):
        received = [entry for entry, _ in ledger.history(scene.visit) if entry.action == "sync.op_received"]
        assert [str(entry.thing_id) for entry in received] == [op["id"] for op in ops]


def test_other_bytes_under_a_known_id_clash_and_change_nothing(one: Phone, browser: FlaskClient) -> None:
    first = one.set("arrival/place", "东门")
    send(browser, one, first)
    answer = send(browser, one, {**first, "v": "西门"}, one.set("arrival/reason", "x"))
    assert answer.status_code == 409
    assert (answer.get_json()["clash"], answer.get_json()["want"], answer.get_json()["out"]) == ([first["id"]], 2, [])
    with db.transaction(write=False):
        [row] = db.session.query(Op)
        assert json.loads(row.body)["v"] == "东门"


def test_a_gap_is_named_and_what_came_before_it_stays(one: Phone, browser: FlaskClient) -> None:
    ops = [one.set("arrival/place", str(number)) for number in range(4)]
    answer = send(browser, one, ops[0], ops[1], ops[3])
    assert (answer.status_code, answer.get_json()["want"], len(answer.get_json()["out"])) == (409, 3, 2)
    assert send(browser, one, ops[3]).get_json()["want"] == 3
    assert send(browser, one, *ops[2:]).status_code == 200
    assert outcomes() == ["applied"] * 4


def test_a_cloned_phone_is_told_to_take_a_new_name(one: Phone, scene: Scene, cast: Cast, browser: FlaskClient) -> None:
    send(browser, one, one.set("arrival/place", "东门"))
    clone = Phone(scene, cast.inspector_a, device=one.device)
    unsent = clone.set("arrival/place", "西门")
    answer = send(browser, clone, unsent)
    assert (answer.status_code, answer.get_json()["fork"], answer.get_json()["out"]) == (409, True, [])
    renamed = Phone(scene, cast.inspector_a)
    assert send(browser, renamed, {**unsent, "d": renamed.device, "n": 1}).status_code == 200
    assert outcomes() == ["applied", "rival:fieldwork.rival"]


@pytest.mark.article("24")
def test_received_is_not_applied_and_a_job_applies_what_a_crash_left(
        one: Phone, scene: Scene, cast: Cast, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as crash:
        crash.setattr(sync, "apply_received", lambda *_: (_ for _ in ()).throw(SystemError("the power is gone")))
        assert send(browser, one, one.here(), one.set("arrival/place", "东门")).status_code == 500
    assert counted(Op) == 2
    assert outcomes() == []
    with db.transaction(write=True):
        for job in db.session.query(Job):
            job.run_after = job.asked_at
    while jobs.run_next():
        pass
    assert outcomes() == ["applied", "applied"]
    answer = send(browser, one, since=0).get_json()
    assert [change["outcome"] for change in answer["changes"]] == ["applied", "applied"]


def test_what_cannot_be_applied_is_received_and_blocks_nothing(
        one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    nowhere = str(cast.head.id)
    ops = [one.set("no/such/place", "x"), one.set("arrival/place", {"not": ["text"]}), one.set("arrival/place", "x", t=nowhere),
           one.sign("0" * 64), one.set("arrival/place", "东门")]
    assert len(send(browser, one, *ops).get_json()["out"]) == 5
    assert outcomes() == [
        "attention:fieldwork.unknown_place", "attention:fieldwork.bad_value", "attention:visits.unknown",
        "attention:fieldwork.too_few_present", "applied"]


def test_a_fault_of_ours_costs_one_operation_and_not_the_queue(
        one: Phone, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    real = apply_op._enter

    def broken(op: Any) -> Any:
        if op.path == "arrival/place":
            raise ZeroDivisionError
        return real(op)

    monkeypatch.setattr(apply_op, "_enter", broken)
    send(browser, one, one.set("arrival/place", "东门"), one.set("arrival/reason", "x"))
    assert outcomes() == ["attention:sync.could_not_apply", "applied"]


def test_what_a_fault_of_ours_kept_out_enters_once_it_is_repaired(
        one: Phone, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The fault is met again at every applying, not more than so many times in one, and leaves no second outcome."""
    real, tried = apply_op._enter, list[str]()

    def broken(op: Any) -> Any:
        tried.append(op.path)
        raise ZeroDivisionError

    monkeypatch.setattr(apply_op, "_enter", broken)
    monkeypatch.setattr(applying, "MOST_TRIED_AGAIN", 2)
    send(browser, one, *(one.set(f"arrival/{field}", "x") for field in ("place", "reason", "place")))
    send(browser, one, one.set("arrival/reason", "y"))
    assert (len(tried), outcomes()) == (3 + 2 + 1, ["attention:sync.could_not_apply"] * 4)
    assert sum("could not be applied" in line for line in caplog.messages) == 6
    monkeypatch.setattr(apply_op, "_enter", real)
    send(browser, one, one.set("arrival/reason", "z"))
    assert outcomes()[4:6] == ["applied", "applied"]
    try_daily()
    with db.transaction(write=False):
        assert queries.visits_waiting_for("sync.could_not_apply") == set()
        assert all(row.outcome == "applied" for _, row, _ in queries.versions(one.scene.visit))


def test_lasting_faults_hide_no_later_one_from_the_daily_job_which_asks_for_one_of_each_visit(
        one: Phone, browser: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    real, lasting = apply_op._enter, {"arrival/place", "arrival/reason"}

    def broken(op: Any) -> Any:
        if op.path in lasting:
            raise ZeroDivisionError
        return real(op)

    monkeypatch.setattr(apply_op, "_enter", broken)
    monkeypatch.setattr(applying, "MOST_TRIED_AGAIN", 1)
    send(browser, one, one.set("arrival/place", "x"), one.set("arrival/reason", "x"))
    lasting.remove("arrival/reason")
    try_daily()
    assert outcomes() == ["attention:sync.could_not_apply"] * 2 + ["applied"]
    with db.transaction(write=False):
        [asked] = db.session.query(Job).filter(Job.kind == "sync.try_visit_again")
        assert asked.facts == {"visit_id": str(one.scene.visit)}


def try_daily() -> None:
    with db.transaction(write=True):
        try_what_failed({})
    while jobs.run_next():
        pass



def test_another_person_cannot_send_a_phones_operations(
        one: Phone, scene: Scene, cast: Cast, client_of: SignIn, browser: FlaskClient) -> None:
    ops = [one.here(), one.set("arrival/place", "东门")]
    stranger = client_of(cast.inspector_c)
    answer = send(stranger, one, *ops)
    assert (answer.status_code, answer.get_json()["error"]) == (403, "sync.other_person")
    assert counted(Op) == 0
    assert send(browser, one, *ops).status_code == 200
    own = {**one.set("arrival/place", "x"), "u": str(cast.inspector_c.id)}
    assert send(stranger, one, own).get_json()["error"] == "sync.device_of_another"


def test_a_member_confirms_and_signs_on_a_colleagues_phone(one: Phone, scene: Scene, cast: Cast, browser: FlaskClient) -> None:
    assert send(browser, one, one.here(), one.here(cast.inspector_b)).status_code == 200
    assert outcomes() == ["applied", "applied"]
    with db.transaction(write=False):
        rows = db.session.query(Op).order_by(Op.receipt).all()
        assert [(row.person_id, row.received_from) for row in rows] == [
            (cast.inspector_a.id, cast.inspector_a.id), (cast.inspector_b.id, cast.inspector_a.id)]


def test_not_signed_in_and_not_an_inspector_are_told_in_json(
        client: FlaskClient, one: Phone, client_of: SignIn, cast: Cast) -> None:
    answer = send(client, one, one.here())
    assert (answer.status_code, answer.get_json()["error"]) == (401, "http.401")
    assert send(client_of(cast.officer), one, one.here()).status_code == 403
    assert client.put(f"/field/chunk/{'0' * 64}", data=b"x", headers=JSON).status_code == 401


@pytest.mark.parametrize("body",
    [b"", b"{", b"[" * 60_000, b'{"v":1,"dev":"phone-0001","ops":[{"n":1e400}]}', b"\xff\xfe", b"null",
                                  b'{"v":1,"dev":"phone-0001","ops":[' + b"1" * 5000 + b"]}"])
def test_a_body_that_is_none_is_a_clear_refusal(browser: FlaskClient, body: bytes) -> None:
    answer = browser.post("/field/sync", data=body, headers={**JSON, "Content-Type": "application/json"})
    assert (answer.status_code, answer.get_json()["error"]) == (422, "sync.malformed")


def test_too_much_at_once_is_halved_by_the_phone(browser: FlaskClient, one: Phone) -> None:
    assert send(browser, one, *[one.set("arrival/place", "x") for _ in range(51)]).status_code == 413
    answer = browser.post("/field/sync", data=b" " * 5_000_000, headers={**JSON, "Content-Type": "application/json"})
    assert answer.status_code == 413


def test_a_revoked_phone_sends_nothing(one: Phone, browser: FlaskClient) -> None:
    send(browser, one, one.here())
    with db.transaction(write=True):
        row = db.session.get_one(Device, one.device)
        row.revoked_at = row.last_seen_at
    assert send(browser, one, one.set("arrival/place", "x")).get_json()["error"] == "sync.device_revoked"
