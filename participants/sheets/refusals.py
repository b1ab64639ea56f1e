"""Why a spreadsheet is not taken: each refusal is one sentence for the person who brought it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from core.errors import DomainError

WORDS = {
    "empty": gettext_noop("The file is empty: there is not a single row in it."),
    "size": gettext_noop("The file is larger than 20 MB. Leave only the list of people in it."),
    "kind": gettext_noop("This is no spreadsheet. Bring an .xlsx, .xls, .ods or .csv file."),
    "markup": gettext_noop(
        "There is a web page inside, though the file may be called .xls. Open it in Excel or LibreOffice, save it as "
        ".xlsx and bring that."
    ),
    "password": gettext_noop("The spreadsheet is protected by a password. Save a copy without it and bring that."),
    "macros": gettext_noop("There are macros in the spreadsheet. Save it as an ordinary .xlsx and bring that."),
    "bloated": gettext_noop("Unpacked, the file grows far beyond any list of people. Save the list alone as .xlsx."),
    "long": gettext_noop("The file has more than 20,000 rows. Divide it into several."),
    "wide": gettext_noop("The sheet has more than 60 columns. Leave those that tell of people."),
    "letters": gettext_noop("The letters of the file cannot be made out. Save it as .xlsx or as CSV in UTF-8."),
    "torn": gettext_noop(
        "The file is damaged and cannot be opened. Save it anew in Excel or LibreOffice and bring that."
    ),
    "header": gettext_noop(
        "No row with the names of columns was found. Put «Фамилия», «Имя» or «ФИО» above the columns of names."
    ),
    "sheet": gettext_noop("The file has no such sheet."),
}


class SheetRefused(DomainError):
    """A file that gives no rows; `code` is stable."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(gettext(WORDS[code]))
