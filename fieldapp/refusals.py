"""A refusal: the law or the form says no, with a stable code and one sentence for the reader."""

from collections.abc import Callable, Mapping
from typing import ParamSpec

Given = ParamSpec("Given")


class Refusal(Exception):
    """A clear no.

    `code` is stable and names area and reason (`draw.too_few_inspectors`): phones and tests act on it.
    `message` is a catalogue message with `%(name)s` places, `facts` fill them, `field` names the input concerned.
    `status` is the HTTP status that the web area answers with.
    """

    status = 422

    def __init__(self, code: str, message: str, *, field: str | None = None, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.facts: Mapping[str, object] = facts

    def __str__(self) -> str:
        return f"{self.code}: {self.message % dict(self.facts) if self.facts else self.message}"


class NotFound(Refusal):
    """There is no such thing, or it is not the reader's to see: both look alike from outside."""

    status = 404


class Conflict(Refusal):
    """It has already been done, or somebody else was faster."""

    status = 409


class Forbidden(Refusal):
    """The thing may be seen, but this step is another person's to take."""

    status = 403


def passes(check: Callable[Given, object], *given: Given.args, **facts: Given.kwargs) -> bool:
    """Whether a check says no to none of this, so that a page offers what the action behind it takes, and nothing else."""
    try:
        check(*given, **facts)
    except Refusal:
        return False
    return True
