"""Photos and scans that strangers send: opened apart, given back as bare pages, bound into one PDF."""

from core.pictures.binding import as_pdf
from core.pictures.reading import MOST_BYTES, MOST_FILES, MOST_PAGES, Scan, read_scans, turn_page
from core.pictures.refusals import PicturesRefused

__all__ = ["MOST_BYTES", "MOST_FILES", "MOST_PAGES", "PicturesRefused", "Scan", "as_pdf", "read_scans", "turn_page"]
