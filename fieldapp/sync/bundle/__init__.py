"""The evidence of a visit as one file, and the program that lies in it and checks it without us."""

from fieldapp.sync.bundle.writing import program, program_hash, write_bundle

__all__ = ["program", "program_hash", "write_bundle"]
