"""Who may be what, what a password must be, how long a session or a link lasts, what waits for whom."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import ADMINISTRATORS, Role
from fieldapp.words import Labelled, N_

SESSION = timedelta(hours=12)
LINK = timedelta(hours=72)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
LONGEST_NAME = 60
USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
STAFF_NUMBER = re.compile(r"[A-Za-z0-9._/-]{1,40}")
COMMON = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "letmein", "welcome", "iloveyou", "woaini", "sunshine", "football",
    "administrator", "admin", "root", "test", "guest", "default", "changeme", "secret", "login", "qwertyuiop", "qwerty",
    "asdfghjkl", "asdfgh", "zxcvbnm", "zxcvbn", "1qaz2wsx", "1q2w3e4r", "q1w2e3r4", "abcdefgh", "abc123", "abcd",
    "01234567890", "1234567890", "0987654321", "123456789", "12345678", "123456", "654321", "12345", "123123", "1234",
    "5201314", "147258369", "123qwe", "shandong", "jinan", "kejiting", "fieldapp", "山东省", "科技厅", "双随机", "口令", "密码",
)
BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("Linux", "Linux"))


class WaitingKind(Labelled):
    """What somebody is asked to decide, or to put right when it came back."""

    TASK_APPROVAL = "task_approval", N_("抽查任务审核")
    WORK_PLAN = "work_plan", N_("工作方案审批")
    WORK_PLAN_READING = "work_plan_reading", N_("阅读工作方案")
    LEADER_APPOINTMENT = "leader_appointment", N_("确定组长")
    VISIT_APPROVAL = "visit_approval", N_("行政检查审批")
    ANNEX = "annex", N_("后到内容待处理")
    INSPECTOR_UNSIGNED = "inspector_unsigned", N_("检查人员没有签字")
    UNSIGNED_DECIDED = "unsigned_decided", N_("未签字情况已决定")
    RECUSAL = "recusal", N_("回避申请")
    RECUSAL_SWAP = "recusal_swap", N_("对调检查对象")
    RECUSAL_DECLINED = "recusal_declined", N_("回避申请未获同意")
    SUBSTITUTION = "substitution", N_("更换检查人员")
    POOL_EXHAUSTED = "pool_exhausted", N_("没有可递补的检查人员")
    ENTRUSTMENT = "entrustment", N_("委托和邀请专家审批")
    ENTRUSTED_RECUSAL = "entrusted_recusal", N_("协助方回避")
    MERGE = "merge", N_("合并检查")
    MERGE_CONSENT = "merge_consent", N_("合并检查征求意见")
    LEADER_REVIEW = "leader_review", N_("组长审核")
    OFFICER_CHECK = "officer_check", N_("经办人核对")
    HEAD_APPROVAL = "head_approval", N_("处室审批")
    PUBLICATION = "publication", N_("公示审批")
    OBJECTION_EXAMINATION = "objection_examination", N_("异议复核")
    OBJECTION_DECISION = "objection_decision", N_("异议处理决定")
    COMPLAINT = "complaint", N_("投诉")
    IMPORT_BATCH = "import_batch", N_("导入审核")
    FOCUS = "focus", N_("重点监管情形认定")
    LEAVING = "leaving", N_("移出名录库审核")
    NARROW_DRAW = "narrow_draw", N_("抽取再次审批")
    DRAW_VOID = "draw_void", N_("抽取作废审批")
    DRAW_CONTRIBUTION = "draw_contribution", N_("参与生成随机种子")
    TASK_RETURNED = "task_returned", N_("退回的抽查任务")
    WORK_PLAN_RETURNED = "work_plan_returned", N_("退回的工作方案")
    CREDENTIAL_DOUBT = "credential_doubt", N_("人员核验疑问")
    VISIT_RETURNED = "visit_returned", N_("退回的行政检查审批")
    RECORD_RETURNED = "record_returned", N_("退回补正的检查记录")
    SUPPLEMENTARY_RECORD = "supplementary_record", N_("待签字的补充笔录")


@article("4")
def check_roles(roles: Iterable[Role]) -> None:
    """The three administrators exclude each other and every role of the inspection work; one role at least."""
    held = frozenset(roles)
    if not held:
        raise Refusal("accounts.no_role", N_("请至少选择一个角色"), field="roles")
    if held & ADMINISTRATORS and len(held) > 1:
        raise Refusal("accounts.roles_exclude_each_other",
                      N_("系统、安全、审计三类管理员互斥，也不能兼任抽查工作的角色"), field="roles")


def check_may_change_access(of_oneself: bool) -> None:
    """Nobody gives themselves roles, links or a departure: another security administrator does."""
    if of_oneself:
        raise Forbidden("accounts.own_access", N_("不能变更自己的角色、口令链接和在职状态，请由另一位安全管理员办理"))


def check_old_password(*, fits: bool) -> None:
    """Whoever changes their own password knows the old one."""
    if not fits:
        raise Refusal("accounts.old_password_wrong", N_("原口令不对"), field="old_password")


def check_names_are_free(taken: str | None) -> None:
    """Nobody signs in with two people's names; `taken` is the field whose name somebody has, None if nobody has either."""
    if taken:
        raise name_taken(taken)


def name_taken(field: str) -> Conflict:
    """What is said where somebody else has the name already, or was faster to take it."""
    return Conflict("accounts.name_taken", N_("已经有人用这个用户名或工号登录"), field=field)


def check_division_is_new(*, is_taken: bool) -> None:
    """No two divisions bear one name."""
    if is_taken:
        raise division_taken()


def division_taken() -> Conflict:
    """What is said where another division has the name already, or was faster to take it."""
    return Conflict("accounts.division_taken", N_("已经有这个处室"), field="name")


def check_password(password: str, *, about: Iterable[str] = ()) -> None:
    """Length decides, not composition; common words, runs and what everybody knows of the person do not count."""
    length = len(unicodedata.normalize("NFKC", password))
    if length < SHORTEST_PASSWORD:
        raise Refusal("accounts.password_short", N_("口令至少 %(least)s 个字符，现在是 %(length)s 个"), field="password",
                      least=SHORTEST_PASSWORD, length=length)
    if length > LONGEST_PASSWORD:
        raise Refusal("accounts.password_long", N_("口令最多 %(most)s 个字符"), field="password", most=LONGEST_PASSWORD)
    if is_common(password, about):
        raise Refusal("accounts.password_common", N_("口令太常见，或含有姓名、工号，容易被猜到。可以用几个不相干的词连起来"),
                      field="password")


def is_common(password: str, about: Iterable[str] = ()) -> bool:
    """Whether little is left of a password once common words and the person's own names are taken out."""
    rest = unicodedata.normalize("NFKC", password).lower()
    known = [word.lower() for word in about if len(word) >= 2]
    for word in sorted({*COMMON, *known}, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < 6 or len(set(rest)) < 4


def checked_name(text: str, *, field: str = "name", most: int = LONGEST_NAME) -> str:
    """A name in code points: rare characters and the dot of minority names stay, control characters do not."""
    name = unicodedata.normalize("NFC", " ".join(text.split()))
    if not name:
        raise Refusal("accounts.name_missing", N_("请填写名称"), field=field)
    if len(name) > most:
        raise Refusal("accounts.name_long", N_("名称最多 %(most)s 个字"), field=field, most=most)
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"} for character in name):
        raise Refusal("accounts.name_unprintable", N_("名称中有不能显示的字符"), field=field)
    return name


def checked_user_name(text: str) -> str:
    """A user name: lower-case letters, digits, dot, underscore and hyphen, two to sixty of them."""
    name = sign_in_name(text)
    if not USER_NAME.fullmatch(name):
        raise Refusal("accounts.user_name_form", N_("用户名用 2 至 60 个小写字母、数字、点、下划线或连字符"), field="user_name")
    return name


def checked_staff_number(text: str) -> str:
    """A staff number as the department writes it."""
    number = unicodedata.normalize("NFKC", text).strip()
    if not STAFF_NUMBER.fullmatch(number):
        raise Refusal("accounts.staff_number_form", N_("工号用字母、数字、点、斜线或连字符，最多 40 个"), field="staff_number")
    return number


def sign_in_name(text: str) -> str:
    """What was typed at the sign-in, as names are compared: full width made narrow, lower case."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def secret_hash(secret: str) -> str:
    """How the secret of a session or a link is kept: SHA-256, 64 hexadecimal digits."""
    return sha256(secret.encode()).hexdigest()


def device_name(user_agent: str) -> str:
    """Browser and system in two words, out of what the browser says of itself."""
    found = [next((name for mark, name in marks if mark in user_agent), "") for marks in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found)) or user_agent[:40]
