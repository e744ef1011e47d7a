"""The 随机抽取纪要 of a draw: how it was frozen, seeded, drawn and matched. It names neither objects nor inspectors."""

import json

from fieldapp.accounts import queries as people
from fieldapp.documents import actions as documents
from fieldapp.documents import rules
from fieldapp.documents.rules import DocumentKind, moment_text
from fieldapp.draw import queries
from fieldapp.draw.models import Draw
from fieldapp.roles import Officer

MOST_LEAVES = 200


def issue_minutes(draw: Draw, *, by: Officer) -> None:
    """The minutes of a draw whose inspectors are matched, to be signed on paper by those who were there."""
    manifest = json.loads(draw.manifest)
    drawn = [one.leaf for one in queries.drawn_objects(draw.id)]
    seats, inspectors = queries.matched_counts(draw.id)
    short = f"，尚缺 {draw.shortfall} 户" if draw.shortfall else ""
    rows = (("任务", f"{draw.task.name}（{manifest['task']}）"), ("事项", manifest["item"]),
            ("方式", manifest["condition"]["text"] or "不定向，从名录库全部对象中抽取"),
            ("名录", f"{draw.directory_size} 户，可抽取 {draw.pool_size} 户，应抽 {draw.quota} 户"),
            ("冻结", f"{people.person(draw.frozen_by).name}，{moment_text(draw.frozen_at)}"),
            ("抽取检查对象", f"{moment_text(draw.drawn_at)}，{len(drawn)} 户{short}"),
            ("匹配检查人员", f"{moment_text(draw.matched_at)}，{len(drawn)} 个检查组，{seats} 个席位，{inspectors} 名检查人员"))
    proofs = [["名录根", draw.root], ["抽取清单", draw.manifest_hash], ["种子", draw.seed or ""],
              ["匹配记录根", draw.transcript_root or ""]]
    given = [[f"{one.person.division.name} {one.person.name}", moment_text(one.committed_at), one.commitment or "",
              moment_text(one.revealed_at)] for one in draw.contributions]
    more = f"其余 {len(drawn) - MOST_LEAVES} 户见公开数据包 selected.txt。" if len(drawn) > MOST_LEAVES else ""
    form = rules.form(f"{draw.year} 年第 {draw.number} 次随机抽取纪要", manifest["department"],
                      moment_text(draw.matched_at).split(" ", maxsplit=1)[0], [
        rules.facts(*rows), rules.heading("种子的提供"),
        rules.table(["提供人", "承诺时间", "承诺值", "揭示时间"], given, [4, 4, 8, 4], size=8),
        rules.heading("核对值"), rules.table(["名称", "SHA-256"], proofs, [2, 8], size=8, mono=True),
        rules.heading("抽中的叶（按签号次序）"),
        rules.table(["次序", "叶"], [[str(place), leaf] for place, leaf in enumerate(drawn[:MOST_LEAVES], start=1)], [1, 9],
                    size=8, mono=True),
        rules.text(more, "本纪要不写被抽对象和人员的名称，凭公开数据包可以重新计算。"),
        rules.signatures([rules.to_sign("操作人"), *(rules.to_sign("种子提供人", one.person.name) for one in draw.contributions),
                          rules.to_sign("监督人")])])
    documents.issue_new(DocumentKind.MINUTES, "draw", draw.id, form, by=by)
