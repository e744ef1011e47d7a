"""The inspectors that a document names, and its day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Member:
    """An inspector as a document names them: name, unit, certificate number, whether they lead or assist."""

    name: str
    unit: str
    certificate_number: str
    is_leader: bool = False

    @property
    def duty(self) -> str:
        """组长, 组员, or 协助检查人员 for one without a certificate."""
        if not self.certificate_number:
            return "协助检查人员"
        return "组长" if self.is_leader else "组员"

    def as_content(self) -> dict[str, str]:
        """The member as frozen in a document."""
        return {"name": self.name, "unit": self.unit, "certificate_number": self.certificate_number, "duty": self.duty}


def day_text(day: date) -> str:
    """A day as a document writes it: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"
