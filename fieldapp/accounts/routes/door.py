"""The blueprint of accounts, and how often strangers may try."""

from hashlib import sha256

from flask import Blueprint, request

from fieldapp.accounts.rules import sign_in_name
from fieldapp.web.limits import Limit, address

accounts = Blueprint("accounts", __name__)

BY_ACCOUNT = Limit("sign-in-account", 10, 600, lambda: _short(sign_in_name(request.form.get("user_name", "")[:200])))
BY_ADDRESS = Limit("sign-in-address", 120, 300, address)
BY_EVERYBODY = Limit("sign-in", 1200, 60, lambda: "all")
LINKS_BY_ADDRESS = Limit("link-address", 60, 300, address)
LINKS_BY_EVERYBODY = Limit("link", 600, 60, lambda: "all")


def _short(name: str) -> str:
    """A name of any length as a key that fits."""
    return sha256(name.encode()).hexdigest()[:32]
