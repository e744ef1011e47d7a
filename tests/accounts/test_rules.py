"""Roles that exclude each other, passwords by length, names in code points."""

import pytest

from fieldapp.accounts import rules
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.roles import ADMINISTRATORS, Role


@pytest.mark.article("4")
@pytest.mark.parametrize("administrator", sorted(ADMINISTRATORS))
def test_an_administrator_holds_no_other_role(administrator: Role) -> None:
    rules.check_roles([administrator])
    for other in set(Role) - {administrator}:
        with pytest.raises(Refusal, match="roles_exclude_each_other"):
            rules.check_roles([administrator, other])


@pytest.mark.article("4")
def test_one_person_can_be_inspector_and_officer() -> None:
    rules.check_roles([Role.INSPECTOR, Role.DIVISION_OFFICER])


def test_a_person_without_a_role_is_refused() -> None:
    with pytest.raises(Refusal, match="no_role"):
        rules.check_roles([])


def test_a_password_is_changed_by_who_knows_the_old_one() -> None:
    rules.check_old_password(fits=True)
    with pytest.raises(Refusal, match="old_password_wrong"):
        rules.check_old_password(fits=False)


def test_a_name_that_somebody_signs_in_with_is_refused_at_its_field() -> None:
    rules.check_names_are_free(None)
    with pytest.raises(Conflict, match="name_taken") as refused:
        rules.check_names_are_free("staff_number")
    assert refused.value.field == "staff_number"


def test_no_two_divisions_bear_one_name() -> None:
    rules.check_division_is_new(is_taken=False)
    with pytest.raises(Conflict, match="division_taken"):
        rules.check_division_is_new(is_taken=True)


def test_nobody_gives_themselves_access() -> None:
    rules.check_may_change_access(of_oneself=False)
    with pytest.raises(Forbidden):
        rules.check_may_change_access(of_oneself=True)


@pytest.mark.parametrize("password", ["correct horse battery", "柿子树下三只灰猫在看云朵", "lower case only", "x7#kQ9!vLm2p"])
def test_length_decides_about_a_password(password: str) -> None:
    rules.check_password(password)


@pytest.mark.parametrize(("password", "code"), [
    ("short", "password_short"),
    ("柿子树下三只灰猫在看云", "password_short"),
    ("a" * 12 + "b" * 200, "password_long"),
    ("password1234", "password_common"),
    ("Password@123456", "password_common"),
    ("qwertyuiop123456", "password_common"),
    ("aaaaaaaaaaaaaaa", "password_common"),
    ("山东省科技厅双随机123456", "password_common"),
    ("ｐａｓｓｗｏｒｄ１２３４", "password_common"),
    ("zhaoyi20260001", "password_common"),
])
def test_a_short_a_common_and_a_personal_password_are_refused(password: str, code: str) -> None:
    with pytest.raises(Refusal, match=code) as refused:
        rules.check_password(password, about=("zhaoyi", "20260001", "赵一"))
    assert refused.value.field == "password"


def test_names_are_counted_in_code_points() -> None:
    assert rules.checked_name(" 买买提·吐尔逊  ") == "买买提·吐尔逊"
    assert rules.checked_name("𠮷" * rules.LONGEST_NAME) == "𠮷" * rules.LONGEST_NAME
    with pytest.raises(Refusal, match="name_long"):
        rules.checked_name("𠮷" * (rules.LONGEST_NAME + 1))


@pytest.mark.parametrize(("text", "code"), [("  ", "name_missing"), ("赵\u202e一", "unprintable"), ("赵\x00一", "unprintable")])
def test_a_name_without_letters_or_with_hidden_ones_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        rules.checked_name(text)


def test_a_user_name_is_compared_narrow_and_in_lower_case() -> None:
    assert rules.checked_user_name(" Ｚｈａｏ.Yi ") == "zhao.yi"
    assert rules.sign_in_name("ZHAO.YI") == "zhao.yi"
    for wrong in ("", "a", "赵一", "a b", ".zhao", "a" * 61):
        with pytest.raises(Refusal, match="user_name_form"):
            rules.checked_user_name(wrong)


def test_a_staff_number_stays_as_the_department_writes_it() -> None:
    assert rules.checked_staff_number("KJ-2026/001") == "KJ-2026/001"
    for wrong in ("", "工号一", "1" * 41):
        with pytest.raises(Refusal, match="staff_number_form"):
            rules.checked_staff_number(wrong)


@pytest.mark.parametrize(("agent", "name"), [
    ("Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/142 Mobile Safari/537.36", "Chrome · Android"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile MicroMessenger/8.0", "WeChat · iPhone"),
    ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/18 Safari/605", "Safari · macOS"),
    ("curl/8", "curl/8"),
])
def test_a_device_is_named_in_two_words(agent: str, name: str) -> None:
    assert rules.device_name(agent) == name
