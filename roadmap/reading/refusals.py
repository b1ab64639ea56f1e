"""Why a file cannot be read: each refusal is one sentence for the person who brought it."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_noop

from roadmap.reading.kinds import accepted


class DocumentRefused(Exception):
    """A file that gives no outline; `code` is stable, `message` is one plain sentence.

    The sentence says what is amiss and what to do; `%(accepted)s` in it are the endings of files that can be read.
    """

    code = "refused"
    sentence = ""

    def __init__(self) -> None:
        self.message = gettext(self.sentence) % {"accepted": accepted()}
        super().__init__(self.message)


class EmptyDocument(DocumentRefused):
    code = "empty"
    sentence = gettext_noop("The file is empty: there is not a single word in it.")


class TooLarge(DocumentRefused):
    code = "too_large"
    sentence = gettext_noop("The file is too large for a roadmap: bring one of at most 20 MB without pictures.")


class TooLong(DocumentRefused):
    code = "too_long"
    sentence = gettext_noop("The text is far longer than any roadmap: bring only the roadmap itself.")


class TooManyPages(DocumentRefused):
    code = "too_many_pages"
    sentence = gettext_noop("The PDF has more than 60 pages: leave only the pages of the roadmap in it.")


class UnknownFormat(DocumentRefused):
    code = "unknown_format"
    sentence = gettext_noop("This kind of file cannot be read: bring the roadmap as one of these – %(accepted)s.")


class NeedsOffice(DocumentRefused):
    code = "needs_office"
    sentence = gettext_noop(
        "Files of this kind are read with LibreOffice, which this server does not have: "
        "open the file in Word, save it as .docx and bring that (accepted here: %(accepted)s)."
    )


class OtherSheets(DocumentRefused):
    code = "other_sheets"
    sentence = gettext_noop(
        "Of spreadsheets only .xlsx is read: open the file in Excel or LibreOffice, save it as .xlsx and bring that "
        "(accepted here: %(accepted)s)."
    )


class Misnamed(DocumentRefused):
    code = "misnamed"
    sentence = gettext_noop(
        "The file is called %(ending)s, but there is something else inside: "
        "bring the roadmap as one of these – %(accepted)s."
    )

    def __init__(self, ending: str = ".docx") -> None:
        Exception.__init__(self, self.code)
        self.message = gettext(self.sentence) % {"ending": ending, "accepted": accepted()}


class BrokenDocument(DocumentRefused):
    code = "broken"
    sentence = gettext_noop(
        "The file is damaged: open it in the program it was written in, save it again and bring the new copy."
    )


class PasswordProtected(DocumentRefused):
    code = "password"
    sentence = gettext_noop("The document is protected by a password: save a copy without the password and bring that.")


class CarriesMacros(DocumentRefused):
    code = "macros"
    sentence = gettext_noop("There are macros in the document: save it as an ordinary .docx or .xlsx without macros.")


class Bloated(DocumentRefused):
    code = "bloated"
    sentence = gettext_noop(
        "Unpacked, the file grows far beyond any roadmap: bring only the roadmap itself, saved again without pictures."
    )


class TooHard(DocumentRefused):
    code = "too_hard"
    sentence = gettext_noop(
        "The file is too complicated to be read: copy the roadmap into a new Word document (.docx) and bring that."
    )


class LostTable(DocumentRefused):
    code = "lost_table"
    sentence = gettext_noop(
        "The table of this old Word file (.doc) was lost on the way: open it in Word, save it as .docx and bring that."
    )


class PicturesOnly(DocumentRefused):
    code = "pictures_only"
    sentence = gettext_noop(
        "There are only pictures of pages in the file, no text: bring the file the scan was printed from "
        "(%(accepted)s) or have the text recognised first."
    )


class GarbledPdf(DocumentRefused):
    code = "garbled"
    sentence = gettext_noop(
        "The PDF shows letters but does not say which they are: bring the file it was made from (%(accepted)s)."
    )


class Undecodable(DocumentRefused):
    code = "undecodable"
    sentence = gettext_noop(
        "The letters of the text cannot be made out: save it in UTF-8 or in Windows-1251 and bring it again."
    )


class NotARoadmap(DocumentRefused):
    code = "not_a_roadmap"
    sentence = gettext_noop(
        "No roadmap was found in the file: neither a table with the columns of a plan "
        "nor three stages or activities of the standard roadmap."
    )
