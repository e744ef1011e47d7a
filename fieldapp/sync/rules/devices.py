"""Phones: who may stop a lost one, who lets a found one go on, what it says of what it still holds."""

from base64 import b64decode
from contextlib import suppress
from typing import Any
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, Forbidden, Refusal
from fieldapp.sync.rules.operations import is_phones_name
from fieldapp.words import N_

LONGEST_REASON = 200
LONGEST_KEY = 200
MOST_UNSENT = 1_000_000


@article("24")
def check_may_revoke(*, owner: UUID, by: UUID, is_security_admin: bool, is_revoked: bool) -> None:
    """A lost phone is stopped by its person or by a security administrator, once."""
    if owner != by and not is_security_admin:
        raise Forbidden("sync.not_your_phone", N_("只有本人或安全管理员可以停用这部手机"))
    if is_revoked:
        raise Conflict("sync.revoked_already", N_("这部手机已经停用"))


def check_may_restore(*, is_revoked: bool) -> None:
    """Only what is stopped can go on again."""
    if not is_revoked:
        raise Conflict("sync.not_revoked", N_("这部手机没有停用"))


def check_reason(text: str) -> str:
    """Why a phone is stopped or let go on, in a few words."""
    reason = text.strip()
    if not 0 < len(reason) <= LONGEST_REASON:
        raise Refusal("sync.reason_missing", N_("请写明原因，最多 200 字"), field="reason")
    return reason


def unsent_after(said: Any) -> tuple[int, int | None] | None:
    """What a phone says is left on it after this batch: how many operations, and the time of the oldest (phone's clock,
    milliseconds); None if it says nothing that can be understood."""
    if not isinstance(said, dict) or type(said.get("n")) is not int or not 0 <= said["n"] <= MOST_UNSENT:
        return None
    oldest = said.get("at")
    return said["n"], oldest if type(oldest) is int and 0 < oldest < 250_000_000_000_000 else None


def phone_named(said: Any) -> str | None:
    """The phone that a request names, if it names one."""
    device = said.get("dev") if isinstance(said, dict) else None
    return device if isinstance(device, str) and is_phones_name(device) else None


def parse_key(said: Any) -> tuple[str, bytes]:
    """A phone's name and the public half of its key, as it registers it for 人员核验."""
    device, key = (said.get("dev"), said.get("key")) if isinstance(said, dict) else (None, None)
    if isinstance(device, str) and is_phones_name(device) and isinstance(key, str) and len(key) <= LONGEST_KEY:
        with suppress(ValueError):
            return device, b64decode(key + "=" * (-len(key) % 4), altchars=b"-_", validate=True)
    raise Refusal("sync.malformed", N_("手机发来的内容格式不对，没有接收，内容仍在手机上"), field="key")
