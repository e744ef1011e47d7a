"""The demonstration over TLS, for phones in the same room: the same application behind a server that ends TLS itself."""

import io
import logging
import signal
import sys
from collections.abc import Callable, Iterable
from socket import socket
from ssl import SSLSocket
from typing import Any

import qrcode
from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from flask import Flask

from fieldapp.config import Config
from fieldapp.demo.authority import Papers

log = logging.getLogger(__name__)
THREADS = 4  # for each of the default server's: a browser holds several connections open


class LazyHandshake(BuiltinSSLAdapter):
    """Shake hands in the connection's own thread: a phone that falls silent in the middle keeps nobody else waiting."""

    def wrap(self, sock: socket) -> tuple[SSLSocket, dict[str, str]]:
        """The connection, encrypted from its first byte on."""
        encrypted = self.context.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        return encrypted, {"wsgi.url_scheme": "https", "HTTPS": "on"}


class Quiet(wsgi.Server):
    """A phone that breaks off in the middle, or distrusts the certificate, is no fault of the server's."""

    def error_log(self, msg: str = "", level: int = logging.INFO, traceback: bool = False) -> None:
        """What the server has to say, into the log with everything else."""
        error = sys.exc_info()[1]
        if isinstance(error, OSError):
            log.info("%s: %r", msg, error)
        else:
            log.log(level, "%s", msg, exc_info=traceback)


def serve(app: Flask, settings: Config, papers: Papers) -> None:
    """Serve until SIGTERM or SIGINT."""
    server = Quiet((settings.host, settings.port), buffered(app.wsgi_app), numthreads=settings.workers * THREADS,
                   server_name="fieldapp", timeout=30)
    server.max_request_body_size = app.config["MAX_CONTENT_LENGTH"]
    server.ssl_adapter = LazyHandshake(str(papers.chain), str(papers.key))
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        server.start()
    finally:
        server.stop()


def buffered(app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """Read a request whole before the application sees it, so that a slow phone holds no lock of the database."""

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)))
        return app(environ, start_response)

    return application


def welcome(url: str, papers: Papers) -> str:
    """The address as a QR code for a terminal, and how a phone comes to trust it."""
    return "\n".join((_code(f"{url}/trust"), f"手机扫码 scan with the phone: {url}/trust",
                      f"证书指纹 fingerprint (SHA-256): {papers.fingerprint}", ""))


def _code(text: str) -> str:
    code = qrcode.QRCode(border=2)
    code.add_data(text)
    drawn = io.StringIO()
    code.print_ascii(out=drawn, invert=True)
    can_say = (sys.stdout.encoding or "").lower().startswith("utf")
    return drawn.getvalue() if can_say else ""
