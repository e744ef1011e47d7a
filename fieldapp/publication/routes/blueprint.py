"""The blueprint that both halves register on."""

from flask import Blueprint

publication = Blueprint("publication", __name__)
