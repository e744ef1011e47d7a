"""The witness over HTTP: `POST /add-checkpoint`, and `GET /` for its public key and what it saw."""

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any

from fieldapp.ledger.witnessing.witness import Answer, Witness

MOST_BYTES = 64 * 1024
Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def application(witness: Witness) -> Wsgi:
    """The WSGI application of a witness."""

    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        found = _answer(witness, environ)
        body = found.body.encode()
        start(f"{found.status} {HTTPStatus(found.status).phrase}", [
            ("Content-Type", found.kind), ("Content-Length", str(len(body))), ("X-Content-Type-Options", "nosniff")])
        return [body]

    return answer


def _answer(witness: Witness, environ: dict[str, Any]) -> Answer:
    asked = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if asked == ("GET", "/"):
        seen = [f"{one.origin} {one.size}" for one in witness.seen().values()]
        return Answer(200, "\n".join([witness.key.verifier.text(), *seen, ""]))
    if asked != ("POST", "/add-checkpoint"):
        return Answer(404, "POST /add-checkpoint\n")
    size = int(environ.get("CONTENT_LENGTH") or 0)
    if size > MOST_BYTES:
        return Answer(413, "too large\n")
    try:
        return witness.add_checkpoint(environ["wsgi.input"].read(size).decode())
    except UnicodeDecodeError:
        return Answer(400, "not UTF-8\n")
