"""The code that an inspector's phone shows: signed on the phone, good for a moment, bound to person and visit."""

from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from hmac import compare_digest, digest
from typing import TypeVar
from uuid import UUID

from fieldapp.law import article
from fieldapp.refusals import Conflict, NotFound, Refusal
from fieldapp.words import N_

Signer = TypeVar("Signer")
Check = TypeVar("Check")
TURN = 30
"""Seconds that a code is shown."""
AHEAD = 10
"""Seconds that the phone's clock may go before the server's: phones reckon by the server's clock as they heard it last, with
the error of their own that was found then; what they drift afterwards nobody knows."""
OLDEST = 60 - AHEAD
"""Seconds from the beginning of a code's turn until it is refused: with those that it was shown ahead, 60 in all."""
LOOKED_AT = 300
"""Seconds for which the portrait of a verified code can be fetched."""
CONTEXT = b"fieldapp-credential/1\0"
VERSION = 1
_PAYLOAD, _SIGNATURE = 37, 64
_POINT = 65


@dataclass(frozen=True, slots=True)
class Shown:
    """What a code says: the key (16 hexadecimal digits), the check of one inspector at one visit, the half minute since
    1970, and what of it was signed (`message`) with which signature (r and s, 32 bytes each)."""

    key_id: str
    check_id: UUID
    turn: int
    message: bytes
    signature: bytes


@article("23")
def read_code(text: str) -> Shown:
    """The text behind the # of a code: 1, the key's 8 bytes, the check's 16, the turn's 4, 8 by chance, then the signature
    over the context and these. There is one form and one way to sign it, anything else is refused."""
    try:
        packed = b64decode(text + "=", altchars=b"-_", validate=True) if len(text) == 135 else b""
    except ValueError:
        packed = b""
    if len(packed) != _PAYLOAD + _SIGNATURE or packed[0] != VERSION:
        raise Refusal("visits.code_unreadable", N_("这不是人员核验码，请不要凭它放行"))
    payload = packed[:_PAYLOAD]
    return Shown(payload[1:9].hex(), UUID(bytes=payload[9:25]), int.from_bytes(payload[25:29]), CONTEXT + payload,
                 packed[_PAYLOAD:])


def key_id(public_key: bytes) -> str:
    """The name of a key: the first 8 bytes of the SHA-256 of its point."""
    return sha256(public_key).hexdigest()[:16]


def check_point(public_key: bytes) -> None:
    """A point of P-256 as phones export it, uncompressed: 65 bytes."""
    if len(public_key) != _POINT or public_key[0] != 4:
        raise Refusal("visits.key_unreadable", N_("手机的核验密钥格式不对，没有登记"), field="key")


def began(turn: int) -> datetime:
    """When a half minute began."""
    return datetime.fromtimestamp(turn * TURN, UTC)


@article("23")
def check_is_fresh(turn: int, now: datetime) -> None:
    """A code is accepted for 60 seconds in all, from 10 before its half minute began; a copied one is too old."""
    at = began(turn)
    age = (now - at).total_seconds()
    if age > OLDEST:
        raise Refusal("visits.code_too_old", N_("这个核验码已经过期，可能是翻拍的：请扫描对方手机上正在显示的二维码"), at=at)
    if age < -AHEAD:
        raise Refusal("visits.code_too_early", N_("这个核验码的时间不对：请让检查人员的手机联网对时后再扫描"), at=at)


@article("23")
def check_is_genuine(signer: Signer | None) -> Signer:
    """A code counts only from a registered phone: `signer` is whose key signed it, None where no registered one did."""
    if signer is None:
        raise Refusal("visits.code_forged", N_("这个核验码不是登记过的手机出示的，请不要凭它放行"))
    return signer


@article("23")
def check_names_a_visit(check: Check | None) -> Check:
    """A code counts only for the visit that it names; None where it names none of ours."""
    if check is None:
        raise _of_other_visit()
    return check


@article("23")
def check_may_register(*, owner: UUID, by: UUID, device: str, of_device: str, is_revoked: bool) -> None:
    """A key belongs to one person and one phone, and a stopped one does not come back."""
    if owner != by or device != of_device or is_revoked:
        raise Conflict("visits.key_taken", N_("这把核验密钥不能登记：请重新准备当天的检查"))


@article("23")
def check_shown_by(*, is_revoked: bool, is_on_team: bool) -> None:
    """A code counts only from a phone that is not stopped, in the hands of somebody of this visit's team."""
    if is_revoked:
        raise Refusal("visits.key_revoked", N_("出示这个核验码的手机已经停用（遗失或者收回），请不要凭它放行"))
    if not is_on_team:
        raise _of_other_visit()


def portrait_token(key: bytes, check_id: UUID, now: datetime) -> str:
    """What the page of a verified code fetches the portrait by: the check and its last second, sealed with the server's key."""
    payload = check_id.bytes + (int(now.timestamp()) + LOOKED_AT).to_bytes(8)
    return urlsafe_b64encode(payload + _sealed(key, payload)).decode()


def check_of_token(key: bytes, token: str, now: datetime) -> UUID:
    """The check that a token is for; refused once it is over, or where it is none of ours."""
    try:
        packed = b64decode(token, altchars=b"-_", validate=True)
    except ValueError:
        packed = b""
    payload, seal = packed[:24], packed[24:]
    if not compare_digest(seal, _sealed(key, payload)) or int.from_bytes(payload[16:]) < now.timestamp():
        raise NotFound("visits.no_portrait", N_("没有照片"))
    return UUID(bytes=payload[:16])


def _of_other_visit() -> Refusal:
    return Refusal("visits.code_of_other_visit", N_("出示这个核验码的手机不属于本次检查的成员，请不要凭它放行"))


def _sealed(key: bytes, payload: bytes) -> bytes:
    return digest(key, b"fieldapp-portrait/1\0" + payload, "sha256")


def check_is_unsettled(*, is_settled: bool) -> None:
    """What was found out about a doubt is written down once."""
    if is_settled:
        raise Conflict("visits.doubt_settled_already", N_("这条疑问已经处理"))
