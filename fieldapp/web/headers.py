"""Security headers on every answer: nothing inline, nothing foreign, nothing framed, nothing cached by mistake."""

from flask import Flask, Response, current_app, request

CONTENT_POLICY = "; ".join((
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "media-src 'self' blob:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
))


def install(app: Flask) -> None:
    """Add the headers to every answer."""
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """Set what the answer has not set itself."""
    defaults = {
        "Content-Security-Policy": CONTENT_POLICY,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",  # for browsers that do not know frame-ancestors
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(self), browsing-topics=()",
        "Cache-Control": "no-store",
    }
    for name, value in defaults.items():
        response.headers.setdefault(name, value)
    if request.is_secure and not current_app.config["DEMONSTRATION"]:  # its certificate is gone the day after
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response
