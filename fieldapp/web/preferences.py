"""What a reader chooses for every page: language, size of text, light or dark; kept in cookies."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import Blueprint, Flask, Response, make_response, redirect, request
from flask_babel import Babel

from fieldapp.web.access import public
from fieldapp.web.pages import is_by_tls

LANGUAGES = {"zh": "中文", "en": "English"}
CHOICES = {"language": tuple(LANGUAGES), "size": ("normal", "large"), "theme": ("auto", "light", "dark")}
A_YEAR = 365 * 24 * 3600
CATALOGUES = Path(__file__).resolve().parent.parent / "translations"

preferences = Blueprint("preferences", __name__)


@dataclass(frozen=True, slots=True)
class Reader:
    """How the page is to be written for whoever reads it."""

    language: str
    size: str
    theme: str


def install(app: Flask) -> None:
    """Load every area's catalogue, choose the language per request, and take the reader's choices."""
    domains = sorted(file.stem for file in (CATALOGUES / "en" / "LC_MESSAGES").glob("*.po"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join([str(CATALOGUES)] * len(domains))
    app.config["BABEL_DOMAIN"] = ";".join(domains)
    Babel(app, default_locale="zh", default_timezone="Asia/Shanghai", locale_selector=language)
    app.register_blueprint(preferences)


def language() -> str:
    """The language of this answer, `zh` or `en`: the person's choice, else the browser's, else Chinese."""
    chosen = request.cookies.get("language")
    if chosen in LANGUAGES:
        return chosen
    best = request.accept_languages.best_match(["zh", "zh-CN", "en", "en-US", "en-GB"], "zh")
    return best[:2]


def reader() -> Reader:
    """The choices of this request's reader."""
    return Reader(language(), _chosen("size"), _chosen("theme"))


@preferences.post("/preferences")
@public
def choose() -> Response:
    """Keep what the reader has chosen and go back to the page."""
    response = make_response(redirect(local_path(request.form.get("back")), 303))
    for name, values in CHOICES.items():
        if request.form.get(name) in values:
            response.set_cookie(name, request.form[name], max_age=A_YEAR, httponly=True, samesite="Lax",
                                secure=is_by_tls())
    return response


def local_path(text: str | None, default: str = "/") -> str:
    """An address of ours to go on to; anything that could lead elsewhere becomes the default."""
    text = text or default
    parts = urlsplit(text)
    is_plain = text.isprintable() and "\\" not in text and text.startswith("/") and not text.startswith("//")
    return text.removesuffix("?") if is_plain and not parts.scheme and not parts.netloc else default


def _chosen(name: str) -> str:
    value = request.cookies.get(name, "")
    return value if value in CHOICES[name] else CHOICES[name][0]
