"""Words that a person reads: marked here, translated at the door by the catalogues."""

from enum import StrEnum
from typing import Self


def N_(message: str) -> str:  # noqa: N802 - the name gettext's extractors look for
    """Mark a message for the catalogues; it is translated where it is shown."""
    return message


class Labelled(StrEnum):
    """A state or kind whose members carry the word of the regulation: `DRAFT = "draft", N_("草稿")`."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Keep the value as the string and the label beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
