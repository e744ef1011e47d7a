"""The evidence of a visit as one file, and the program that lies in it and checks it without us."""

from fieldapp.sync.bundle.writing import write_bundle

__all__ = ["write_bundle"]
