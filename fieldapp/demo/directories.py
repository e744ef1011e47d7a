"""The sheets of the divisions go through the same import as everybody's."""

from pathlib import Path

from fieldapp.demo.stage import acting
from fieldapp.policy import actions as policy
from fieldapp.registry import actions, queries
from fieldapp.registry.rules.deciding import RowChoice

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
    _load("inspectors.xlsx")


def _load(file_name: str) -> None:
    read = actions.read_upload((DATA / file_name).read_bytes(), file_name)
    with acting("fagui") as legal:
        batch = actions.import_sheet(read, division_id=None, by=legal)
        if queries.open_renamed(batch.id):
            actions.choose_all_rows(batch.id, RowChoice.MERGE, by=legal)
        actions.hand_in_batch(batch.id, by=legal)
        actions.accept_batch(batch.id, by=legal)
