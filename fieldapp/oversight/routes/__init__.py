"""What is due and late, jobs, the ledger; what the inspected say of an inspection."""

from fieldapp.oversight.routes import desk, voices
from fieldapp.oversight.routes.door import oversight

__all__ = ["desk", "oversight", "voices"]
