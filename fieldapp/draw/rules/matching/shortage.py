"""The message of a matching that cannot be: which objects need how many seats from whom, why, and what to do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fieldapp.draw.rules.matching.board import NOBODY, Board
from fieldapp.draw.rules.matching.repair import Stuck
from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_


class Cause(Labelled):
    """What makes the inspectors too few."""

    CAP = "cap", N_("每人上限")
    RECUSALS = "recusals", N_("回避与申报的利害关系")
    POOL = "pool", N_("资质、区域等条件或可参加人数")


class WayOut(Labelled):
    """What a division can do about it."""

    RAISE_CAP = "raise_cap", N_("提高每人上限")
    LEND_INSPECTORS = "lend_inspectors", N_("商请其他处室支援执法检查人员")
    SPLIT_DRAW = "split_draw", N_("分批抽取")
    DROP_CONDITION = "drop_condition", N_("放宽匹配条件")


_WAYS_OUT = {
    Cause.CAP: (WayOut.RAISE_CAP, WayOut.LEND_INSPECTORS, WayOut.SPLIT_DRAW),
    Cause.RECUSALS: (WayOut.LEND_INSPECTORS,),
    Cause.POOL: (WayOut.LEND_INSPECTORS, WayOut.DROP_CONDITION),
}

_MESSAGES = {
    Cause.CAP: N_(
        "共 %(bottlenecks)s 处人手不足，最紧的一处：%(regions)s的 %(objects)s 个检查对象需要 %(needed)s 席（%(kinds)s），"
        "只能由同样 %(inspectors)s 名执法检查人员（%(conditions)s）承担，"
        "其在每人上限 %(cap)s 之内只有 %(have)s 席。可将上限至少提高到 %(cap_needed)s、商请其他处室支援或分批抽取"
    ),
    Cause.RECUSALS: N_(
        "共 %(bottlenecks)s 处人手不足，最紧的一处：%(regions)s的 %(objects)s 个检查对象需要 %(needed)s 席（%(kinds)s），"
        "因回避或利害关系，%(inspectors)s 名执法检查人员（%(conditions)s）只能承担 %(have)s 席。可商请其他处室支援"
    ),
    Cause.POOL: N_(
        "共 %(bottlenecks)s 处人手不足，最紧的一处：%(regions)s的 %(objects)s 个检查对象需要 %(needed)s 席（%(kinds)s），"
        "符合条件（%(conditions)s）的 %(inspectors)s 名执法检查人员只能承担 %(have)s 席。可商请其他处室支援或放宽匹配条件"
    ),
}
MOST_REGIONS = 3


@dataclass(frozen=True, slots=True)
class Shortage:
    """One bottleneck: the objects (leaves) whose seats only the same inspectors can take, and how many are filled.

    `kinds` are the kinds of these seats, `regions` where the objects are.
    """

    objects: tuple[bytes, ...]
    inspectors: tuple[str, ...]
    needed: int
    have: int
    cap_needed: int
    cause: Cause
    kinds: tuple[str, ...]
    regions: tuple[str, ...]


def shortages(board: Board, stuck: Sequence[Stuck]) -> list[Shortage]:
    """The bottlenecks that the stuck searches prove, those that meet put together, the greatest lack first."""
    groups: list[tuple[set[int], set[int]]] = []
    for proof in stuck:
        seats, places = set(proof.seats), set(proof.inspectors)
        apart = []
        for group in groups:
            if group[1].isdisjoint(places) and group[0].isdisjoint(seats):
                apart.append(group)
            else:
                seats, places = seats | group[0], places | group[1]
        groups = [*apart, (seats, places)]
    found = [_shortage(board, seats, places) for seats, places in groups]
    return sorted(found, key=lambda one: (one.have - one.needed, one.objects))


@article("16")
def check_no_shortage(board: Board, stuck: Sequence[Stuck], conditions: Sequence[str] = ()) -> None:
    """Fewer than the seats needed is no draw: the refusal names the bottleneck, its qualification, region, cause, ways out."""
    if not stuck:
        return
    found = shortages(board, stuck)
    worst = found[0]
    raise Refusal(
        "draw.too_few_inspectors",
        _MESSAGES[worst.cause],
        field="cap" if worst.cause is Cause.CAP else "inspectors",
        objects=len(worst.objects),
        needed=worst.needed,
        inspectors=len(worst.inspectors),
        have=worst.have,
        cap=board.cap,
        cap_needed=worst.cap_needed,
        cause=worst.cause,
        ways_out=_WAYS_OUT[worst.cause],
        leaves=worst.objects,
        inspector_ids=worst.inspectors,
        bottlenecks=len(found),
        kinds=worst.kinds,
        regions=_shown(worst.regions),
        conditions=(N_("执法证件有效、检查日期内可以参加"), *conditions),
    )


def _shortage(board: Board, seats: set[int], places: set[int]) -> Shortage:
    filled = [seat for seat in seats if board.holder[seat] != NOBODY]
    teams = sorted({board.team_of[seat] for seat in seats})
    existing = sum(board.bound[place] for place in places) - sum(board.pool_of[seat].capped for seat in filled)
    cap_needed = max(board.cap + 1, -(-(len(seats) + existing) // max(1, len(places))))
    return Shortage(
        tuple(board.teams[team].leaf for team in teams),
        tuple(board.roster[place] for place in sorted(places)),
        len(seats),
        len(filled),
        cap_needed,
        _cause(board, teams),
        _kinds(board, seats),
        tuple(sorted({board.teams[team].region for team in teams if board.teams[team].region})),
    )


def _kinds(board: Board, seats: Iterable[int]) -> tuple[str, ...]:
    """The kinds of the seats: a speciality by its own name."""
    kinds = {board.teams[board.team_of[seat]].seats[seat - board.first_seat[board.team_of[seat]]].kind for seat in seats}
    return tuple(N_("持证检查人员") if kind == "certified" else kind for kind in sorted(kinds))


def _shown(regions: Sequence[str]) -> tuple[str, ...]:
    if not regions:
        return (N_("本次抽取"),)
    return (*regions[:MOST_REGIONS], N_("等地")) if len(regions) > MOST_REGIONS else tuple(regions)


def _cause(board: Board, teams: Sequence[int]) -> Cause:
    """The cap, if without it every object had enough; else recusals, if without them it had; else the pool."""
    recused = False
    for team in teams:
        members = [board.pool_of[seat].members for seat in board.seats(team)]
        eligible = frozenset[int]().union(*members)
        if len(eligible) < len(members) or not all(members):
            return Cause.POOL
        left = [pool - board.barred[team] for pool in members]
        if len(eligible - board.barred[team]) < len(members) or not all(left):
            recused = True
    return Cause.RECUSALS if recused else Cause.CAP
