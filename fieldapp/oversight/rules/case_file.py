"""What a 检查案卷 says: its catalogue of documents, who reviewed them, each document and piece of evidence under its hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldapp.documents.rules import facts, heading, moment_text, table
from fieldapp.documents.rules.parts import Part
from fieldapp.law import article
from fieldapp.refusals import Conflict
from fieldapp.words import N_


@article("3")
def check_case_may_be_filed(*, is_closed: bool) -> None:
    """The file of a case is made when its visit has ended."""
    if not is_closed:
        raise Conflict("oversight.visit_not_closed", N_("检查结束后才能制作案卷"))


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of the case; the hashes (hexadecimal) are of its sealed file, empty where there is none."""

    kind: str
    number: str
    issued_at: datetime | None
    is_void: bool
    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence: its short code, what it is called, when it was taken or came, its hashes (hexadecimal)."""

    code: str
    name: str
    at: datetime
    sha256: str
    sm3: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the entity sent through the link of a written inspection: of which kind, by whom, when, with which files."""

    kind: str
    by: str
    at: datetime
    files: Sequence[Piece]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A closed visit: who inspected whom on what, its documents, what the entity answered in writing, the steps of its review
    (item, step, decision, opinion, who, when), its evidence, and where the log stands."""

    object: str
    tasks: Sequence[str]
    team: Sequence[str]
    began: datetime | None
    ended: datetime | None
    made_by: str
    made_at: datetime
    log: str
    papers: Sequence[Paper]
    answers: Sequence[Answer]
    steps: Sequence[tuple[str, str, str, str, str, datetime]]
    evidence: Sequence[Piece]


@article("3", "24")
def case_file_parts(case: CaseFile) -> list[Part]:
    """The cover, the catalogue, the review, the hash lists."""
    inside = [(one.kind, one.number + ("（已作废）" if one.is_void else ""), one.issued_at) for one in case.papers]
    for answer in case.answers:
        inside.append((f"{answer.kind}：{answer.by}", "", answer.at))
        inside += [(f"附件：{one.name}", one.code, one.at) for one in answer.files]
    catalogue = [[str(place), kind, number, moment_text(at)] for place, (kind, number, at) in enumerate(inside, start=1)]
    pieces = [*case.evidence, *(file for answer in case.answers for file in answer.files)]
    hashes = [[one.number, one.sha256, one.sm3] for one in case.papers if one.sha256]
    steps = [[item, step, decision, opinion, f"{name}，{moment_text(at)}"]
             for item, step, decision, opinion, name, at in case.steps]
    evidence = [[one.code, one.name, moment_text(one.at), one.sha256, one.sm3] for one in pieces]
    parts = [
        facts(("检查对象", case.object), ("任务", "；".join(case.tasks)), ("检查组", "、".join(case.team)),
              ("检查时间", f"{moment_text(case.began)} 至 {moment_text(case.ended)}"),
              ("立卷人和时间", f"{case.made_by}，{moment_text(case.made_at)}"),
              ("文书和证据", f"文书 {len(case.papers)} 件，答复 {len(case.answers)} 件，证据 {len(pieces)} 件"),
              ("账本", case.log)),
        heading("卷内目录"), table(["序号", "文书", "文号", "印发或收到时间"], catalogue, [2, 7, 8, 7])]
    for title, rows in (
            ("审核和审批", table(["事项", "步骤", "决定", "意见", "办理人和时间"], steps, [6, 4, 3, 6, 6])),
            ("文书散列值", table(["文号", "SHA-256", "SM3"], hashes, [3, 6, 6], size=8, mono=True)),
            ("证据散列值", table(["代码", "名称", "时间", "SHA-256", "SM3"], evidence, [3, 4, 3, 7, 7], size=8, mono=True))):
        if rows["rows"]:
            parts += [heading(title), rows]
    return parts
