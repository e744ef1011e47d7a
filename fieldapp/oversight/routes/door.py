"""The blueprint on which the modules of this folder hang their routes."""

from flask import Blueprint

oversight = Blueprint("oversight", __name__)
