"""What becomes of visits that are, or were to be, merged: a task taken out, a result recognised."""

from fieldapp.visits.actions.merging.recognising import recognise_result
from fieldapp.visits.actions.merging.taking_out import take_out_task

__all__ = ["recognise_result", "take_out_task"]
