"""What operations make of a record, one after the other, as their receipts are."""

from uuid import UUID

import pytest

from fieldapp import db
from fieldapp.fieldwork import actions, queries
from fieldapp.ledger import queries as ledger
from tests.fieldwork.applying import applied, both_here, certificates, enter, fill, said, sign_all, state, view
from tests.fieldwork.scene import NOW, STROKES, Phone, Scene, record_digest, signature, visit_digest
from tests.people import Cast


@pytest.mark.article("23", "24")
def test_a_visit_from_arrival_to_closing(scene: Scene, cast: Cast) -> None:
    one, _two = both_here(scene, cast)
    notice = {"number": scene.head["notice_number"], "sha256": scene.notice_hash}
    team = (cast.inspector_a, cast.inspector_b)
    numbers = certificates(scene)
    steps = [one.op("issue", f"credential/{who.id}", {"number": numbers[who.id], "to": "李某"}) for who in team]
    steps += [one.op("issue", "notice", notice), one.op("sign", "notice", signature("entity", "李某", scene.notice_hash))]
    assert enter(*steps, one.set("notice/recusal", "no")) == ["applied"] * 5
    fill(scene, one)
    assert [(shown.name, shown.number, shown.to, shown.at) for shown in view(scene).certificates] == [
        (who.name, numbers[who.id], "李某", NOW) for who in team]
    sign_all(scene, cast, one)
    assert state(scene) == "in_progress"
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    assert state(scene) == "closed"
    record = view(scene)
    assert record.gaps == []
    assert [line.answer for line in record.checks] == ["compliant"] * 3
    assert record.is_signed
    assert [one.name for one in record.inspector_signatures] == [cast.inspector_a.name, cast.inspector_b.name]
    assert record.notice_signatures[0].fits
    assert record.started_at == NOW
    with db.transaction(write=False):
        actions_done = [entry.action for entry, _ in ledger.history(scene.visit)]
    assert {"fieldwork.credential_shown", "fieldwork.notice_served", "fieldwork.notice_signed", "fieldwork.record_signed",
            "fieldwork.visit_closed", "visits.visit_started", "visits.visit_closed"} <= set(actions_done)


@pytest.mark.article("16", "23")
def test_with_one_member_present_notice_checks_and_signatures_are_held_back(scene: Scene, cast: Cast) -> None:
    one = Phone(scene, cast.inspector_a)
    held = "attention:fieldwork.too_few_present"
    assert enter(one.here(), one.set(scene.check(1), "compliant"), one.op("issue", "notice", {"number": "", "sha256": ""}),
                 one.sign("0" * 64)) == ["applied", held, held, held]
    assert enter(one.here(cast.inspector_b), one.set(scene.check(1), "compliant")) == ["applied", "applied"]


def test_nobody_confirms_anothers_presence_and_nobody_signs_for_another(scene: Scene, cast: Cast) -> None:
    one = Phone(scene, cast.inspector_a)
    not_own = "attention:fieldwork.not_own_presence"
    assert enter(one.op("add", f"present/{cast.inspector_b.id}", {"name": "钱检二", "by": "pin"})) == [not_own]
    both_here(scene, cast)
    value = signature("inspector", "钱检二", "0" * 64)
    assert enter(one.op("sign", scene.path(f"record/inspector/{cast.inspector_b.id}"), value)) == [not_own]


def test_a_stranger_and_an_unknown_visit_are_kept_out_of_the_record(scene: Scene, cast: Cast) -> None:
    stranger = Phone(scene, cast.inspector_c)
    assert enter(stranger.here(), stranger.set("arrival/place", "x")) == ["attention:fieldwork.not_a_member"] * 2
    assert enter(Phone(scene, cast.inspector_a).set("arrival/place", "x",
                                                    t=str(cast.inspector_a.id))) == ["attention:visits.unknown"]


def test_a_place_of_another_checklist_is_unknown(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    strange = scene.check(1).replace(str(scene.lines[0]), str(cast.inspector_a.id))
    other_record = scene.check(1).replace(str(scene.part), str(cast.inspector_a.id))
    assert enter(one.set(strange, "compliant"), one.set(other_record, "compliant")) == ["attention:fieldwork.unknown_place"] * 2


# --- two phones -------------------------------------------------------------------------------------------------------


@pytest.mark.article("24")
def test_two_different_answers_stand_side_by_side_until_one_is_chosen(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    first, second = one.set(scene.check(1), "compliant"), two.set(scene.check(1), "non_compliant")
    assert enter(first, second) == ["applied", "rival:fieldwork.rival"]
    [rival] = view(scene).rivals
    assert [(value, name) for value, name, _ in rival.values] == [("compliant", "赵检一"), ("non_compliant", "钱检二")]
    fill_rest = [one.set(scene.path("conclusion/category"), "no_problem")]
    assert enter(*fill_rest) == ["applied"]
    assert enter(one.op("close", "visit", {"digest": None})) == ["attention:fieldwork.rival_open"]
    with db.transaction(write=True):
        outcome = actions.apply(applied(two.set(scene.check(1), "non_compliant", base=first["id"])))
    assert said(outcome) == "applied"
    assert outcome.settled == (UUID(second["id"]),)
    record = view(scene)
    assert record.rivals == []
    assert record.checks[0].answer == "non_compliant"


def test_equal_answers_merge_and_their_phone_goes_on_from_there(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    assert enter(one.set(scene.check(1), "compliant"), two.set(scene.check(1), "compliant")) == ["applied", "merged"]
    assert enter(two.set(scene.check(1), "non_compliant")) == ["applied"]


def test_a_rivals_phone_changes_its_mind(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    assert enter(one.set(scene.check(1), "compliant"), two.set(scene.check(1), "non_compliant")) == [
        "applied", "rival:fieldwork.rival"]
    assert enter(two.set(scene.check(1), "not_applicable")) == ["rival:fieldwork.rival"]
    assert [value for value, *_ in view(scene).rivals[0].values] == ["compliant", "not_applicable"]
    assert enter(two.set(scene.check(1), "compliant")) == ["merged"]
    assert view(scene).rivals == []


@pytest.mark.article("24")
def test_two_phones_that_measure_where_they_are_do_not_contradict_each_other(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    for place, values in {"arrival/fix": ({"lat": "36.60001", "lng": "117.1", "accuracy_m": "9", "at": 1},
                                          {"lat": "36.60002", "lng": "117.1", "accuracy_m": "9", "at": 2}),
                          "arrival/scan": ({"uscc": "91370102MA442PKK8T", "by": "camera"},
                                           {"uscc": "91370102MA442PKK8T", "by": "typed"})}.items():
        assert enter(one.set(place, values[0]), two.set(place, values[1])) == ["applied"] * 2
    fill(scene, one)
    sign_all(scene, cast, one)
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]


@pytest.mark.article("24")
def test_a_conflict_open_at_the_signature_is_still_settled_by_choosing_and_signed_again(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    assert enter(two.set(scene.check(1), "non_compliant")) == ["rival:fieldwork.rival"]
    assert enter(one.sign(record_digest(scene))) == ["attention:fieldwork.signed_with_rival"]
    assert enter(one.set(scene.check(1), "non_compliant", base=one.seen[scene.check(1)])) == ["applied"]
    digest = record_digest(scene)
    assert enter(one.sign(digest), one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 4


def test_items_of_two_phones_never_conflict(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    found = {"text": "标签脱落", "reason": "与第 1 项有关"}
    assert enter(one.op("add", scene.path(f"other/{scene.lines[0]}"), found),
                 two.op("add", scene.path(f"other/{scene.lines[1]}"), found)) == ["applied", "applied"]
    assert len(view(scene).others) == 2
    assert enter(two.op("void", scene.path(f"other/{scene.lines[0]}"), {"reason": "重复"}),
                 one.op("void", scene.path(f"other/{scene.lines[0]}"), {"reason": "重复"})) == ["applied", "merged"]
    assert [one.is_void for one in view(scene).others] == [True, False]


# --- signatures -------------------------------------------------------------------------------------------------------


@pytest.mark.article("24")
def test_what_is_signed_is_frozen_and_what_comes_later_is_an_addendum(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    sign_all(scene, cast, one)
    before = view(scene)
    frozen = "attention:fieldwork.record_is_signed"
    assert enter(two.set(scene.check(2), "non_compliant"),
                 two.op("add", scene.path(f"other/{scene.lines[0]}"), {"text": "一", "reason": "二"}),
                 two.set("arrival/reason", "晚到")) == [frozen] * 3
    after = view(scene)
    assert after.digest == before.digest
    assert [one.path for one in after.addenda] == [scene.check(2), scene.path(f"other/{scene.lines[0]}"), "arrival/reason"]
    assert after.checks[1].answer == "compliant"


@pytest.mark.article("24")
def test_a_signature_under_other_words_is_kept_and_flagged(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    assert enter(one.sign("1" * 64)) == ["attention:fieldwork.digest_differs"]
    record = view(scene)
    assert record.entity_signature is not None
    assert not record.entity_signature.fits
    assert "fieldwork.signature_unfitting" in {gap.code for gap in record.gaps}
    digest = record_digest(scene)
    assert enter(one.sign_as(cast.inspector_a, digest), one.sign_as(cast.inspector_b, digest),
                 one.op("close", "visit", {"digest": None})) == [
        "applied", "applied", "attention:fieldwork.entity_signature_missing"]
    assert enter(one.sign(digest), one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied", "applied"]


@pytest.mark.article("24")
def test_who_refuses_to_sign_is_heard_and_the_visit_closes(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    digest = record_digest(scene)
    words = {"what": "record", "words": "与事实不符", "explanation": "负责人听读后拒绝签字", "digest": digest,
             "witness": {"name": "王某", "unit": "物业"}}
    assert enter(one.op("refuse", scene.path("record"), {**words, "explanation": ""})) == [
        "attention:fieldwork.refusal_needs_explanation"]
    assert enter(one.op("refuse", scene.path("record"), {**words, "witness": {"name": "钱检二", "unit": ""}})) == [
        "attention:fieldwork.witness_of_team"]
    assert enter(one.op("refuse", scene.path("record"), words), one.sign_as(cast.inspector_a, digest),
                 one.sign_as(cast.inspector_b, digest),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 4
    record = view(scene)
    assert record.refusals[-1].explanation == "负责人听读后拒绝签字"
    assert record.refusals[-1].witness == {"name": "王某", "unit": "物业"}
    assert not record.is_signed
    assert record.is_settled


@pytest.mark.article("24")
def test_signing_the_notice_and_refusing_the_record_are_two_things(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    assert enter(one.op("refuse", "notice", {"what": "notice", "words": "", "explanation": "不收", "witness": None}),
                 one.op("sign", "notice", signature("entity", "李某", "1" * 64))) == [
        "applied", "attention:fieldwork.digest_differs"]
    record = view(scene)
    assert len(record.notice_refusals) == 1
    assert not record.notice_signatures[0].fits
    assert record.refusals == []


@pytest.mark.article("24")
def test_an_unfinished_visit_does_not_close(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    assert enter(one.op("close", "visit", {"digest": None})) == ["attention:fieldwork.conclusion_missing"]
    fill(scene, one)
    digest = record_digest(scene)
    assert enter(one.sign(digest), one.sign_as(cast.inspector_a, digest), one.op("close", "visit", {"digest": None})) == [
        "applied", "applied", "attention:fieldwork.inspector_signatures_missing"]
    assert state(scene) == "in_progress"


def test_nothing_enters_after_the_closing(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    sign_all(scene, cast, one)
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]
    assert enter(two.set(scene.check(1), "non_compliant"), two.op("close", "visit", {"digest": None})) == [
        "attention:fieldwork.visit_closed"] * 2


def test_a_pause_waits_for_another_day(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    assert enter(one.set("pause", {"until": "2026-11-25", "reason": "停电"})) == ["applied"]
    assert state(scene) == "paused"
    with db.transaction(write=False):
        [due] = queries.visits_due(cast.inspector_a.officer)
        assert (due.is_paused, str(due.paused_until)) == (True, "2026-11-25")
    assert enter(one.set("pause", None)) == ["applied"]
    assert state(scene) == "in_progress"


@pytest.mark.article("3")
def test_a_phone_whose_clock_is_a_year_off_is_flagged_and_not_rejected(scene: Scene, cast: Cast) -> None:
    late = 400 * 86_400_000
    one, two = Phone(scene, cast.inspector_a, skew_ms=late), Phone(scene, cast.inspector_b, skew_ms=-late)
    shown = {"number": certificates(scene)[cast.inspector_a.id], "to": "李"}
    assert enter(one.here(), two.here(), two.op("issue", f"credential/{cast.inspector_a.id}", shown)) == ["applied"] * 3
    record = view(scene)
    assert record.started_at == NOW
    assert "fieldwork.clock_skew" in {gap.code for gap in record.gaps}


def test_strokes_are_kept_as_they_were_drawn(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    sign_all(scene, cast, one)
    signed = view(scene).entity_signature
    assert signed is not None
    assert signed.strokes == STROKES


@pytest.mark.article("24")
def test_a_record_whose_signature_was_refused_is_not_edited_either(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    words = {"what": "record", "words": "", "explanation": "拒绝签字", "digest": record_digest(scene), "witness": None}
    assert enter(one.op("refuse", scene.path("record"), words), two.set(scene.check(1), "non_compliant")) == [
        "applied", "attention:fieldwork.record_is_signed"]
    assert [addendum.path for addendum in view(scene).addenda] == [scene.check(1)]
