"""The bundle that the tests unpack."""

from tests.sync.bundle.unpacked import answered, closed, folder, reviewed

__all__ = ["answered", "closed", "folder", "reviewed"]
