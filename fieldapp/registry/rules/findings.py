"""What the reading of a sheet finds: stable kinds with their words, and what each means for its row."""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from fieldapp.words import Labelled, N_

Kind = TypeVar("Kind", bound=Labelled)


class Outcome(Labelled):
    """What becomes of a row, from the lightest to the gravest."""

    ACCEPTED = "accepted", N_("接受")
    INFORMATION = "information", N_("接受（附说明）")
    NORMALISED = "normalised", N_("规范后接受")
    WARNING = "warning", N_("接受（有提醒）")
    DUPLICATE = "duplicate", N_("重复")
    RENAMED_DUPLICATE = "renamed_duplicate", N_("更名重复，待人工合并")
    REFUSED = "refused", N_("不接受")
    UNREADABLE = "unreadable", N_("无法读取")


class FindingKind(Labelled):
    """What can be found in a cell, a row or a whole sheet."""

    SHARED_OBJECT = "shared_object", N_("多个处室或类别共有的检查对象")
    UNCERTIFIED = "uncertified", N_("无执法证，只能协助检查")

    LOWER_CASE = "lower_case", N_("小写字母已改为大写")
    FULL_WIDTH = "full_width", N_("全角字符已改为半角")
    SPACES = "spaces", N_("多余空格已去除")
    NUMBER_AS_TEXT = "number_as_text", N_("数字格式已转为文本")

    NO_ADDRESS = "no_address", N_("缺少地址")
    NO_TELEPHONE = "no_telephone", N_("缺少联系电话")
    SHORT_TELEPHONE = "short_telephone", N_("联系电话位数不足")
    ODD_TELEPHONE = "odd_telephone", N_("联系电话格式不常见")
    NO_REGION = "no_region", N_("缺少行政区划代码")
    REGION_UNKNOWN = "region_unknown", N_("行政区划代码不在区划表中")
    REGION_MISMATCH = "region_mismatch", N_("行政区划代码与所在市、县（市、区）不一致")
    NO_CREDIT_GRADE = "no_credit_grade", N_("缺少信用风险等级")
    UNKNOWN_CREDIT_GRADE = "unknown_credit_grade", N_("信用风险等级应为 A、B、C 或 D")
    UNKNOWN_SIZE = "unknown_size", N_("经营规模应为大型、中型、小型或微型")
    ODD_POSITION = "odd_position", N_("经纬度不在山东省范围内")
    FORMULA = "formula", N_("单元格是没有结果的公式，按空白处理")
    ERROR_VALUE = "error_value", N_("单元格是公式错误值，按空白处理")
    MISSING_CERTIFICATE = "missing_certificate", N_("行政执法人员缺少执法证号，暂按无执法证处理")
    CERTIFICATE_EXPIRED = "certificate_expired", N_("执法证已过有效期")
    NO_VALID_UNTIL = "no_valid_until", N_("缺少执法证有效期")
    BAD_DATE = "bad_date", N_("日期无法识别")
    NO_SPECIALITY = "no_speciality", N_("没有标注业务专长")
    UNKNOWN_PERSON_KIND = "unknown_person_kind", N_("人员类别无法识别，按有无执法证判断")
    RATIO_BELOW_MINIMUM = "ratio_below_minimum", N_("抽查比例低于规定的最低比例，且未注明法定")
    NO_RATIO = "no_ratio", N_("没有写抽查比例，按现行规则的最低比例执行")
    NO_FREQUENCY = "no_frequency", N_("没有写抽查频次，按现行规则执行")
    UNKNOWN_REQUIREMENT = "unknown_requirement", N_("检查人员要求无法识别，需人工设置席位")
    NO_BASIS = "no_basis", N_("缺少抽查依据")
    UNKNOWN_MANDATORY = "unknown_mandatory", N_("“必查”应为是或否，暂按必查处理")
    UNKNOWN_EVIDENCE = "unknown_evidence", N_("取证要求无法识别")

    DUPLICATE = "duplicate", N_("重复")
    RENAMED_DUPLICATE = "renamed_duplicate", N_("更名重复")

    CHECK_DIGIT = "check_digit", N_("统一社会信用代码校验码不符")
    LETTER_O = "letter_o", N_("统一社会信用代码中有字母 O")
    LETTER_I = "letter_i", N_("统一社会信用代码中有字母 I")
    BAD_CHARACTER = "bad_character", N_("统一社会信用代码中有不允许的字符")
    CODE_LENGTH = "code_length", N_("统一社会信用代码应为 18 位")
    MISSING_CODE = "missing_code", N_("缺少统一社会信用代码")
    MISSING_NAME = "missing_name", N_("缺少名称")
    MISSING_NUMBER = "missing_number", N_("缺少编号")
    MISSING_DIVISION = "missing_division", N_("缺少处室")
    UNKNOWN_DIVISION = "unknown_division", N_("系统中没有这个处室")
    OTHER_DIVISION = "other_division", N_("不是本处室的人员，由所在处室或法规处导入")
    MISSING_CATEGORY = "missing_category", N_("缺少主体类型")
    MISSING_CONTENT = "missing_content", N_("缺少检查内容")
    UNKNOWN_METHOD = "unknown_method", N_("检查方式应为实地核查、书面检查或网络监测")
    BAD_RATIO = "bad_ratio", N_("抽查比例无法识别")
    BAD_FREQUENCY = "bad_frequency", N_("抽查频次无法识别")
    BAD_NUMBER = "bad_number", N_("序号应为正整数")
    CERTIFICATE_REPEATED = "certificate_repeated", N_("执法证号与另一人相同")
    TOO_LONG = "too_long", N_("内容过长")

    UNREADABLE = "unreadable", N_("文件无法读取")
    UNKNOWN_HEADERS = "unknown_headers", N_("没有找到可识别的表头")


_STARTS = {
    FindingKind.SHARED_OBJECT: Outcome.INFORMATION,
    FindingKind.LOWER_CASE: Outcome.NORMALISED,
    FindingKind.NO_ADDRESS: Outcome.WARNING,
    FindingKind.DUPLICATE: Outcome.DUPLICATE,
    FindingKind.RENAMED_DUPLICATE: Outcome.RENAMED_DUPLICATE,
    FindingKind.CHECK_DIGIT: Outcome.REFUSED,
    FindingKind.UNREADABLE: Outcome.UNREADABLE,
}


def _outcomes() -> dict[FindingKind, Outcome]:
    """Each block of kinds above shares the outcome that its first member is listed with."""
    outcomes, current = {}, Outcome.ACCEPTED
    for kind in FindingKind:
        current = _STARTS.get(kind, current)
        outcomes[kind] = current
    return outcomes


OUTCOMES = _outcomes()

MESSAGES = {
    FindingKind.LETTER_O: N_("统一社会信用代码中有字母 O（第 %(position)s 位），代码不使用字母 O，请核对是否应为数字 0"),
    FindingKind.LETTER_I: N_("统一社会信用代码中有字母 I（第 %(position)s 位），代码不使用字母 I，请核对是否应为数字 1"),
    FindingKind.CHECK_DIGIT: N_("统一社会信用代码校验码不符，请对照营业执照或法人证书核对"),
    FindingKind.CODE_LENGTH: N_("统一社会信用代码应为 18 位，这里是 %(length)s 位"),
    FindingKind.CERTIFICATE_EXPIRED: N_("执法证有效期至 %(valid_until)s，已过期，换证前不能作为执法检查人员"),
    FindingKind.CERTIFICATE_REPEATED: N_("执法证号与第 %(other_row)s 行相同，请核对"),
    FindingKind.TOO_LONG: N_("内容过长，最多 %(limit)s 个字"),
}

# The same kinds read differently by where the other one stands: in the sheet, another sheet, the directory.
PLACED_MESSAGES = {
    (FindingKind.DUPLICATE, "row"): N_("与第 %(other_row)s 行重复，不再导入"),
    (FindingKind.DUPLICATE, "directory"): N_("名录库中已有，不再导入"),
    (FindingKind.CERTIFICATE_REPEATED, "directory"): N_("执法证号与名录库中的“%(other_name)s”相同，请核对"),
    (FindingKind.RENAMED_DUPLICATE, "row"):
        N_("与第 %(other_row)s 行“%(other_name)s”代码相同而名称不同，请人工确认是否更名后合并"),
    (FindingKind.RENAMED_DUPLICATE, "file"):
        N_("与“%(other_file)s”第 %(other_row)s 行“%(other_name)s”代码相同而名称不同，请人工确认是否更名后合并"),
    (FindingKind.RENAMED_DUPLICATE, "directory"):
        N_("与名录库中的“%(other_name)s”代码相同而名称不同，请人工确认是否更名后合并"),
    (FindingKind.SHARED_OBJECT, "row"): N_("与第 %(other_row)s 行是同一检查对象，导入后为一个对象、多个类别"),
    (FindingKind.SHARED_OBJECT, "file"):
        N_("与“%(other_file)s”第 %(other_row)s 行是同一检查对象，导入后为一个对象、多个类别"),
    (FindingKind.SHARED_OBJECT, "directory"): N_("名录库中已有该检查对象，导入后增加一个类别"),
}


@dataclass(frozen=True, slots=True)
class Remark(Generic[Kind]):
    """One thing to say about one cell: `row` counts from 1 as the sheet does, `value` is the cell's own text."""

    KINDS: ClassVar[Any]
    """What its kind is one of."""

    row: int
    kind: Kind
    field: str
    value: str = ""
    facts: Mapping[str, str | int] = dataclasses.field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The remark as plain values, as a preview row stores it."""
        return {"row": self.row, "kind": self.kind.value, "field": self.field, "value": self.value,
                "facts": dict(self.facts)}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        """The remark that `to_json` stored."""
        return cls(stored["row"], cls.KINDS(stored["kind"]), stored["field"], stored["value"], stored["facts"])


@dataclass(frozen=True, slots=True)
class Finding(Remark[FindingKind]):
    """What the registry has to say about a cell."""

    KINDS = FindingKind

    @property
    def outcome(self) -> Outcome:
        """What the finding means for its row."""
        return OUTCOMES[self.kind]

    @property
    def message(self) -> str:
        """The catalogue message, its places filled by `facts` once it is translated."""
        placed = PLACED_MESSAGES.get((self.kind, str(self.facts.get("where"))))
        return placed or MESSAGES.get(self.kind, self.kind.label)


def outcome_of(findings: Iterable[Finding]) -> Outcome:
    """What a row's findings mean together: the gravest of them, or accepted when there is none."""
    gravity = list(Outcome)
    return max((finding.outcome for finding in findings), key=gravity.index, default=Outcome.ACCEPTED)
