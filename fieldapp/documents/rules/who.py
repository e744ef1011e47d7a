"""The inspectors that a document names, and its day."""

from dataclasses import dataclass
from datetime import date, datetime

from fieldapp.clock import local


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


@dataclass(frozen=True, slots=True)
class Assisting:
    """An agency (with those of it who come along) or an expert (with the unit) as a document names them."""

    name: str
    unit: str
    people: str
    kind: str

    @property
    def duty(self) -> str:
        """委托机构 or 科技专家: neither is an inspector."""
        return "委托机构" if self.kind == "agency" else "科技专家"

    def as_content(self) -> dict[str, str]:
        """The assisting party as frozen in a document."""
        return {"name": self.name, "unit": self.unit, "people": self.people, "duty": self.duty}


def day_text(day: date) -> str:
    """A day as a document writes it: 2026年11月24日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment_text(moment: datetime | None) -> str:
    """A moment as a document writes it: 2026年11月24日 09:05; nothing for none."""
    return f"{day_text(local(moment))} {local(moment):%H:%M}" if moment else ""
