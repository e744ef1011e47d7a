"""What was answered stands: the notice and recusal, who was there, what was shown, where it was (articles 17, 23, 24)."""

from datetime import timedelta
from typing import Any

import pytest

from fieldapp import clock, db
from fieldapp.fieldwork import actions as fieldwork
from fieldapp.fieldwork.models import RecordItem
from fieldapp.visits import queries as visits
from tests.databases import ON_SQLITE
from tests.fieldwork.applying import both_here, certificates, enter, fill, joins, sign_all, view
from tests.fieldwork.heads.test_decide_unsigned import does_not_sign
from tests.fieldwork.kit.test_supplement import comes, replace_second, supplements
from tests.fieldwork.scene import NOW, Phone, Scene, record_digest, signature, visit_digest
from tests.people import Cast, Player

pytestmark = [pytest.mark.article("24"), ON_SQLITE]
ADDED, ANSWERED = "attention:fieldwork.record_is_signed", "attention:fieldwork.notice_answered"


def applied_for(scene: Scene) -> str:
    """What became of the party's application: nothing yet is "open"."""
    with db.transaction(write=False):
        row = visits.party_recusal(scene.visit)
        return "none" if row is None else row.decision or "open"


def shown(phone: Phone, who: Player, number: str | None = None) -> dict[str, Any]:
    own = certificates(phone.scene)[who.id]
    return phone.op("issue", f"credential/{who.id}", {"number": own if number is None else number, "to": "李某"})


# --- the notice -------------------------------------------------------------------------------------------------------


def notice_signed(scene: Scene, phone: Phone, recusal: str) -> None:
    said = [phone.set("notice/recusal", recusal), phone.set("notice/recusal_reason", "赵检一是竞争对手的亲属")]
    assert enter(*said, phone.op("sign", "notice", signature("entity", "李某", scene.notice_hash))) == ["applied"] * 3


@pytest.mark.article("17", "23")
def test_no_inspector_ends_an_application_for_recusal_that_the_party_has_signed(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    notice_signed(scene, one, "yes")
    assert applied_for(scene) == "open"
    assert enter(one.set("notice/recusal", "no"), two.set("notice/recusal_reason", None)) == [ANSWERED] * 2
    record = view(scene)
    assert (applied_for(scene), record.recusal, record.recusal_reason) == ("open", "yes", "赵检一是竞争对手的亲属")
    assert [(one.path, one.said) for one in record.addenda] == [("notice/recusal", "no"), ("notice/recusal_reason", None)]


@pytest.mark.article("17", "23")
def test_what_was_declined_in_the_notice_is_not_turned_into_an_application(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    notice_signed(scene, one, "no")
    assert enter(one.set("notice/recusal", "yes")) == [ANSWERED]
    assert (applied_for(scene), view(scene).recusal) == ("none", "no")


@pytest.mark.article("17", "23")
def test_before_the_notice_is_answered_a_wrong_tap_is_put_right(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    assert enter(one.set("notice/recusal", "yes"), one.set("notice/recusal", "no")) == ["applied"] * 2
    assert applied_for(scene) == "moot"


@pytest.mark.article("17", "23")
def test_about_a_new_member_the_party_may_apply_until_it_has_answered_the_supplement(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    notice_signed(scene, one, "no")
    replace_second(cast, scene)
    comes(cast, scene, one)
    [told] = supplements(scene)
    assert enter(one.set("notice/recusal", "yes"), one.set("notice/recusal_reason", "新来的也是亲属"),
                 one.op("sign", told.place, signature("entity", "李某", told.digest))) == ["applied"] * 3
    assert enter(one.set("notice/recusal", "no"), one.set("notice/recusal_reason", "")) == [ANSWERED] * 2
    assert (applied_for(scene), view(scene).recusal_reason) == ("open", "新来的也是亲属")


# --- what the record shows ----------------------------------------------------------------------------------------------


def test_what_a_signed_record_shows_of_the_visit_does_not_change_any_more(scene: Scene, cast: Cast) -> None:
    one, two = both_here(scene, cast)
    assert enter(shown(one, cast.inspector_a), one.set("notice/recusal", "no")) == ["applied"] * 2
    fill(scene, one)
    third = joins(scene, cast.inspector_c, at=NOW - timedelta(days=9))
    sign_all(scene, cast, one)
    before = view(scene)
    late = [one.set("arrival/place", "别处"), one.set("arrival/entry", "closed"), two.set("arrival/fix", {"latitude": 1}),
            one.set("notice/recusal", "yes"), shown(two, cast.inspector_b), third.here()]
    assert enter(*late) == [ADDED] * 6
    after = view(scene)
    for fact in ("arrival", "door", "certificates", "presence", "recusal", "digest"):
        assert getattr(after, fact) == getattr(before, fact), fact
    assert [(one.path, one.act) for one in after.addenda] == [(op["p"], "issue" if op["k"] == "issue" else "") for op in late]
    assert [one.said for one in after.addenda[4:]] == [certificates(scene)[cast.inspector_b.id], cast.inspector_c.name]
    assert enter(shown(two, cast.inspector_a), one.here()) == ["merged"] * 2
    assert enter(one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"]


def test_a_notice_that_was_answered_is_not_answered_otherwise_under_a_signed_record(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    served = one.op("issue", "notice", {"number": "1", "sha256": scene.notice_hash})
    receipt = signature("entity", "李某", scene.notice_hash)
    fill(scene, one)
    sign_all(scene, cast, one)
    assert enter(served, one.op("sign", "notice", receipt)) == ["applied"] * 2
    again = one.op("issue", "notice", served["v"])
    assert enter(again, one.op("sign", "notice", receipt | {"name": "别人"})) == ["merged", ADDED]
    assert [one.name for one in view(scene).notice_signatures] == ["李某"]


def test_who_joins_after_the_signature_confirms_presence_and_shows_the_certificate(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    assert enter(one.sign(record_digest(scene))) == ["applied"]
    clock.set_source(lambda: NOW + timedelta(hours=2))
    third = joins(scene, cast.inspector_c, at=clock.now())
    assert enter(third.here(), shown(third, cast.inspector_c), shown(third, cast.inspector_b)) == ["applied", "applied", ADDED]


@pytest.mark.article("16")
def test_once_the_head_has_decided_a_member_may_come_to_sign_instead(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    third = joins(scene, cast.inspector_c)
    digest = record_digest(scene)
    assert enter(one.sign(digest), third.here()) == ["applied", ADDED]
    assert enter(does_not_sign(scene, cast, one)) == ["applied"]
    said_before = third.here()
    clock.set_source(lambda: NOW + timedelta(hours=2))
    with db.transaction(write=True):
        fieldwork.decide_unsigned(scene.part, "revisit", "由丙改日到场签字", by=cast.head.officer)
    assert enter(said_before, shown(one, cast.inspector_a)) == [ADDED] * 2, "before the decision, and of who was there before it"
    assert enter(third.here(), shown(third, cast.inspector_c), third.sign_as(cast.inspector_c, digest),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == ["applied"] * 4


@pytest.mark.article("23")
def test_a_certificate_is_shown_by_its_own_number(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    wrong = "attention:fieldwork.certificate_differs"
    assert enter(shown(one, cast.inspector_b, "假号"), shown(one, cast.inspector_b, "")) == [wrong] * 2
    assert view(scene).certificates == []
    assert enter(shown(one, cast.inspector_b)) == ["applied"]
    assert [one.name for one in view(scene).certificates] == [cast.inspector_b.name]


# --- who signs ----------------------------------------------------------------------------------------------------------


@pytest.mark.article("16")
def test_a_member_who_never_came_signs_nothing_and_no_record_closes_by_it(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    third = joins(scene, cast.inspector_c)
    fill(scene, one)
    digest = record_digest(scene)
    assert enter(one.sign(digest), one.sign_as(cast.inspector_a, digest), third.sign_as(cast.inspector_c, digest),
                 one.op("close", "visit", {"digest": visit_digest(scene)})) == [
        "applied", "applied", "attention:fieldwork.signer_not_present", "attention:fieldwork.inspector_signatures_missing"]
    assert [one.person_id for one in view(scene).inspector_signatures] == [cast.inspector_a.id]


@pytest.mark.article("16")
def test_the_signature_of_who_took_the_presence_back_counts_no_more(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    third = joins(scene, cast.inspector_c)
    assert enter(third.here()) == ["applied"]
    fill(scene, one)
    digest = record_digest(scene)
    assert enter(one.sign_as(cast.inspector_a, digest), third.op("void", f"present/{cast.inspector_c.id}", {"reason": "误点"}),
                 third.sign_as(cast.inspector_c, digest)) == ["applied", "applied", "attention:fieldwork.signer_not_present"]


@pytest.mark.article("16")
def test_no_record_closes_by_the_signature_of_who_does_not_stand_in_it_as_present(scene: Scene, cast: Cast) -> None:
    """As of a signature that was taken before presence was asked for."""
    one, _ = both_here(scene, cast)
    third = joins(scene, cast.inspector_c)
    fill(scene, one)
    digest = record_digest(scene)
    assert enter(third.here(), one.sign(digest), one.sign_as(cast.inspector_a, digest),
                 third.sign_as(cast.inspector_c, digest)) == ["applied"] * 4
    with db.transaction(write=True):
        db.session.query(RecordItem).filter_by(path=f"present/{cast.inspector_c.id}").delete()
    close = one.op("close", "visit", {"digest": visit_digest(scene)})
    assert enter(close) == ["attention:fieldwork.inspector_signatures_missing"]


# --- how long a record waits --------------------------------------------------------------------------------------------


def awaits(scene: Scene, phone: Phone, until: str) -> list[str]:
    value = {"what": "seal", "until": until, "reason": "公章在总部", "digest": record_digest(scene)}
    return enter(phone.op("issue", f"awaiting/{scene.part}", value))


def test_a_record_waits_thirty_days_at_the_most_however_often_it_is_put_off(scene: Scene, cast: Cast) -> None:
    one, _ = both_here(scene, cast)
    fill(scene, one)
    too_long = ["attention:fieldwork.awaited_too_long"]
    assert awaits(scene, one, "9999-12-31") == awaits(scene, one, "2026-12-25") == too_long
    assert awaits(scene, one, "2026-12-10") == ["applied"]
    clock.set_source(lambda: NOW + timedelta(days=16))
    assert awaits(scene, one, "2026-12-25") == too_long
    assert awaits(scene, one, "2026-12-24") == ["applied"]
    assert str(view(scene).waits[-1].until) == "2026-12-24"
