"""The publicity schema 双随机抽查结果信息, field names as the national system has them."""

import re
from dataclasses import dataclass
from datetime import date

from fieldapp.law import article
from fieldapp.refusals import Refusal
from fieldapp.words import N_

REGION = "370000"
SERIAL = re.compile(r"(\d+)\D*$")


@dataclass(frozen=True, slots=True)
class OutgoingResult:
    """One published result of one object and item, as plain values."""

    uscc: str
    object_name: str
    plan_id: str
    plan_name: str
    task_id: str
    task_name: str
    type_name: str
    authority: str
    inspected_on: date
    item_name: str
    result_name: str


@article("25")
def as_block(result: OutgoingResult) -> dict[str, object]:
    """One block of the publicity schema."""
    return {
        "raninsPlanId": result.plan_id, "raninsPlaneName": result.plan_name, "raninsTaskId": result.task_id,
        "raninsTaskName": result.task_name, "raninsTypeName": result.type_name, "insAuth": result.authority,
        "insDate": result.inspected_on.isoformat(),
        "details": [{"seqno": 1, "raninsItemName": result.item_name, "raninsCheckResName": result.result_name}],
    }


@article("25")
def as_entry(result: OutgoingResult) -> dict[str, object]:
    """The block with the enterprise below which the publicity system shows it."""
    return {"uniscId": result.uscc, "entName": result.object_name, "drRaninsRes": as_block(result)}


@article("25")
def check_anything_goes_out(count: int) -> None:
    """No file is made of nothing: there are published results of these days."""
    if not count:
        raise Refusal("publication.nothing_to_send", N_("这段时间没有已公示的结果，没有可导出的内容"), field="since")


def national_plan_id(year: int, number: str, version: int) -> str:
    """区划 6 + year 4 + serial 4."""
    return f"{REGION}{year}{serial(number) or version:04}"


def national_task_id(created_on: date, number: str) -> str:
    """区划 6 + day 8 + serial 4."""
    return f"{REGION}{created_on:%Y%m%d}{serial(number):04}"


def serial(number: str) -> int:
    """The serial of a 文号, at most four digits: 12 of 鲁科抽〔2026〕12号."""
    found = SERIAL.search(number)
    return int(found[1]) % 10_000 if found else 0
