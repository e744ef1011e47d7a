"""Reading the registry's forms and filters."""

from uuid import UUID

from flask import request

from fieldapp.accounts.queries import divisions
from fieldapp.refusals import Refusal
from fieldapp.registry import actions
from fieldapp.registry.queries import InspectorFilters, ObjectFilters
from fieldapp.registry.rules import CREDIT_GRADES, EnterpriseSize
from fieldapp.registry.rules.deciding import FocusDecision, LeavingDecision, RowChoice
from fieldapp.registry.sheets.reading import FILE_SIZE
from fieldapp.roles import Officer, Role
from fieldapp.web.fields import Form, identifier, word
from fieldapp.words import N_

SEARCH_LENGTH = 60


def read_sheet_file() -> actions.ReadSheet | Refusal:
    """The uploaded sheet, opened and checked before the database is locked; or why it cannot be."""
    file = request.files.get("sheet")
    if file is None or not file.filename:
        return Refusal("registry.sheet_missing", N_("请选择要导入的表"), field="sheet")
    name = "".join(character for character in file.filename if character.isprintable()).strip()
    try:
        return actions.read_upload(file.read(FILE_SIZE + 1), name or "sheet")
    except Refusal as refusal:
        return refusal


def division(form: Form, officer: Officer) -> UUID | None:
    """The division for which legal affairs brings a sheet; an officer's own; None where the sheet says it itself."""
    if not officer.is_any(Role.LEGAL_AFFAIRS):
        return officer.division_id
    chosen = form.get("division_id", "")
    if not chosen:
        return None
    found = next((one.id for one in divisions() if str(one.id) == chosen), None)
    if found is None:
        raise Refusal("registry.division_unknown", N_("请选择处室"), field="division_id")
    return found


def choice(form: Form) -> tuple[RowChoice, UUID | None]:
    """What a person decides about renamed duplicates, and about which row (None: about all open ones)."""
    chosen = word(form, "choice", RowChoice)
    if chosen not in {RowChoice.MERGE, RowChoice.SKIP}:
        raise Refusal("registry.choice_missing", N_("请选择更名合并或不导入"))
    return chosen, identifier(form, "row")


def agrees(form: Form) -> bool:
    """Whether legal affairs takes a sheet in, or returns it; it has to say which."""
    decided = form.get("decision", "")
    if decided not in {"agree", "disagree"}:
        raise Refusal("registry.decision_missing", N_("请选择入库或退回"), field="decision")
    return decided == "agree"


def focus_decision(form: Form) -> FocusDecision:
    """What legal affairs says to a proposal."""
    decided = word(form, "decision", FocusDecision)
    if decided is None:
        raise Refusal("registry.decision_missing", N_("请选择列入或不列入"), field="decision")
    return decided


def leaving_decision(form: Form) -> LeavingDecision:
    """What legal affairs says to a proposal that an entry leave its directory."""
    decided = word(form, "decision", LeavingDecision)
    if decided is None:
        raise Refusal("registry.decision_missing", N_("请选择移出或保留"), field="decision")
    return decided


def object_filters(officer: Officer) -> ObjectFilters:
    """What to show of the object directory, as the address says."""
    said = request.args
    return ObjectFilters(
        text=_search(), category=said.get("category", "")[:60], city=said.get("city", "")[:20],
        size=_one_of(said.get("size"), {size.value for size in EnterpriseSize}),
        grade=_one_of(said.get("grade"), CREDIT_GRADES), focus=said.get("focus") == "1",
        first_division=officer.division_id)


def inspector_filters(officer: Officer, *, only_oneself: bool) -> InspectorFilters:
    """Whom to show of the inspector directory, as the address says."""
    return InspectorFilters(
        text=_search(), division_id=identifier(request.args, "division"),
        certificate=_one_of(request.args.get("certificate"), {"valid", "expired", "none"}),
        first_division=officer.division_id, person_id=officer.person_id if only_oneself else None)


def _search() -> str:
    typed = request.args.get("q", "")
    return "".join(character for character in typed if character.isprintable()).strip()[:SEARCH_LENGTH]


def _one_of(said: str | None, known: set[str] | frozenset[str]) -> str:
    return said if said and said in known else ""
