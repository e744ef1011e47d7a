"""The 随机抽取纪要 of a draw: how it was frozen, seeded, drawn and matched. It names neither objects nor inspectors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fieldapp.documents import rules
from fieldapp.documents.rules import moment_text
from fieldapp.law import article

MOST_LEAVES = 200


@dataclass(frozen=True, slots=True)
class Given:
    """One part of the seed: whose, when and what was committed, when it was revealed; of the public beacon which round, when it
    was named, its signature and when that came."""

    unit: str
    name: str
    committed_at: datetime | None
    commitment: str
    revealed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Minutes:
    """A draw whose inspectors are matched: its task, its figures, who did what when, and what anybody computes again.

    `condition` is the text of a directed draw, empty for an undirected one; `drawn` are the leaves in the order of their
    tickets; `proofs` are named SHA-256 values, hexadecimal.
    """

    authority: str
    year: int
    number: int
    task: str
    task_number: str
    item: str
    condition: str
    directory: int
    pool: int
    quota: int
    shortfall: int
    frozen_by: str
    frozen_at: datetime
    drawn_at: datetime | None
    drawn: Sequence[str]
    matched_at: datetime | None
    seats: int
    inspectors: int
    given: Sequence[Given]
    proofs: Sequence[tuple[str, str]]
    beacon: Given | None = None


@article("14", "16")
def minutes_form(told: Minutes) -> dict[str, object]:
    """The minutes, to be signed on paper by those who were there."""
    given = [[f"{one.unit} {one.name}", moment_text(one.committed_at), one.commitment, moment_text(one.revealed_at)]
             for one in (*told.given, *([told.beacon] if told.beacon else []))]
    count = len(told.drawn)
    more = f"其余 {count - MOST_LEAVES} 户见公开数据包 selected.txt。" if count > MOST_LEAVES else ""
    places = [[str(place), leaf] for place, leaf in enumerate(told.drawn[:MOST_LEAVES], start=1)]
    return rules.form(f"{told.year} 年第 {told.number} 次随机抽取纪要", told.authority,
                      moment_text(told.matched_at).split(" ", maxsplit=1)[0], [
        rules.facts(*_course(told)), rules.heading("种子的提供"),
        rules.table(["提供人", "承诺时间", "承诺值", "揭示时间"], given, [4, 4, 8, 4], size=8),
        rules.heading("核对值"), rules.table(["名称", "SHA-256"], told.proofs, [2, 8], size=8, mono=True),
        rules.heading("抽中的叶（按签号次序）"), rules.table(["次序", "叶"], places, [1, 9], size=8, mono=True),
        rules.text(more, "本纪要不写被抽对象和人员的名称，凭公开数据包可以重新计算。"),
        rules.signatures([rules.to_sign("操作人"), *(rules.to_sign("种子提供人", one.name) for one in told.given),
                          rules.to_sign("监督人")])])


def _course(told: Minutes) -> tuple[tuple[str, str], ...]:
    count, short = len(told.drawn), f"，尚缺 {told.shortfall} 户" if told.shortfall else ""
    return (("任务", f"{told.task}（{told.task_number}）"), ("事项", told.item),
            ("方式", told.condition or "不定向，从名录库全部对象中抽取"),
            ("名录", f"{told.directory} 户，可抽取 {told.pool} 户，应抽 {told.quota} 户"),
            ("冻结", f"{told.frozen_by}，{moment_text(told.frozen_at)}"),
            ("抽取检查对象", f"{moment_text(told.drawn_at)}，{count} 户{short}"),
            ("匹配检查人员", f"{moment_text(told.matched_at)}，{count} 个检查组，{told.seats} 个席位，"
                             f"{told.inspectors} 名检查人员"))
