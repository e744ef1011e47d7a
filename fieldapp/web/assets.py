"""Our own style and script files: addresses that change with their content, one style sheet out of many parts, scripts
without their comments."""

from hashlib import sha256
from pathlib import Path

import rjsmin
from flask import Blueprint, Flask, Response, current_app, make_response, request, send_from_directory
from werkzeug.exceptions import NotFound

from fieldapp.config import HOME
from fieldapp.web.access import public

STATIC = HOME / "static"
CSS_ORDER = ("tokens", "base")
FOREVER = "public, max-age=31536000, immutable"

assets = Blueprint("assets", __name__)


class Shelf:
    """All static files of this release under one version: a file's relative imports keep working."""

    def __init__(self, folder: Path) -> None:
        files = sorted(f for f in folder.rglob("*") if f.is_file())
        content = sha256()
        for file in files:
            content.update(str(file.relative_to(folder)).encode() + b"\0" + file.read_bytes())
        self.version = content.hexdigest()[:12]
        self.style = b"\n".join(file.read_bytes() for file in _in_order(folder / "css"))
        self.scripts = {file.relative_to(folder).as_posix(): rjsmin.jsmin(file.read_bytes())
                        for file in files if file.suffix == ".js"}


def _in_order(folder: Path) -> list[Path]:
    rank = {name: place for place, name in enumerate(CSS_ORDER)}
    return sorted(folder.glob("*.css"), key=lambda f: (rank.get(f.stem, len(rank)), f.stem))


def install(app: Flask) -> None:
    """Read the files once; `asset('js/x.js')` and `asset('look.css')` give their addresses in templates."""
    shelf = Shelf(STATIC)
    app.extensions["shelf"] = shelf
    app.register_blueprint(assets)
    app.jinja_env.globals["asset"] = lambda name: f"/static/{shelf.version}/{name}"


@assets.get("/static/<version>/<path:name>")
@public
def show_asset(version: str, name: str) -> Response:
    """One file; only this release's own address may be kept for ever."""
    shelf: Shelf = current_app.extensions["shelf"]
    if name == "look.css":
        response = make_response(shelf.style, {"Content-Type": "text/css; charset=utf-8"})
    elif name in shelf.scripts:
        response = make_response(shelf.scripts[name], {"Content-Type": "text/javascript; charset=utf-8"})
    elif Path(name).suffix in {".svg", ".png", ".webmanifest", ".css"}:
        response = send_from_directory(STATIC, name)
    else:
        raise NotFound
    response.headers["Cache-Control"] = FOREVER if version == shelf.version else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response
