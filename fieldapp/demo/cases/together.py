"""Two divisions are to inspect one object in the same time: legal affairs proposes one visit, their heads are asked."""

from uuid import UUID

from fieldapp import db
from fieldapp.demo.cases.followed_up import CATEGORY, DIVISION, ITEM
from fieldapp.demo.cases.platform import Days, Drawn, objects_for, team_of, window_around
from fieldapp.demo.cases.teams import EMPLOYER_ITEM, EMPLOYERS, FOREIGN
from fieldapp.demo.stage import acting, at, moment
from fieldapp.tasks import actions as tasks
from fieldapp.tasks import queries as known_tasks
from fieldapp.tasks.prefill import first_texts
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as known_visits

WHY = "两处检查时间重叠，合并为一次上门，由基础研究处牵头。"


def drawn(days: Days) -> list[Drawn]:
    """An object that both directories hold."""
    window, both = window_around(days.today, days.drawn), [*team_of(DIVISION), *team_of(FOREIGN)]
    employers = {one.id for one in objects_for(both, EMPLOYERS)}
    one = next(one for one in objects_for(both, CATEGORY) if one.id in employers)
    return [Drawn("新型研发机构建设运行检查（省平台第三次抽取）", ITEM, DIVISION, one, both[:2], window, case="leading"),
            Drawn("外国人来华工作聘用单位检查（省平台第二次抽取）", EMPLOYER_ITEM, FOREIGN, one, both[2:], window,
                  case="joining")]


def propose(held: dict[str, UUID], days: Days) -> None:
    """Legal affairs lays the merge before both heads; 外国专家处 has written its work plan, which waits too."""
    with db.transaction(write=False):
        leading, joining = (known_visits.visit(held[case]) for case in ("leading", "joining"))
        proposal = known_visits.pair(leading.id, joining.id)
        lead, task_id = leading.lead_division_id, joining.visit_tasks[0].task_id
        if proposal is None:
            raise LookupError("the platform's sheet has offered no merge")
        proposal_id = proposal.id
    with at(moment(days.last, 11)):
        with acting("fagui") as legal:
            visits.propose_merge(proposal_id, lead, WHY, by=legal)
        with acting("waizhuan-jingban") as officer:
            tasks.write_work_plan(task_id, first_texts(known_tasks.task(task_id)), by=officer)
