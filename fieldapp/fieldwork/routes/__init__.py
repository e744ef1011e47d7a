"""The pages of fieldwork: the day, the kit, media, the entity's copy."""

from fieldapp.fieldwork.routes import copies, day, hand, inquiry, install, kit, media, sheets, unsigned
from fieldapp.fieldwork.routes.door import fieldwork

__all__ = ["copies", "day", "fieldwork", "hand", "inquiry", "install", "kit", "media", "sheets", "unsigned"]
