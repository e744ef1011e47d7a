"""The door opens one row, the end of the inspections the others, an auditor's reason the key; before that nobody's."""

import hmac
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from fieldapp import clock, db
from fieldapp.cli.main import main
from fieldapp.config import HOME
from fieldapp.draw import actions, queries
from fieldapp.draw.models import DrawKeyHandout
from fieldapp.draw.rules import bundle
from fieldapp.policy import actions as policy
from fieldapp.policy.rules import RuleSet
from fieldapp.refusals import Refusal
from fieldapp.registry.models import InspectionObject
from fieldapp.tasks import actions as tasks
from fieldapp.tasks.models import Task
from tests.draw.makers import draw_all, freeze, make_seed, prepared
from tests.people import Cast, Player


def drawn(cast: Cast) -> tuple[UUID, UUID, str]:
    """A drawn task of 30 objects, one of them a natural person: task, draw, public address."""
    task_id = prepared(cast, size=30)
    with db.transaction(write=True):
        db.session.query(InspectionObject).order_by(InspectionObject.uscc).first().is_natural_person = True  # type: ignore[union-attr]
    draw_id = freeze(cast, task_id)
    make_seed(cast, draw_id)
    draw_all(cast, draw_id)
    with db.transaction(write=False):
        draw = queries.draw(draw_id)
        return task_id, draw_id, f"/public/draws/{draw.year}/{draw.number}"


def rules_that_open(cast: Cast) -> None:
    with db.transaction(write=True):
        policy.enter_rule_set(RuleSet(
            name="公开名录", effective_from=clock.today(), opens_rows_after_inspections=True), by=cast.system_admin.officer)


def complete(cast: Cast, task_id: UUID) -> None:
    with db.transaction(write=True):
        task = db.session.get_one(Task, task_id)
        task.state = "in_progress"
        tasks.complete_task(task, date(2026, 12, 1), by=cast.officer.officer)


@pytest.mark.article("3", "16")
def test_the_row_opened_at_the_door_is_verified_against_the_public_bundle(
        cast: Cast, client: FlaskClient, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    task_id, draw_id, address = drawn(cast)
    with db.transaction(write=False):
        first = queries.drawn_objects(draw_id)[0]
        opened = queries.opened_row(task_id, first.object_id)
        code = first.object.uscc
    row, packed = tmp_path / "row.json", tmp_path / "draw.zip"
    row.write_text(json.dumps(opened), "utf-8")
    packed.write_bytes(client.get(f"{address}/bundle.zip").data)
    assert main(["draw", "verify-row", str(row), str(packed)]) == 0
    assert f"{code}, ok, drawn as number 1" in capsys.readouterr().out
    assert outsider(row).startswith(f"OK: {code} stood")
    row.write_text(json.dumps(opened).replace(code, f"{code[:-1]}X"), "utf-8")
    assert main(["draw", "verify-row", str(row)]) == 1
    assert "AssertionError" in outsider(row)


def outsider(row: Path) -> str:
    """What the document's own lines say of a row, with nothing of the product."""
    _, code = re.findall(r"```python\n(.*?)```", (HOME / "docs" / "verify-a-draw.md").read_text("utf-8"), re.DOTALL)
    done = subprocess.run([sys.executable, "-I", "-c", code, row], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.article("3")
def test_no_row_is_opened_to_the_public_before_all_inspections_are_over(cast: Cast, client: FlaskClient) -> None:
    rules_that_open(cast)
    task_id, _, address = drawn(cast)
    assert client.get(f"{address}/rows.txt").status_code == 404
    assert "rows.txt" not in client.get(address).text
    complete(cast, task_id)
    rows = client.get(f"{address}/rows.txt").text.splitlines()
    proved = bundle.check_bundle(bundle.bundle_in(client.get(f"{address}/bundle.zip").data))
    assert (len(rows), rows.count("-"), proved.opened) == (30, 1, 29)
    assert "rows.txt" in client.get(address).text
    with db.transaction(write=False):
        codes = {one.uscc for one in db.session.query(InspectionObject).filter(~InspectionObject.is_natural_person)}
    assert {json.loads(row)["id"] for row in rows if row != "-"} == codes
    forged = bundle.bundle_in(client.get(f"{address}/bundle.zip").data)
    forged.rows[:] = forged.rows[1:] + forged.rows[:1]
    with pytest.raises(Refusal, match="名录行"):
        bundle.check_bundle(forged)


@pytest.mark.article("3", "31")
def test_the_rule_set_of_the_inspections_decides_whether_rows_are_opened(cast: Cast, client: FlaskClient) -> None:
    task_id, _, address = drawn(cast)
    with db.transaction(write=True):
        policy.enter_rule_set(RuleSet(name="不公开名录", effective_from=clock.today()),
                              by=cast.system_admin.officer)
    complete(cast, task_id)
    assert client.get(f"{address}/rows.txt").status_code == 404


@pytest.mark.article("3")
def test_an_auditor_gets_the_key_with_a_reason_after_the_inspections(
        cast: Cast, client_of: Callable[[Player], FlaskClient]) -> None:
    task_id, draw_id, _ = drawn(cast)
    auditor = cast.audit_admin.officer
    with pytest.raises(Refusal, match="检查全部结束"), db.transaction(write=True):
        actions.hand_out_key(draw_id, "年度审计", by=auditor)
    complete(cast, task_id)
    page = client_of(cast.audit_admin)
    assert client_of(cast.legal).get(f"/draws/{draw_id}/key").status_code == 403
    with db.transaction(write=False):
        secret = queries.draw(draw_id).draw_key.hex()
    assert secret not in page.get(f"/draws/{draw_id}/key").text
    assert page.post(f"/draws/{draw_id}/key", data={"reason": "年度审计"}).status_code == 303
    assert secret in page.get(f"/draws/{draw_id}/key").text
    with db.transaction(write=False):
        [handout] = db.session.query(DrawKeyHandout)
        assert [view.person_id for view in queries.views(draw_id)] == [cast.audit_admin.id], "the look at the key is noted"
        assert (handout.person_id, handout.reason) == (cast.audit_admin.id, "年度审计")
        key, opened = queries.draw(draw_id).draw_key, queries.opened_row(task_id, queries.drawn_objects(draw_id)[0].object_id)
    assert opened is not None
    assert opened["row"]["salt"] == hmac.digest(key, opened["row"]["id"].encode(), "sha256")[:16].hex()
