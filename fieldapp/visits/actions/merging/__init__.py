"""Two visits become one by consent; a task taken out, a result recognised."""

from fieldapp.visits.actions.merging.agreeing import answer_merge, decline_merge, propose_merge
from fieldapp.visits.actions.merging.recognising import recognise_result
from fieldapp.visits.actions.merging.taking_out import take_out_task

__all__ = ["answer_merge", "decline_merge", "propose_merge", "recognise_result", "take_out_task"]
