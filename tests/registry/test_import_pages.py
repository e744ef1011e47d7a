"""The pages on which a sheet is brought, looked through and decided, on both databases."""

import random
from collections.abc import Callable
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.jobs import actions as jobs
from fieldapp.registry import queries
from fieldapp.registry.models import ImportBatch
from tests.people import Cast, Player
from tests.registry.sheets import workbook
from tests.registry.walks import CODES, bring, directory, objects_sheet, upload

Clients = Callable[[Player], FlaskClient]
ANIMALS = "实验动物单位"
PAYLOAD = "<script>alert(1)</script>研究所"


def batches() -> int:
    with db.transaction(write=False):
        return db.session.scalar(sa.select(sa.func.count(ImportBatch.id))) or 0


def test_a_division_hands_in_and_legal_affairs_takes_in(app: Flask, cast: Cast, client_of: Clients) -> None:
    officer, legal = client_of(cast.officer), client_of(cast.legal)
    assert "导入一份表" in officer.get("/imports/new").text
    answer = upload(officer, objects_sheet(("甲研究所", CODES[0], ANIMALS), ("乙研究所", "91370725MA96PDPBX3", ANIMALS)))
    assert answer.status_code == 303
    page = officer.get(answer.location).text
    assert "甲研究所" in page
    assert "校验码不符" in page
    assert "原单元格“91370725MA96PDPBX3”" in page
    refused = officer.get(f"{answer.location}?verdict=refused").text
    assert "甲研究所" not in refused
    assert officer.post(f"{answer.location}/submission").status_code == 303
    assert officer.post(f"{answer.location}/submission").status_code == 409
    assert officer.post(f"{answer.location}/decision", data={"decision": "agree"}).status_code == 403
    assert legal.post(f"{answer.location}/decision", data={"decision": "disagree"}).status_code == 422
    assert legal.post(f"{answer.location}/decision", data={}).status_code == 422
    assert legal.post(f"{answer.location}/decision", data={"decision": "yes"}).status_code == 422
    assert legal.post(f"{answer.location}/decision", data={"decision": "agree"}).status_code == 303
    assert "0 / 1 行" in legal.get(answer.location).text
    assert legal.post(f"{answer.location}/decision", data={"decision": "agree"}).status_code == 409
    jobs.run_all_due()
    assert "已入库 1 行" in legal.get(answer.location).text
    assert list(directory()) == [CODES[0]]


def test_progress_is_asked_for_as_a_part_of_the_page(app: Flask, cast: Cast, client_of: Clients) -> None:
    legal = client_of(cast.legal)
    address = upload(legal, objects_sheet(("甲研究所", CODES[0], ANIMALS))).location
    legal.post(f"{address}/decision", data={"decision": "agree"})
    part = legal.get(address, headers={"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#progress"})
    assert part.text.count("<html") == 0
    assert 'hx-trigger="every 1s"' in part.text
    assert f'href="{address}"' in part.text
    jobs.run_all_due()
    assert "hx-trigger" not in legal.get(address).text


def test_a_renamed_duplicate_is_merged_on_the_page(app: Flask, cast: Cast, client_of: Clients) -> None:
    legal = client_of(cast.legal)
    rows = (("先名", CODES[0], ANIMALS), ("后名", CODES[0], ANIMALS))
    address = upload(legal, objects_sheet(*rows)).location
    assert "全部更名合并" in legal.get(address).text
    assert legal.post(f"{address}/choices", data={"choice": "merge"}).status_code == 303
    legal.post(f"{address}/decision", data={"decision": "agree"})
    jobs.run_all_due()
    assert directory()[CODES[0]][0] == "后名"
    assert legal.post(f"{address}/choices", data={"choice": "burn"}).status_code == 422


def test_somebody_of_another_division_does_not_find_the_sheet(app: Flask, cast: Cast, client_of: Clients) -> None:
    batch_id = bring(objects_sheet(("甲研究所", CODES[0], ANIMALS)), cast.officer.officer)
    other = client_of(cast.other_officer)
    for method, place in (("get", ""), ("get", "/report.xlsx"), ("post", "/submission"), ("post", "/withdrawal"),
                          ("post", "/choices")):
        assert getattr(other, method)(f"/imports/{batch_id}{place}", data={"choice": "skip"}).status_code == 404
    assert "名录.xlsx" not in other.get("/imports").text
    for player in (cast.head, cast.inspector_a, cast.system_admin):
        assert client_of(player).get("/imports").status_code == 403


@pytest.mark.parametrize("content", [
    b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0old", b"<html><table>", "没有表头,甲\n1,2\n".encode(), b"%PDF-1.7"])
def test_a_hostile_file_is_a_clear_refusal_and_nothing_is_saved(
        app: Flask, cast: Cast, client_of: Clients, content: bytes) -> None:
    answer = upload(client_of(cast.officer), content)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "没有保存" in answer.text
    assert batches() == 0


def test_a_missing_file_a_foreign_kind_and_an_unknown_division_are_refused_with_the_field(
        app: Flask, cast: Cast, client_of: Clients) -> None:
    officer, legal = client_of(cast.officer), client_of(cast.legal)
    assert officer.post("/imports", data={}, content_type="multipart/form-data").status_code == 422
    items = workbook(["清单"], ["抽查事项名称", "抽查比例", "抽查频次"], ["某事项", "5%", ">=1"])
    assert upload(officer, items).status_code == 403
    untitled = objects_sheet(("甲研究所", CODES[0], ANIMALS), title="名录")
    assert "请选择负责的处室" in upload(legal, untitled).text
    assert upload(legal, untitled, division_id="nobody").status_code == 422
    assert upload(legal, untitled, division_id=str(cast.division)).status_code == 303
    assert batches() == 1


def test_mutated_sheets_are_never_a_fault(app: Flask, cast: Cast, client_of: Clients, database: str) -> None:
    chance = random.Random(20261123)
    officer = client_of(cast.officer)
    sound = objects_sheet(*((f"第{n}所", code, ANIMALS) for n, code in enumerate(CODES)))
    for _ in range(100 if database.startswith("sqlite") else 10):
        broken = bytearray(sound)
        for _ in range(chance.randint(1, 40)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        answer = upload(officer, bytes(broken[:chance.randint(len(broken) // 2, len(broken))]))
        assert answer.status_code in {303, 403, 422}


def test_names_out_of_a_sheet_are_text_on_every_page(app: Flask, cast: Cast, client_of: Clients) -> None:
    legal = client_of(cast.legal)
    sheet = objects_sheet((PAYLOAD, CODES[0], ANIMALS, '"><img src=x onerror=alert(1)>'), extra=("地址",))
    address = upload(legal, sheet, name="<svg onload=alert(1)>.xlsx").location
    pages = [legal.get(address).text]
    legal.post(f"{address}/decision", data={"decision": "agree"})
    jobs.run_all_due()
    with db.transaction(write=False):
        one = queries.objects_by_uscc([CODES[0]])[CODES[0]].id
    pages += [legal.get(path).text for path in ("/imports", "/objects", f"/objects/{one}", "/objects?q=%3Cscript%3E")]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg onload" not in page
    assert PAYLOAD in unescape(pages[2])
