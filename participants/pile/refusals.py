"""Why a pile was not taken, in words that say what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

MOST_BYTES = 150 * 1024 * 1024
MOST_PAGES = 300
WORDS = {
    "none": _("Choose the PDF that the scanner made of the pile."),
    "empty": _("The file is empty: it did not arrive whole. Choose it once more."),
    "size": _("The file is larger than 150 MB. Scan at 150 or 200 dots per inch, or in two parts."),
    "kind": _("This is not a PDF. Set the scanner so that it makes one PDF of the whole pile."),
    "locked": _("The PDF is locked with a password. Save it without one, or scan the pile once more."),
    "torn": _("The PDF is damaged or did not arrive whole. Choose it once more or scan the pile again."),
    "pages": _("The PDF has %(pages)s pages, and a pile may have 300. Scan the sheets in several parts."),
    "active": _(
        "The PDF holds a script or other files inside, as no scanner makes it. Scan the pile anew and send the scanner's own file."
    ),
    "heavy": _("The PDF is too complicated to be opened. Scan the pile anew and send the scanner's own file."),
}


class PileRefused(DomainError):
    """A file that is no pile; `reason` is a key of `WORDS`."""

    def __init__(self, reason: str, pages: int = 0) -> None:
        self.reason = reason
        super().__init__(str(WORDS[reason]) % {"pages": pages} if pages else str(WORDS[reason]))
