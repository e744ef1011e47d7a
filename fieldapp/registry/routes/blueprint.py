"""The registry's Blueprint, and who may open its pages."""

from flask import Blueprint

from fieldapp.roles import Role

registry = Blueprint("registry", __name__)

READERS = (Role.LEGAL_AFFAIRS, Role.DEPARTMENT_HEAD, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPUTY_HEAD)
BRINGERS = (Role.LEGAL_AFFAIRS, Role.DIVISION_OFFICER)
