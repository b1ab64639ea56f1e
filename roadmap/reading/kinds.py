"""What kinds of files can be read on this machine."""

from __future__ import annotations

import shutil

ALWAYS = (".docx", ".xlsx", ".pdf", ".txt")
WITH_OFFICE = (".odt", ".doc", ".rtf")
PROGRAM = "soffice"


def office_program() -> str | None:
    """Where LibreOffice is, None where it is not installed."""
    return shutil.which(PROGRAM)


def accepted_endings() -> tuple[str, ...]:
    """How the files that can be read are called."""
    return ALWAYS + WITH_OFFICE if office_program() else ALWAYS


def accepted() -> str:
    """The endings as a list in a sentence."""
    return ", ".join(accepted_endings())
