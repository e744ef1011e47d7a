"""The 补正说明: what a signed record may still have put right; who writes, signs and withdraws what stands beside one."""

from collections.abc import Collection, Mapping
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.words import N_


def check_annex_note(note: str) -> None:
    """Who marks as seen what came late says what is made of it."""
    if not note.strip():
        raise Refusal("review.annex_needs_a_note", N_("请写明如何处理后到的内容"), field="note")


@article("24")
def check_may_write_beside(*, is_signed: bool, is_returned: bool, is_member: bool) -> None:
    """A member of the team writes something beside a signed record that was returned; an unsigned one is edited as it is."""
    if not is_member:
        raise Forbidden("review.members_only", N_("补正说明和补充笔录由检查组成员制作"))
    if not is_signed:
        raise Refusal("review.not_signed_yet", N_("这份记录还没有签字，请在检查页面直接修改后重新提交"))
    if not is_returned:
        raise Conflict("review.not_returned", N_("这份记录没有被退回，不需要补正或者补充"))


@article("24")
def check_is_clerical(path: str, texts: Mapping[str, str]) -> None:
    """A correction puts right what the team wrote wrongly, in one of the record's `texts` by their places, or in the record
    as a whole (""); it changes no answer, no category, no word of the entity."""
    if path and path not in texts:
        raise Refusal("review.not_clerical", N_(
            "检查结论、拟定类别、被检查单位意见和签字不能用补正说明改变，须另行批准检查"), field="path")


def check_correction_text(wrong: str, right: str, text: str | None = None) -> None:
    """A correction says what was written, as it stands in the `text` of its field, and how it should read."""
    if not wrong.strip():
        raise Refusal("review.wrong_text_missing", N_("请填写原来的文字"), field="wrong_text")
    if not right.strip():
        raise Refusal("review.right_text_missing", N_("请填写补正后的文字"), field="right_text")
    if wrong.strip() == right.strip():
        raise Refusal("review.nothing_corrected", N_("补正前后的文字相同"), field="right_text")
    if text is not None and wrong.strip() not in text:
        raise Refusal("review.wrong_text_not_found", N_("这一栏里没有这段文字，请照原文填写"), field="wrong_text")


@article("24")
def corrected(text: str, wrong: str, right: str) -> str:
    """A field's text as a correction makes it read: what was wrong is put right, the rest stands as it was signed."""
    return text.replace(wrong, right)


@article("24")
def check_may_withdraw_beside(*, is_writer: bool, is_complete: bool) -> None:
    """What was written beside a record by mistake is withdrawn by its writer while it is not in force; it stays legible."""
    if not is_writer:
        raise Forbidden("review.writer_withdraws", N_("补正说明和补充笔录由制作人撤回"))
    if is_complete:
        raise Conflict("review.beside_in_force", N_("这份文书已经生效或者已经撤回，不能撤回"))


@article("24")
def check_may_sign_beside(*, is_member: bool, is_certified: bool, has_signed: bool, is_complete: bool) -> None:
    """Certified members of the team sign what is written beside a record, each once."""
    if not is_member:
        raise Forbidden("review.beside_members_only", N_("补正说明和补充笔录由检查组成员签字"))
    if not is_certified:
        raise Forbidden("review.beside_certified_only", N_("补正说明和补充笔录须由持有效行政执法证件的检查人员签字"))
    if is_complete or has_signed:
        raise Conflict("review.beside_already_signed", N_("这份文书您已签字，或者已经生效"))


@article("24")
def is_complete(signed_by: Collection[UUID | str], needed: int) -> bool:
    """Whether enough certified members have signed what is written beside a record."""
    return len(set(signed_by)) >= needed


def check_answer(text: str, *, is_open: bool) -> None:
    """An open remark is answered, in words."""
    if not is_open:
        raise Conflict("review.remark_already_answered", N_("这条退回意见已经答复"))
    if not text.strip():
        raise Refusal("review.answer_missing", N_("请填写答复"), field="answer")
