"""Why a file cannot be read: each refusal is one sentence for the person who brought it."""

from __future__ import annotations

from django.utils.translation import gettext


class DocumentRefused(Exception):
    """A file that gives no outline; `code` is stable, `message` is one plain sentence."""

    code = "refused"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class EmptyDocument(DocumentRefused):
    code = "empty"

    def __init__(self) -> None:
        super().__init__(gettext("The file is empty: there is not a single word in it."))


class TooLarge(DocumentRefused):
    code = "too_large"

    def __init__(self) -> None:
        super().__init__(gettext("The file is too large for a roadmap: bring one of at most 20 MB without pictures."))


class TooLong(DocumentRefused):
    code = "too_long"

    def __init__(self) -> None:
        super().__init__(gettext("The text is far longer than any roadmap: bring only the roadmap itself."))


class UnknownFormat(DocumentRefused):
    code = "unknown_format"

    def __init__(self) -> None:
        super().__init__(gettext("This kind of file cannot be read: bring the roadmap as plain text or as Word .docx."))


class OldWord(DocumentRefused):
    code = "old_word"

    def __init__(self) -> None:
        super().__init__(
            gettext("This is a file of the old Word (.doc): open it in Word, save it as .docx and bring that.")
        )


class Misnamed(DocumentRefused):
    code = "misnamed"

    def __init__(self) -> None:
        super().__init__(gettext("The file is called .docx, but there is something else inside, not a Word document."))


class BrokenDocument(DocumentRefused):
    code = "broken"

    def __init__(self) -> None:
        super().__init__(gettext("The .docx file is damaged: open it in Word, save it again and bring the new copy."))


class PasswordProtected(DocumentRefused):
    code = "password"

    def __init__(self) -> None:
        super().__init__(
            gettext("The document is protected by a password: save a copy without the password and bring that.")
        )


class CarriesMacros(DocumentRefused):
    code = "macros"

    def __init__(self) -> None:
        super().__init__(gettext("There are macros in the document: save it as an ordinary .docx without macros."))


class Bloated(DocumentRefused):
    code = "bloated"

    def __init__(self) -> None:
        super().__init__(
            gettext("Unpacked, the .docx file grows far beyond any roadmap: save it again in Word without pictures.")
        )


class Undecodable(DocumentRefused):
    code = "undecodable"

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "The letters of the text cannot be made out: save it in UTF-8 or in Windows-1251 and bring it again."
            )
        )


class NotARoadmap(DocumentRefused):
    code = "not_a_roadmap"

    def __init__(self) -> None:
        super().__init__(
            gettext(
                "No roadmap was found in the file: neither a table with the columns of a plan "
                "nor three stages or activities of the standard roadmap."
            )
        )
