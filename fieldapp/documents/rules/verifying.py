"""What is proved of a file that somebody hands in: that it is the registered one, or why it is not. Nothing more is said."""

from dataclasses import dataclass
from typing import Any

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import Labelled, N_

MOST_BYTES = 12 * 1024 * 1024


class Verdict(Labelled):
    """What a file turned out to be; only the first is good; of the second the bytes are known to be
    right, and nothing of the signature."""

    REGISTERED = "registered", N_("与登记的文件逐字节一致，签名有效并覆盖整个文件")
    UNCHECKED = "unchecked", N_("与登记的文件逐字节一致；签名按下列方式作出，本页不能验证，请用签章服务的验证工具验证")
    VOIDED = "voided", N_("是登记的文件，但该文号已作废，不再有效")
    SEAL_BROKEN = "seal_broken", N_("与登记的文件一致，但签名未通过验证，请联系本机关")
    APPENDED = "appended", N_("登记的文件之后被追加了内容，显示的内容可能已被替换，请勿采信")
    ALTERED = "altered", N_("签名之后内容被改动，请勿采信")
    UNREADABLE = "unreadable", N_("文件读不出来：已损坏、被改动或者不是本机关的文书")
    UNSIGNED = "unsigned", N_("文件没有签名，不是本机关签发的文件")
    FOREIGN = "foreign", N_("签名不是本机关的密钥作出的")
    NOT_WHOLE = "not_whole", N_("签名没有覆盖整个文件，请勿采信")
    NOT_REGISTERED = "not_registered", N_("签名是本机关的，但文件与登记的不是同一个，请勿采信")


@dataclass(frozen=True, slots=True)
class Held:
    """What the register holds about a file: whether its hash stands there, whether that of its signed part does."""

    is_registered: bool
    is_voided: bool
    signed_part_is_registered: bool


@article("3", "24")
def verdict(found: dict[str, Any] | None, held: Held) -> Verdict:
    """The verdict on a file by what its signature is worth (None: it cannot be read) and what the register holds.

    Only the registered bytes under a signature of ours that holds and covers all of them are good. Registered bytes under a
    scheme that nobody here can check are said to be just that.
    """
    if held.is_registered:
        if found is not None and found.get("unchecked") is True:
            return Verdict.VOIDED if held.is_voided else Verdict.UNCHECKED
        whole = found is not None and found.get("bottom_line") is True and found.get("covers_all") is True
        if not whole:
            return Verdict.SEAL_BROKEN
        return Verdict.VOIDED if held.is_voided else Verdict.REGISTERED
    if found is None:
        return Verdict.UNREADABLE
    if not found["signatures"]:
        return Verdict.UNSIGNED
    return _refused(found, held)


def _refused(found: dict[str, Any], held: Held) -> Verdict:
    if held.signed_part_is_registered and not found["covers_all"]:
        return Verdict.APPENDED
    if not (found["intact"] and found["holds"]):
        return Verdict.ALTERED
    if not found["trusted"]:
        return Verdict.FOREIGN
    return Verdict.NOT_REGISTERED if found["covers_all"] else Verdict.NOT_WHOLE


@article("3")
def check_upload(content: bytes) -> None:
    """A file to be checked is a PDF of at most twelve megabytes."""
    if not content:
        raise Refusal("documents.no_file", N_("请选择要核对的 PDF 文件"), field="file")
    if len(content) > MOST_BYTES:
        raise Refusal("documents.file_too_large", N_("文件超过 12 MB，不能核对"), field="file")
