"""Why a file was not taken, in words that say what to do."""

from __future__ import annotations

from pathlib import PureWindowsPath

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.errors import DomainError

LONGEST_NAME = 60
WORDS = {
    "empty": gettext_lazy(
        "The file “%(name)s” is empty: it did not arrive whole. Choose it once more or take the photo again."
    ),
    "size": gettext_lazy(
        "The file “%(name)s” is larger than 20 MB. Take the photo in the usual quality or scan at 300 dots per inch."
    ),
    "kind": gettext_lazy(
        "The file “%(name)s” is neither a photo nor a PDF. JPEG, PNG, HEIC and PDF will do; simplest is a photo of the sheet."
    ),
    "pixels": gettext_lazy(
        "The picture “%(name)s” has too many dots. Take the photo in the usual quality or scan at 300 dots per inch."
    ),
    "locked": gettext_lazy(
        "The PDF “%(name)s” is locked with a password. Save it without one, or send photos of the sheets."
    ),
    "torn": gettext_lazy(
        "The file “%(name)s” is damaged or did not arrive whole. Choose it once more or take the photo again."
    ),
    "active": gettext_lazy(
        "The PDF “%(name)s” has a program or other files in it. Print it to a new PDF, or send photos of the sheets."
    ),
    "two": gettext_lazy(
        "Something else is hidden in the file “%(name)s” besides the picture. Take the photo again with the phone's camera."
    ),
    "pages": gettext_lazy(
        "The PDF “%(name)s” has %(pages)s pages, and no more than %(most)s can be sent at once. Leave only the needed sheets in it."
    ),
    "heavy": gettext_lazy(
        "The file “%(name)s” is too complicated to be opened. Take a photo of the sheet with a phone and send the photo."
    ),
    "many": gettext_lazy(
        "No more than %(files)s files and %(most)s pages can be sent at once; “%(name)s” is one too many. Send only the needed sheets."
    ),
    "none": gettext_lazy("No file is chosen. Add a photo of the signed sheet."),
}


class PicturesRefused(DomainError):
    """A file that is not taken; `reason` is a key of `WORDS`."""

    def __init__(self, reason: str, name: str = "", **detail: int) -> None:
        self.reason = reason
        super().__init__(WORDS[reason] % {"name": shown_name(name), **detail})


def shown_name(name: str) -> str:
    """The last part of a file's name without what cannot be printed (a right-to-left mark hides the ending)."""
    plain = "".join(filter(str.isprintable, PureWindowsPath(name).name)).strip()
    if not plain:
        return _("without a name")
    return plain if len(plain) <= LONGEST_NAME else f"{plain[: LONGEST_NAME - 12]}…{plain[-11:]}"
