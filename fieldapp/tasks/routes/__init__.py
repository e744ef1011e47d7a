"""The pages of tasks."""

from fieldapp.tasks.routes import following, reports, setting, work_plans
from fieldapp.tasks.routes.blueprint import tasks

__all__ = ["following", "reports", "setting", "tasks", "work_plans"]
