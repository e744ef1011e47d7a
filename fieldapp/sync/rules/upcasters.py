"""Operations of earlier forms, lifted when they are applied: the stored bytes stay as they were sent.

A form's upcaster stays at least 90 days after the last kit of that form was given out.
"""

from collections.abc import Callable, Mapping
from typing import Any

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

FORM = 1
Upcaster = Callable[[dict[str, Any]], dict[str, Any]]


def from_form_0(body: dict[str, Any]) -> dict[str, Any]:
    """The trial's form: a refusal's explanation was called its reason, and a witness was a name alone."""
    value = body.get("v")
    if body.get("k") != "refuse" or not isinstance(value, dict):
        return body
    lifted = dict(value)
    if "reason" in lifted:
        lifted.setdefault("explanation", lifted.pop("reason"))
    if isinstance(lifted.get("witness"), str):
        lifted["witness"] = {"name": lifted["witness"], "unit": ""} if lifted["witness"] else None
    return {**body, "v": lifted}


UPCASTERS: Mapping[int, Upcaster] = {0: from_form_0}


@article("24")
def upcast(body: dict[str, Any], *, upcasters: Mapping[int, Upcaster] = UPCASTERS, form: int = FORM) -> dict[str, Any]:
    """An operation as today's form says it, lifted one form at a time; raises a Refusal where nobody knows its form any more.

    It is received all the same; the refusal becomes its outcome, for a person to look at.
    """
    at = body.get("f", form)
    if type(at) is not int or at > form:
        raise Refusal("sync.form_unknown", N_("这项内容来自更新的表单版本：已收到并保存，未记入，请联系系统管理员"))
    while at < form:
        if at not in upcasters:
            raise Refusal("sync.form_too_old", N_("这项内容来自过旧的表单版本：已收到并保存，未记入，请组长处理"))
        body, at = upcasters[at](body), at + 1
    return {**body, "f": form}
