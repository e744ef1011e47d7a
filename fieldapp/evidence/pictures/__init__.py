"""Pictures for reading, made from originals in a child process of limited memory and time."""

from fieldapp.evidence.pictures.making import make_pictures, picture_of

__all__ = ["make_pictures", "picture_of"]
