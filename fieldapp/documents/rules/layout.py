"""From what is frozen to what is laid out: the page of a document, and the small files that it shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from fieldapp.clock import local
from fieldapp.documents.rules.notice import notice_sections
from fieldapp.documents.rules.numbers import DocumentKind, short_code
from fieldapp.documents.rules.parts import Part, addressee, heading, numbered, signatures, text
from fieldapp.documents.rules.templates import Template

SEAL_WORD = "示例"
NO_HEAD = "尚无"
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Layout:
    """A page as its template reads it, the drawings beside it by name, and the originals whose pictures are wanted by name."""

    page: dict[str, Any]
    drawings: dict[str, bytes]
    originals: dict[str, str]


def layout(kind: DocumentKind, number: str, content: dict[str, Any], content_hash: str, template: Template,
           head: str) -> Layout:
    """The page of an issued document; `head` is the signed head of the log, as the foot of the document shows it."""
    drawings: dict[str, bytes] = {}
    originals: dict[str, str] = {}
    laid_out = _counted if template.edition.is_counted else _in_one_line
    parts = [_part(one, drawings, originals) for one in laid_out(parts_of(kind, content))]
    page = {"title": content["title"], "authority": content["authority"], "day": content["day"], "number": number,
            "code": short_code(content_hash), "head": head, "template": template.version, "size": template.size,
            "sealed": template.is_sealed, "seal_word": SEAL_WORD, "fallback": False,
            "parts": [one for one in parts if one["is"] != "slip"], "slips": [one for one in parts if one["is"] == "slip"]}
    return Layout(page, drawings, originals)


def parts_of(kind: DocumentKind, content: dict[str, Any]) -> list[Part]:
    """The parts of a document: as frozen, or put together from the fields of those that are frozen as fields."""
    return content["parts"] if "parts" in content else _FROM_FIELDS[kind](content)


def without_missing(page: dict[str, Any], pictures: set[str]) -> dict[str, Any]:
    """The page with no place for a picture that could not be made: its code stands alone."""
    def cleared(row: Part) -> Part:
        return row if row["file"] in pictures else row | {"file": ""}

    parts = [one | {"rows": [cleared(row) for row in one["rows"]]} if one["is"] == "pictures" else one for one in page["parts"]]
    return page | {"parts": parts}


def head_text(size: int, root: str, at: datetime) -> str:
    """The signed head of the log as the foot of a document shows it."""
    return f"第 {size} 条 · {local(at):%Y-%m-%d %H:%M} · {root}"


def _counted(parts: list[Part]) -> list[Part]:
    """The headings as 一、二、三、 where there are several."""
    if sum(one["is"] == "heading" for one in parts) < 2:
        return parts
    counted = count()
    return [one | {"text": f"{_numeral(next(counted))}、{one['text']}"} if one["is"] == "heading" else one for one in parts]


def _in_one_line(parts: list[Part]) -> list[Part]:
    """As the first edition has it: headings as they are, what is sent back among the other parts."""
    return [part for one in parts for part in (
        [heading(one["title"]), text(*one["lines"]), signatures(one["rows"])] if one["is"] == "slip" else [one])]


def _numeral(place: int) -> str:
    return f"{'十' if place > 9 else ''}{NUMERALS[place % 10]}"


def _part(one: Part, drawings: dict[str, bytes], originals: dict[str, str]) -> Part:
    if one["is"] in {"signed", "slip"}:
        return one | {"rows": [_signature(row, drawings) for row in one["rows"]]}
    if one["is"] == "pictures":
        return one | {"rows": [_picture(row, originals) for row in one["rows"]]}
    return one


def _signature(row: Part, drawings: dict[str, bytes]) -> Part:
    name = ""
    if row["strokes"]:
        name = f"ink-{len(drawings)}.svg"
        drawings[name] = ink_svg(row["strokes"])
    return {key: row[key] for key in ("role", "name", "at", "note")} | {"file": name, "blank": row.get("blank", False)}


def _picture(row: Part, originals: dict[str, str]) -> Part:
    name = ""
    if row["sha256"]:
        name = f"picture-{len(originals)}.svg"
        originals[name] = row["sha256"]
    return {key: row[key] for key in ("name", "code", "at")} | {"file": name}


def ink_svg(strokes: list[list[list[int]]]) -> bytes:
    """A signature's strokes as a drawing."""
    lines = "".join("M" + " ".join(f"{int(x)} {int(y)}" for x, y in stroke) for stroke in strokes)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 475"><path fill="none" stroke="#000" stroke-width="8" '
            f'stroke-linecap="round" stroke-linejoin="round" d="{lines}"/></svg>').encode()


def _notice(content: dict[str, Any]) -> list[Part]:
    parts = [_addressee(content["object"], content["uscc"]), text(content["opening"])]
    for section in notice_sections(content):
        parts += [heading(section.title), text(*section.lines) if len(section.lines) == 1 else numbered(section.lines)]
    return parts


def _order(content: dict[str, Any]) -> list[Part]:
    until = f"于 {content['until']} 前改正" if content["until"] else "立即改正"
    members = "、".join(f"{one['name']}（执法证号 {one['certificate_number']}）" for one in content["members"])
    return [_addressee(content["object"], content["uscc"]),
            text(f"经对“{content['item']}”检查（检查记录 {content['record_number']}），发现以下问题："),
            _points(content["found"]),
            text(f"现责令你单位{until}："), _points(content["ordered"]), text(f"检查人员：{members}", content["remedy"])]


def _entrustment(content: dict[str, Any]) -> list[Part]:
    contact, able = content["contact"], f"（{content['qualification']}）" if content["qualification"] else ""
    return [_addressee(content["party"], content["code"]),
            text(content["basis"],
                 f"现就对“{content['object']}”的抽查检查（{'、'.join(content['items'])}），委托你方{able}承担{content['work']}"
                 "工作，范围和要求如下：", *_lines(content["scope"]), f"请于 {content['until']} 前提交署名并注明日期的报告。"),
            numbered(content["limits"]), text(f"联系人：{contact['unit']} {contact['name']} {contact['telephone']}")]


def _supplement(content: dict[str, Any]) -> list[Part]:
    contact = content["contact"]
    parts = [_addressee(content["object"], content["uscc"]),
             text(f"对你单位的抽查检查已由 {content['notice']} 告知。因回避或者更换，检查人员变更如下。")]
    for title, people in (("不再参加检查", content["leaving"]), ("新参加检查", content["joining"]),
                          ("变更后的检查人员", content["members"])):
        if people:
            parts += [heading(title), numbered([_named(one) for one in people])]
    return [*parts, heading("你单位的权利"), numbered(content["rights"]),
            text(f"联系人：{contact['unit']} {contact['name']} {contact['telephone']}")]


def _named(one: dict[str, Any]) -> str:
    shown = f"执法证号 {one['certificate_number']}" if one["certificate_number"] else one["duty"]
    return f"{one['name']}（{one['unit']}，{shown}）"


def _points(said: str) -> Part:
    """Several points under numbers, a single one as it is."""
    lines = _lines(said)
    return numbered(lines) if len(lines) > 1 else text(*lines)


def _lines(said: str) -> list[str]:
    return [line.strip() for line in said.splitlines() if line.strip()]


def _addressee(name: str, code: str) -> Part:
    return addressee(f"{name}（统一社会信用代码 {code}）：" if code else f"{name}：")


_FROM_FIELDS: dict[DocumentKind, Callable[[dict[str, Any]], list[Part]]] = {
    DocumentKind.NOTICE: _notice, DocumentKind.ORDER: _order, DocumentKind.ENTRUSTMENT: _entrustment,
    DocumentKind.SUPPLEMENT: _supplement}
