"""A laboratory and an expert of the directory, and what they are asked for at the visit of the rural division."""

from datetime import date
from uuid import UUID

from fieldapp import db
from fieldapp.documents.models import Document
from fieldapp.entrusting import actions, queries
from fieldapp.entrusting.actions import Declared, HandedIn, Qualification, Report, Terms
from fieldapp.entrusting.rules import Held, PartyKind, Work
from fieldapp.visits import queries as visit_queries
from fieldapp.visits.rules import missing
from tests.people import Cast, Player

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LAB = "齐鲁实验动物检测中心（示例）"
LAB_CODE = "12370000495570629U"
EXPERT = "何教授（示例）"
TODAY, DUE = date(2026, 11, 23), date(2026, 12, 1)
UNTIL = date(2027, 6, 30)


def file(content: bytes = PDF, name: str = "证书.pdf") -> HandedIn:
    """A file whose chunks are on the disk."""
    with db.transaction(write=False):
        return actions.hold_file(name, content, by=_nobody())


def _nobody() -> object:
    return type("By", (), {"person_id": UUID(int=0)})()


def laboratory(cast: Cast, until: date = UNTIL) -> UUID:
    """An agency entered by legal affairs, qualified until a day."""
    proof = file()
    with db.transaction(write=True):
        row = actions.add_party(Declared(PartyKind.AGENCY, LAB, LAB_CODE, "", "实验动物质量检测", "王某 0531-00000000"),
                                by=cast.legal.officer)
        actions.add_certificate(row.id, Qualification("检验检测机构资质认定", "CMA-370001", "省市场监管局",
                                                      Held(date(2021, 7, 1), until), proof), by=cast.legal.officer)
        return row.id


def expert(cast: Cast, name: str = EXPERT) -> UUID:
    """An expert entered by the rural division, whose title has no end."""
    with db.transaction(write=True):
        row = actions.add_party(Declared(PartyKind.EXPERT, name, "", "山东某大学（示例）", "实验动物学", ""),
                                by=cast.officer.officer)
        actions.add_certificate(row.id, Qualification("正高级职称", "", "", Held(date(2010, 1, 1), None), None),
                                by=cast.officer.officer)
        return row.id


def renew(cast: Cast, party_id: UUID, until: date, since: date = date(2026, 1, 1)) -> None:
    """Another qualification beside the one that is there."""
    proof = file()
    with db.transaction(write=True):
        said = Qualification("检验检测机构资质认定", "CMA-2", "", Held(since, until), proof)
        actions.add_certificate(party_id, said, by=cast.legal.officer)


def ask(cast: Cast, visit_id: UUID, party_id: UUID, work: Work = Work.TESTING, *, by: Player | None = None,
        **more: object) -> UUID:
    """The officer asks for an entrustment."""
    with db.transaction(write=True):
        terms = Terms(party_id, work, "饮水和垫料微生物检测", "《细则》第十九条", DUE, **more)  # type: ignore[arg-type]
        return actions.ask_entrustment(visit_id, terms, by=(by or cast.officer).officer).id


def entrusted(cast: Cast, visit_id: UUID, party_id: UUID, work: Work = Work.TESTING, **more: object) -> UUID:
    """The same, and the head agrees."""
    row_id = ask(cast, visit_id, party_id, work, **more)
    with db.transaction(write=True):
        actions.decide_entrustment(row_id, "agree", "", by=cast.head.officer)
    return row_id


def hand_in(cast: Cast, row_id: UUID, made_on: date = TODAY, content: bytes = PDF) -> UUID:
    """The officer hands in the report."""
    held = file(content, "检测报告.pdf")
    with db.transaction(write=True):
        said = Report("张工（示例）", made_on, "饮水合格，垫料菌落超标", held)
        return actions.hand_in_report(row_id, said, by=cast.officer.officer).id


def letter_of(row_id: UUID, cast: Cast) -> Document:
    """The letter of an entrustment, within a transaction."""
    found = queries.entrustment_for(cast.legal.officer, row_id).document
    assert found is not None
    return found


def lacks(visit_id: UUID) -> set[str]:
    """What a visit lacks before it can be submitted."""
    with db.transaction(write=False):
        return {lack.code for lack in missing(visit_queries.readiness(visit_queries.visit(visit_id)))}
