"""From a page to the bytes of a PDF/A-2a and PDF/UA-1 file: the same page gives the same bytes."""

from fieldapp.documents.rendering.compiler import render
from fieldapp.documents.rendering.pictures import framed

__all__ = ["framed", "render"]
