"""Teams that change: a substitute drawn after a recusal, one drawn under way with its supplement, a leader lost under way."""

from datetime import date, timedelta
from uuid import UUID

from fieldapp import db
from fieldapp.demo.cases.followed_up import CATEGORY, DIVISION, ITEM, TASK
from fieldapp.demo.cases.platform import Days, Drawn, objects_for, team_of, window_around
from fieldapp.demo.course import (
    agree_slot,
    approve_work_plan,
    draw_task,
    leader_of,
    prepare_visit,
    set_up,
    visits_of,
)
from fieldapp.demo.phone import begin_visit
from fieldapp.demo.stage import acting, at, moment
from fieldapp.registry.rules import EnterpriseSize
from fieldapp.visits import actions as visits
from fieldapp.visits import queries as known_visits

FOREIGN, EMPLOYERS = "外国专家处", "外国人来华工作聘用单位"
EMPLOYER_ITEM, EMPLOYER_TASK = "外国人来华工作许可聘用单位检查", "外国人来华工作聘用单位检查（第一批）"
FORMER, ILL = "2024 年以前在该单位任职。", "检查途中突发急病，已送医。"
ADVISER = "曾任该单位外聘顾问，请求回避。"
NO_INTEREST = "顾问关系已于三年前结束，不构成利害关系；不宜再任组长。"


def drawn(days: Days) -> list[Drawn]:
    """A second object of 基础研究处, in the task of the first."""
    team = team_of(DIVISION)
    one = [one for one in objects_for(team, CATEGORY) if len(one.categories) == 1][1]
    return [Drawn(TASK, ITEM, DIVISION, one, team, window_around(days.held, days.drawn), case="leaderless")]


def hold(held: dict[str, UUID], days: Days) -> None:
    """Two large employers of foreign experts are drawn here: before the first visit somebody is recused, at the second one
    falls ill."""
    first = max(days.published, date(days.last.year, 1, 1))
    with at(moment(first, 9)):
        task_id = set_up(EMPLOYER_ITEM, EMPLOYER_TASK, "waizhuan", conditions={"sizes": [EnterpriseSize.LARGE.value]})
        draw_task(task_id, "waizhuan")
        approve_work_plan(task_id, "waizhuan")
    recused, supplemented, *_ = visits_of(task_id)
    _recuse(recused, days)
    _fall_ill(supplemented, days)
    _lose_leader(held["leaderless"], days)


def _recuse(visit_id: UUID, days: Days) -> None:
    """A member has worked there: the head agrees, a substitute is drawn by the next code."""
    with db.transaction(write=False):
        window, members = known_visits.window(known_visits.visit(visit_id)), _members(visit_id)
    with at(moment(days.last, 10)):
        with acting("waizhuan-chuzhang") as head:
            visits.appoint_leader(visit_id, members[0][0], by=head)
        day = min(days.today + timedelta(days=1), window.last_day)
        with acting("waizhuan-jingban") as officer:
            agree_slot(visit_id, moment(day, 15), by=officer)
        with acting(members[1][1]) as member:
            recusal_id = visits.ask_recusal(visit_id, "former", FORMER, by=member).id
        with acting("waizhuan-chuzhang") as head:
            visits.decide_recusal(recusal_id, visits.Ruling("agree", "同意回避。", "withdraw"), by=head)


def _fall_ill(visit_id: UUID, days: Days) -> None:
    """Under way a member falls ill: a substitute is drawn, and a supplement names the team as it is now."""
    with at(moment(days.last, 13)):
        prepare_visit(visit_id, "waizhuan", days.last, 14)
    with at(moment(days.last, 14)):
        begin_visit(visit_id)
        [ill] = [one for one in _members(visit_id) if one[1] != leader_of(visit_id)]
        with acting(ill[1]) as member:
            asked = visits.ask_substitution(visit_id, ill[0], "health", ILL, by=member).id
        with acting("waizhuan-chuzhang") as head:
            visits.decide_substitution(asked, "agree", "同意。", by=head)


def _lose_leader(visit_id: UUID, days: Days) -> None:
    """Under way the leader applies for recusal, which is declined: who applied does not lead (E10), and all stands still."""
    with at(moment(days.last, 8)):
        prepare_visit(visit_id, "jichu", days.last, 9)
    with at(moment(days.last, 9, 30)):
        begin_visit(visit_id)
        with acting(leader_of(visit_id)) as leader:
            recusal_id = visits.ask_recusal(visit_id, "post", ADVISER, by=leader).id
        with acting("jichu-chuzhang") as head:
            visits.decide_recusal(recusal_id, visits.Ruling("disagree", NO_INTEREST), by=head)


def _members(visit_id: UUID) -> list[tuple[UUID, str]]:
    """The team's inspectors with their user names."""
    with db.transaction(write=False):
        return [(one.inspector_id, one.inspector.person.user_name) for one in known_visits.members(known_visits.visit(visit_id))
                if one.inspector.person is not None]
