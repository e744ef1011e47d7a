"""The public bundle of a draw: what stands in it, and how an outsider's copy is checked, with nothing but itself."""

from fieldapp.draw.rules.bundle.check import Proved, check_bundle
from fieldapp.draw.rules.bundle.files import FILES, LATER, Bundle, bundle_in, files_of, zip_of

__all__ = ["FILES", "LATER", "Bundle", "Proved", "bundle_in", "check_bundle", "files_of", "zip_of"]
