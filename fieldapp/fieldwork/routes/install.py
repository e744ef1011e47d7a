"""The web manifest, with which a phone puts the field's pages on its home screen, in either language."""

from flask import Response, current_app, make_response, request
from flask.json import dumps
from flask_babel import force_locale
from flask_babel import gettext as _

from fieldapp.fieldwork.routes.door import fieldwork
from fieldapp.web.access import public
from fieldapp.web.preferences import LANGUAGES

ICONS = (("app-192", "192x192", "any"), ("app-512", "512x512", "any"), ("app-maskable-512", "512x512", "maskable"))


@fieldwork.get("/field/app.webmanifest")
@public
def show_manifest() -> Response:
    """Asked for without a session, so that the language stands in the address."""
    language = request.args.get("language", "zh")
    language = language if language in LANGUAGES else "zh"
    version = current_app.extensions["shelf"].version
    with force_locale(language):
        manifest = {
            "id": "/field/", "name": _("双随机抽查 · 现场检查"), "short_name": _("双随机抽查"),
            "lang": "zh-CN" if language == "zh" else "en",
            "start_url": "/field/", "scope": "/", "display": "standalone",
            "background_color": "#eef1f5", "theme_color": "#0b4a8f",
            "icons": [{"src": f"/static/{version}/icons/{name}.png", "sizes": sizes, "type": "image/png", "purpose": purpose}
                      for name, sizes, purpose in ICONS]}
    response = make_response(dumps(manifest))
    response.headers.update({"Content-Type": "application/manifest+json", "Cache-Control": "no-cache"})
    return response
