"""What the reading of a sheet of tasks finds beside what the registry's sheets know."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from fieldapp.registry.rules import Finding, Outcome, ParsedRow, Remark
from fieldapp.words import Labelled, N_

Value = TypeVar("Value")


class TaskFindingKind(Labelled):
    """What can be found in a row about one object of a task."""

    NO_TASK_NUMBER = "no_task_number", N_("缺少任务编号")
    NO_TASK_NAME = "no_task_name", N_("缺少任务名称")
    NO_ITEM = "no_item", N_("缺少抽查事项")
    TOO_FEW_INSPECTORS = "too_few_inspectors", N_("检查人员少于 2 名")
    INSPECTOR_UNNAMED = "inspector_unnamed", N_("检查人员缺少编号和执法证号")
    INSPECTOR_TWICE = "inspector_twice", N_("同一检查人员出现两次")
    NO_LEADER = "no_leader", N_("缺少组长")
    LEADER_NOT_IN_TEAM = "leader_not_in_team", N_("组长不在检查人员之中")
    NO_WINDOW = "no_window", N_("缺少检查时间")
    WINDOW_REVERSED = "window_reversed", N_("检查结束日期早于开始日期")
    UNKNOWN_MODE = "unknown_mode", N_("抽取方式应为定向或不定向")
    CONTRADICTS_TASK = "contradicts_task", N_("与同一任务前面的行不一致")
    OBJECT_TWICE = "object_twice", N_("同一任务中检查对象重复")
    UNKNOWN_ITEM = "unknown_item", N_("抽查事项不在现行清单中")
    UNKNOWN_DIVISION = "unknown_division", N_("没有这个处室")
    UNKNOWN_OBJECT = "unknown_object", N_("检查对象不在名录库中，请先导入名录")
    UNKNOWN_INSPECTOR = "unknown_inspector", N_("检查人员不在人员名录库中")
    TASK_KNOWN = "task_known", N_("该任务已经导入")
    NOT_CERTIFIED = "not_certified", N_("检查期间持有效执法证的人员少于 2 名")
    OTHER_NAME = "other_name", N_("名称与名录库不同")


_OUTCOMES = {TaskFindingKind.OBJECT_TWICE: Outcome.DUPLICATE, TaskFindingKind.TASK_KNOWN: Outcome.DUPLICATE,
             TaskFindingKind.OTHER_NAME: Outcome.WARNING}

_MESSAGES = {
    TaskFindingKind.CONTRADICTS_TASK:
        N_("与任务 %(task)s 前面的行不一致（第 %(other_row)s 行），请核对事项、处室、时间和抽取方式"),
    TaskFindingKind.OBJECT_TWICE: N_("任务 %(task)s 中检查对象与第 %(other_row)s 行重复，不再导入"),
    TaskFindingKind.UNKNOWN_INSPECTOR: N_("检查人员“%(name)s”不在人员名录库中"),
    TaskFindingKind.INSPECTOR_TWICE: N_("检查人员“%(name)s”在本行出现两次"),
    TaskFindingKind.OTHER_NAME: N_("名称与名录库不同，名录库中为“%(name)s”"),
}


@dataclass(frozen=True, slots=True)
class TaskFinding(Remark[TaskFindingKind]):
    """What a sheet of tasks has to say about a cell; it reads like the registry's findings."""

    KINDS = TaskFindingKind

    @property
    def outcome(self) -> Outcome:
        """What the finding means for its row."""
        return _OUTCOMES.get(self.kind, Outcome.REFUSED)

    @property
    def message(self) -> str:
        """The catalogue message, its places filled by `facts` once it is translated."""
        return _MESSAGES.get(self.kind, self.kind.label)


def with_findings(row: ParsedRow[Value], more: Sequence[TaskFinding]) -> ParsedRow[Value]:
    """A row with more to say about it; our findings answer to all that the registry's do."""
    return row.with_findings(*cast(Sequence[Finding], more))


def finding_from_json(stored: Mapping[str, Any]) -> Finding | TaskFinding:
    """A stored finding, the registry's or our own."""
    own = {kind.value for kind in TaskFindingKind}
    return TaskFinding.from_json(stored) if stored["kind"] in own else Finding.from_json(stored)
