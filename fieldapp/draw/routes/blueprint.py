"""The blueprint that both halves register on."""

from flask import Blueprint

draw = Blueprint("draw", __name__)
