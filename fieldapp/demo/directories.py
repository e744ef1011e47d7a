"""The sheets of the divisions go through the same import as everybody's."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook

from fieldapp import clock
from fieldapp.demo.stage import acting
from fieldapp.policy import actions as policy
from fieldapp.registry import actions, queries
from fieldapp.registry.rules.deciding import LeavingGround, RowChoice

MUSEUMS = "科普基地"
INSPECTORS, SHEET_OF = "inspectors.xlsx", 2026
DATA = Path(__file__).resolve().parent / "data"


def load_rules() -> None:
    """The regulation's numbers and the working-day calendar."""
    with acting("fagui") as legal:
        policy.seed_rule_set(by=legal)
        policy.seed_calendar(by=legal)


def load_directories() -> None:
    """Item list, checklists, objects of every division, inspectors: handed in and accepted by legal affairs."""
    _load("items.xlsx")
    with acting("fagui") as legal:
        actions.publish_items(by=legal)
    for file in sorted(DATA.glob("checklist-*.xlsx")):
        _load(file.name)
    for file in sorted(DATA.glob("objects-*.xlsx")):
        _load(file.name)
    load_inspectors()


def load_inspectors() -> None:
    """The inspector directory as it stands this year: certificates last as long from now as they did from the sheet's year."""
    years = max(0, clock.today().year - SHEET_OF)
    book = load_workbook(DATA / INSPECTORS)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.value += timedelta(days=round(365.25 * years))
    content = BytesIO()
    book.save(content)
    _bring(content.getvalue(), INSPECTORS)


def propose_leaving() -> None:
    """A museum that is no more: its division proposes that it leave the directory, legal affairs has to decide."""
    with acting("kepu-jingban") as officer:
        *_others, museum = queries.objects_in(MUSEUMS)
        [link] = [one for one in museum.categories if one.category == MUSEUMS]
        actions.propose_object_leaving(museum.id, link.id, LeavingGround.DEREGISTERED,
                                       "公示系统显示已于上月办理注销登记（查询截图见处室档案）", by=officer)


def _load(file_name: str) -> None:
    _bring((DATA / file_name).read_bytes(), file_name)


def _bring(content: bytes, file_name: str) -> None:
    read = actions.read_upload(content, file_name)
    with acting("fagui") as legal:
        batch = actions.import_sheet(read, division_id=None, by=legal)
        if queries.open_renamed(batch.id):
            actions.choose_all_rows(batch.id, RowChoice.MERGE, by=legal)
        actions.hand_in_batch(batch.id, by=legal)
        actions.accept_batch(batch.id, by=legal)
