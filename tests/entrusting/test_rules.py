"""Who may assist, and what proves it: the law of article 19 without a database."""

from uuid import uuid4

import pytest

from fieldapp.entrusting import rules
from fieldapp.entrusting.rules import PartyKind, SaidBy
from fieldapp.refusals import Conflict, Refusal

OBJECT, OTHER = uuid4(), uuid4()
CODE = "91370102MA3N8K2T1M"


@pytest.mark.article("19")
def test_only_a_pdf_or_a_picture_proves_something() -> None:
    for kind in ("application/pdf", "image/jpeg"):
        rules.check_file(kind, is_empty=False)
    with pytest.raises(Refusal, match="file_kind"):
        rules.check_file("video/mp4", is_empty=False)
    with pytest.raises(Refusal, match="empty_file"):
        rules.check_file("application/pdf", is_empty=True)


@pytest.mark.article("17", "19")
def test_an_agency_that_comes_along_says_who_comes() -> None:
    rules.check_people(PartyKind.AGENCY, "张工", is_on_site=True)
    rules.check_people(PartyKind.AGENCY, "", is_on_site=False)
    rules.check_people(PartyKind.EXPERT, "", is_on_site=True)
    with pytest.raises(Refusal, match="no_people"):
        rules.check_people(PartyKind.AGENCY, "", is_on_site=True)


@pytest.mark.article("17", "19")
def test_who_declared_an_interest_in_the_object_or_is_the_object_has_one() -> None:
    assert rules.has_interest(OBJECT, CODE, own_code="", declared={OBJECT})
    assert rules.has_interest(OBJECT, CODE, own_code=CODE, declared=set())
    assert not rules.has_interest(OBJECT, CODE, own_code="91370102MA3N8K2T2K", declared={OTHER})
    assert not rules.has_interest(OBJECT, "", own_code="", declared=set())


@pytest.mark.article("17", "19")
def test_a_recusal_says_who_speaks_and_is_decided_while_it_stands_open() -> None:
    assert rules.check_speaker(SaidBy.PARTY) is SaidBy.PARTY
    with pytest.raises(Refusal, match="no_speaker"):
        rules.check_speaker(None)
    assert rules.check_recusal_is_open("asked") == "asked"
    with pytest.raises(Conflict, match="no_recusal"):
        rules.check_recusal_is_open(None)
