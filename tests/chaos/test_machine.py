"""Phones against the server, whatever befalls them: the invariants of the phone's log hold.

And the machine itself: with any of seven faults planted in the server it must fail.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RULE_MARKER, run_state_machine_as_test

from fieldapp import clock, ids
from fieldapp.app import create_app
from fieldapp.config import Config
from fieldapp.fieldwork import rules as fieldwork
from fieldapp.fieldwork.rules import Move, Ruling
from fieldapp.sync import rules as sync
from fieldapp.sync.rules import Verdict
from tests.chaos.machine import PhonesAndServer
from tests.chaos.stage import Stage
from tests.databases import SOON_ON_SQLITE

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
QUICK = settings(max_examples=3, stateful_step_count=16, deadline=None, database=None, derandomize=True,
                 suppress_health_check=QUIET, phases=[Phase.generate], report_multiple_bugs=False)
BRIEF = settings(QUICK, derandomize=False, max_examples=30, stateful_step_count=10)
PATIENT = settings(QUICK, max_examples=60, stateful_step_count=30)
# A play that fails is told as it went, at once: to look for a shorter one takes an hour, and may lose it.
DEEP = settings(BRIEF, max_examples=300, stateful_step_count=60, print_blob=True)


@pytest.fixture
def served(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application; each example binds it to a database of its own."""
    return create_app(Config(database_url=stage.url, media_dir=tmp_path_factory.mktemp("media"),
                             secret_key="a secret of forty characters for tests", public_url="http://localhost",
                             trusted_hosts=(), host="127.0.0.1", port=0, demonstration=False, workers=2))


def play(stage: Stage, app: Flask, how: settings, *, without: Mapping[str, None] = MappingProxyType({}),
         first: int | None = None) -> None:
    """Let the machine play on this stage, without some of its rules; by chance from the number `first` on."""
    machine = type("Machine", (PhonesAndServer,), {"stage": stage, "app": app, **without})
    run_state_machine_as_test(machine if first is None else seed(first)(machine), settings=how)


@pytest.mark.article("24")
def test_whatever_befalls_the_phones_the_log_holds(stage: Stage, served: Flask) -> None:
    play(stage, served, QUICK)


@SOON_ON_SQLITE
@pytest.mark.article("24")
@pytest.mark.parametrize("who", [0, 2])
@pytest.mark.parametrize("is_own", [True, False])
def test_whoever_chooses_between_two_values_has_seen_both(stage: Stage, served: Flask, who: int, is_own: bool) -> None:
    play = type("Machine", (PhonesAndServer,), {"stage": stage, "app": served})()
    play.begin()
    play.answer_a_check(who=0, where=1, line=1, value="compliant")
    play.answer_a_check(who=2, where=1, line=1, value="non_compliant")
    for sender in (0, 2, 0):
        play.send(who=sender, most=50, fate="arrives")
    written = len(play.written)
    play.choose_between_rivals(who=who, where=1, is_own=is_own)
    assert len(play.written) == written + 1
    play.teardown()


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_the_patience_that_finds_planted_faults_finds_none_without(stage: Stage, served: Flask) -> None:
    play(stage, served, PATIENT)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_whatever_befalls_the_phones_the_log_holds_deep(stage: Stage, served: Flask) -> None:
    play(stage, served, DEEP)


def instead(verdict: Verdict, other: Verdict) -> Any:
    """The verdict on an operation, with one of its answers wrong."""
    true = sync.sequence_verdict

    def wrong(op: Any, **facts: Any) -> Verdict:
        found = true(op, **facts)
        return other if found is verdict else found

    return wrong


def dated_anew() -> Any:
    true = sync.answer
    return lambda op_id, n, receipt, _moment: {**true(op_id, n, receipt, clock.now()), "nonce": ids.uuid7().hex}


RECEIVE = import_module("fieldapp.sync.actions.receive")  # the package names its verb the same


@dataclass(frozen=True)
class Planted:
    """A fault in the server: where, what the machine must say of it, the rules of the machine that it lies among."""

    reason: str
    module: Any
    name: str
    wrong: Callable[[], Any]
    among: tuple[str, ...]
    first: int  # the number of the chance that comes upon it soon; without it the machine only takes longer

    def others(self) -> dict[str, None]:
        """All other rules, taken out of the machine."""
        return {name: None for name, member in vars(PhonesAndServer).items()
                if hasattr(member, RULE_MARKER) and name not in {"send", *self.among}}


PLANTED = {
    "gap check": Planted("numbers of", sync, "sequence_verdict", lambda: instead(Verdict.AHEAD, Verdict.RECEIVE),
                         ("type_and_save", "a_later_part_overtakes"), 10),
    "dedupe": Planted("http.500|another receipt", RECEIVE.queries, "known", lambda: lambda _ids: {}, ("type_and_save",), 5),
    "rival rule": Planted("without having seen it", fieldwork, "ruling",
                          lambda: lambda *_places, **_facts: Ruling(Move.REPLACE), ("answer_a_check",), 8),
    "fork": Planted("never received", sync, "sequence_verdict", lambda: instead(Verdict.FORK, Verdict.AHEAD),
                    ("the_phone_is_copied",), 1),
    "byte-identical receipt": Planted("another receipt", sync, "answer", dated_anew, ("type_and_save",), 2),
    "addendum": Planted("changed under a signature", fieldwork, "check_record_is_open", lambda: lambda **_facts: None,
                        ("answer_a_check", "sign"), 4),
    "chunk check": Planted("a photo is missing", RECEIVE, "enter_original", lambda: lambda *_op, **_by: [],
                           ("take_a_photo",), 10),
}


@pytest.fixture(params=PLANTED)
def planted(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Planted:
    """Each of the seven, in the server."""
    fault = PLANTED[request.param]
    monkeypatch.setattr(fault.module, fault.name, fault.wrong())
    return fault


@SOON_ON_SQLITE
def test_the_machine_finds_a_fault_among_its_rules(stage: Stage, served: Flask, planted: Planted) -> None:
    with pytest.raises(AssertionError, match=planted.reason):
        play(stage, served, BRIEF, without=planted.others(), first=planted.first)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_the_machine_finds_no_fault_among_the_same_rules_without_one(stage: Stage, served: Flask) -> None:
    for fault in PLANTED.values():
        play(stage, served, BRIEF, without=fault.others(), first=fault.first)


@pytest.mark.full
@pytest.mark.timeout(3600)
def test_the_whole_machine_finds_a_planted_fault(stage: Stage, served: Flask, planted: Planted) -> None:
    with pytest.raises(AssertionError, match=planted.reason):
        play(stage, served, PATIENT)
