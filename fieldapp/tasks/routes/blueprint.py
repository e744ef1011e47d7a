"""The blueprint of tasks, and who follows them."""

from flask import Blueprint

from fieldapp.roles import OF_DIVISION, OVERSEERS, Role

tasks = Blueprint("tasks", __name__)
READERS = OVERSEERS | OF_DIVISION | {Role.INSPECTOR}
