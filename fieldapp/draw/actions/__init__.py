"""The verbs of the draw: freeze, commit, reveal, draw objects, match inspectors; void."""

from fieldapp.draw.actions.drawing import draw_objects, match_inspectors, note_view
from fieldapp.draw.actions.freezing import approve_narrow_draw, ask_narrow_approval, decline_narrow_draw, freeze_task
from fieldapp.draw.actions.key import hand_out_key
from fieldapp.draw.actions.letting_in import let_in
from fieldapp.draw.actions.odds import foresee_draw, foresee_task
from fieldapp.draw.actions.seeding import commit, reveal, take_beacon
from fieldapp.draw.actions.substitutes import Vacancy, draw_substitute
from fieldapp.draw.actions.voiding import ask_void, decide_void, void_with_task, void_without_seed

__all__ = [
    "Vacancy", "approve_narrow_draw", "ask_narrow_approval", "ask_void", "commit", "decide_void",
    "decline_narrow_draw", "draw_objects",
    "draw_substitute", "foresee_draw", "foresee_task", "freeze_task", "hand_out_key", "let_in", "match_inspectors",
    "note_view", "reveal", "take_beacon", "void_with_task", "void_without_seed",
]
