"""What a kit of an earlier form sends is understood for a long time, and kept as it was sent for ever."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from fieldapp import db
from fieldapp.fieldwork import queries
from fieldapp.fieldwork import rules as fieldwork
from fieldapp.refusals import Refusal
from fieldapp.sync.models import Op
from fieldapp.sync.rules import FORM, UPCASTERS, upcast
from tests.fieldwork.scene import Phone, Scene, record_digest
from tests.people import Cast
from tests.sync.wire import outcomes, send

REFUSED = {"what": "record", "words": "不签", "reason": "已宣读，拒绝签字", "witness": "孙某"}


def test_a_refusal_of_the_first_form_says_its_explanation_and_its_witness() -> None:
    lifted = upcast({"f": 0, "k": "refuse", "v": REFUSED})
    assert lifted["v"] == {"what": "record", "words": "不签", "explanation": "已宣读，拒绝签字",
                           "witness": {"name": "孙某", "unit": ""}}
    assert lifted["f"] == FORM
    assert REFUSED["reason"] == "已宣读，拒绝签字"


@pytest.mark.parametrize("body", [{"k": "set", "v": "x"}, {"f": FORM, "k": "set", "v": "x"}, {"f": 0, "k": "set", "v": "x"}])
def test_what_needs_no_lifting_stays_as_it_is(body: dict[str, Any]) -> None:
    assert upcast(body) == {**body, "f": FORM}


def test_forms_are_lifted_one_after_the_other() -> None:
    steps = {0: lambda body: {**body, "v": body["v"] + "a"}, 1: lambda body: {**body, "v": body["v"] + "b"}}
    assert upcast({"f": 0, "v": ""}, upcasters=steps, form=2) == {"f": 2, "v": "ab"}


@pytest.mark.parametrize(("form", "code"), [
    (-1, "sync.form_too_old"), (FORM + 1, "sync.form_unknown"), ("1", "sync.form_unknown")])
def test_a_form_that_nobody_knows_needs_a_person(form: Any, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        upcast({"f": form, "k": "set", "v": "x"})
    assert refused.value.code == code


def test_every_form_since_the_first_is_understood() -> None:
    assert set(UPCASTERS) == set(range(FORM))
    assert fieldwork.FORM == FORM


@pytest.mark.article("24")
def test_an_old_kits_refusal_enters_the_record_and_its_bytes_stay(
        one: Phone, browser: FlaskClient, scene: Scene, cast: Cast) -> None:
    send(browser, one, one.here(), one.here(cast.inspector_b), *(one.set(scene.check(n), "compliant") for n in (1, 2, 3)),
         one.set(scene.path("conclusion/category"), "no_problem"))
    old = one.op("refuse", scene.path("record"), {**REFUSED, "digest": record_digest(scene)}, f=0)
    ancient = one.set("arrival/reason", "x", f=-3)
    send(browser, one, old, ancient)
    assert outcomes()[-2:] == ["applied", "attention:sync.form_too_old"]
    with db.transaction(write=False):
        [refusal] = queries.record(scene.part).refusals
        assert (refusal.explanation, refusal.witness["name"]) == ("已宣读，拒绝签字", "孙某")
        assert json.loads(db.session.query(Op).filter(Op.kind == "refuse").one().body)["v"]["reason"] == "已宣读，拒绝签字"
