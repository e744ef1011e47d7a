"""Who was there, whose certificate was shown and where: signed with the record, as the phone that signs knows it."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp import clock, db
from fieldapp.canonical import digest
from fieldapp.clock import milliseconds as in_ms
from fieldapp.fieldwork import queries
from fieldapp.fieldwork.queries.kits import state
from fieldapp.visits.models import Visit, VisitTask
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import both_here, certificates, enter, fill, view
from tests.fieldwork.scene import NOW, Phone, Scene, as_signed, record_digest, visit_digest
from tests.people import Cast, Player

pytestmark = [pytest.mark.article("23", "24"), ON_SQLITE]
DIFFERS, PLACE = "attention:fieldwork.digest_differs", "arrival/place"
FIVE_HOURS_FAST = -5 * 3_600_000


def content(scene: Scene) -> dict[str, Any]:
    with db.transaction(write=False):
        return queries.record_content(db.session.get_one(VisitTask, scene.part))


def as_known(scene: Scene, **said: Any) -> dict[str, Any]:
    """What a phone signs that knows the record as it is, and this of the attendance."""
    attendance = {**as_signed(scene)["attendance"], **said}
    return {"digest": digest({**content(scene), "attendance": attendance}), "attendance": attendance}


def shows(scene: Scene, phone: Phone, who: Player) -> dict[str, Any]:
    return phone.op("issue", f"credential/{who.id}", {"number": certificates(scene)[who.id], "to": "李某"})


def signed(scene: Scene, cast: Cast, phone: Phone, stands: dict[str, Any]) -> list[str]:
    return enter(phone.sign(**stands), *(phone.sign_as(who, **stands) for who in (cast.inspector_a, cast.inspector_b)),
                 phone.op("close", "visit", {"digest": visit_digest(scene, stands["digest"])}))


def test_the_digest_says_who_was_there_whose_certificate_was_shown_and_where(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    enter(shows(scene, one, cast.inspector_a), one.set("notice/recusal", "no"))
    attendance = content(scene)["attendance"]
    assert attendance == {"values": {PLACE: "东门", "notice/recusal": "no"},
                          "present": sorted([str(cast.inspector_a.id), str(cast.inspector_b.id)]),
                          "shown": {str(cast.inspector_a.id): certificates(scene)[cast.inspector_a.id]}}
    assert signed(scene, cast, one, as_signed(scene)) == ["applied"] * 4
    assert (content(scene)["attendance"], view(scene).digest) == (attendance, digest(content(scene)))


@pytest.mark.parametrize("said", [
    {"values": {PLACE: "西门"}},
    {"present": ["01900000-0000-7000-8000-00000000ffff"]},
    {"values": {PLACE: "东门", "arrival/reason": "堵车"}},
])
def test_an_attendance_that_the_record_does_not_bear_out_is_not_what_was_signed(scene: Scene, cast: Cast,
                                                                                said: dict[str, Any]) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    assert enter(one.sign(**as_known(scene, **said))) == [DIFFERS]
    assert enter(one.sign(**as_known(scene))) == ["applied"]


def test_a_certificate_counts_by_the_number_that_was_shown(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    assert enter(one.sign(**as_known(scene, shown={str(cast.inspector_a.id): "鲁A-000"}))) == [DIFFERS]
    enter(shows(scene, one, cast.inspector_a))
    assert enter(one.sign(**as_signed(scene))) == ["applied"]


def test_a_colleague_who_comes_unknown_to_the_phone_that_signs_takes_nothing_from_the_signature(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    known = as_known(scene)
    enter(shows(scene, two, cast.inspector_b), two.set("arrival/reason", "堵车"))
    assert as_signed(scene) != known, "the server knows more"
    assert signed(scene, cast, one, known) == ["applied"] * 4
    assert content(scene)["attendance"] == known["attendance"]
    assert all(one.fits for one in view(scene).signatures)


def test_each_phone_signs_the_attendance_that_it_knows_and_the_entitys_is_the_records(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    fill(scene, one)
    enter(shows(scene, two, cast.inspector_b))
    mine, theirs = as_known(scene, shown={}), as_known(scene)
    assert enter(one.sign(**mine), one.sign_as(cast.inspector_a, **mine), two.sign_as(cast.inspector_b, **theirs),
                 one.op("close", "visit", {"digest": visit_digest(scene, mine["digest"])})) == ["applied"] * 4
    record = view(scene)
    assert (record.digest, record.gaps) == (mine["digest"], [gap for gap in record.gaps if "digest" not in gap.code])
    assert all(one.fits for one in record.signatures)


def test_where_it_arrived_does_not_change_between_the_signatures_of_the_team(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    enter(one.set("arrival/entry", "unreachable"),
          one.set(scene.path("conclusion/category"), "unreachable_at_registered_address"))
    first = as_signed(scene)
    assert enter(one.sign_as(cast.inspector_a, **first)) == ["applied"]
    assert enter(one.set(PLACE, "北门"), two.sign_as(cast.inspector_b, **first)) == ["applied", DIFFERS]
    anew = as_signed(scene)
    close = one.op("close", "visit", {"digest": visit_digest(scene, anew["digest"])})
    assert enter(two.sign_as(cast.inspector_b, **anew), close) == ["applied", "attention:fieldwork.inspector_signatures_missing"]
    close = one.op("close", "visit", {"digest": visit_digest(scene, anew["digest"])})
    assert enter(one.sign_as(cast.inspector_a, **anew), close) == ["applied"] * 2


def test_a_kit_of_an_older_release_signs_without_the_attendance(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    assert signed(scene, cast, one, {"digest": record_digest(scene)}) == ["applied"] * 4
    assert (content(scene)["form"], "attendance" in content(scene), view(scene).digest) == (1, False, record_digest(scene))


@pytest.mark.parametrize("attendance", [
    [], {}, {"values": {}, "present": []}, {"values": {"pause": "x"}, "present": [], "shown": {}},
    {"values": {PLACE: 1}, "present": [], "shown": {}}, {"values": {}, "present": ["somebody"], "shown": {}},
    {"values": {}, "present": [], "shown": {"01900000-0000-7000-8000-00000000ffff": 7}},
    {"values": {}, "present": ["01900000-0000-7000-8000-00000000ffff"] * 41, "shown": {}},
])
def test_an_attendance_of_another_shape_is_kept_and_does_not_enter(scene: Scene, cast: Cast, attendance: Any) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    assert enter(one.sign(**{**as_known(scene), "attendance": attendance})) == ["attention:fieldwork.bad_value"]


def test_what_is_done_under_a_wrong_clock_stands_at_the_right_time(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    one.skew_ms = FIVE_HOURS_FAST
    fill(scene, one)
    enter(shows(scene, one, cast.inspector_a), one.set(PLACE, "西门"), one.here(cast.inspector_a))
    assert enter(one.sign(**as_known(scene))) == ["applied"]
    record = view(scene)
    assert [one.at for one in (*record.signatures, *record.certificates)] == [NOW, NOW]
    assert any(step.is_skewed for step in record.steps)
    with db.transaction(write=False):
        stood = state(db.session.get_one(Visit, scene.visit))
    assert {one["at"] for one in (*stood["events"], *stood["values"].values(), *stood["items"].values())} == {in_ms(NOW)}


def test_the_first_who_signs_is_so_by_the_right_time_on_the_phone_and_on_the_server(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    one.skew_ms = FIVE_HOURS_FAST
    enter(one.set("arrival/entry", "unreachable"), shows(scene, two, cast.inspector_b),
          one.set(scene.path("conclusion/category"), "unreachable_at_registered_address"))
    first, theirs = as_known(scene, shown={}), as_known(scene)
    assert enter(one.sign_as(cast.inspector_a, **first)) == ["applied"]
    clock.set_source(lambda: NOW + timedelta(minutes=5))
    assert enter(two.sign_as(cast.inspector_b, **theirs)) == ["applied"]
    assert view(scene).digest == first["digest"]
