"""Work beside the requests asks servers elsewhere: the one that was named, or none."""

from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener


class _NoRedirects(HTTPRedirectHandler):
    """Who answers is who was named: he leads us nowhere else, least of all to an address that only we can reach."""

    def redirect_request(self, *_arguments: object) -> None:
        """Follow nothing: the answer is the error that it is."""


_opener = build_opener(_NoRedirects)


def ask(asked: Request, *, patience: float) -> Any:
    """The answer of the very server that was asked, as `urlopen` gives it, after at most so many seconds of silence.

    Raises HTTPError for a redirect as for every refusal, OSError where nobody answers.
    """
    return _opener.open(asked, timeout=patience)
