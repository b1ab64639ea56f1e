"""What is told to whoever runs the program, in Russian unless LANGUAGE says otherwise; works before Django is up."""

from __future__ import annotations

import gettext as catalogues
import os
import sys
from contextlib import suppress
from pathlib import Path

_catalogue = catalogues.translation(
    "django",
    Path(__file__).resolve().parent.parent / "locale",
    languages=[os.environ.get("LANGUAGE") or "ru"],
    fallback=True,
)


def gettext(text: str) -> str:
    """The text in the console's language."""
    return _catalogue.gettext(text)


def say(text: str) -> None:
    """Print a line; a terminal that is gone is no reason to fail."""
    with suppress(OSError):
        print(text, flush=True)  # noqa: T201


def fail(text: str) -> None:
    """Print a line on standard error."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)  # noqa: T201
