"""Russian text: keys by which names are found and sorted alike on every database, and initials."""

from __future__ import annotations

import re
import unicodedata


def search_key(text: str) -> str:
    """Fold case, ё to е, dashes and runs of space, so that «Семён» and «СЕМЕН» are one word."""
    folded = unicodedata.normalize("NFC", text).casefold().replace("ё", "е")
    folded = re.sub(r"[‐-―−]", "-", folded)
    return " ".join(folded.split())


def one_line(text: str) -> str:
    """Words with single spaces between them and no sign that is not seen, as those that turn the reading round."""
    words = ("".join(filter(str.isprintable, word)) for word in text.split())
    return " ".join(filter(None, words))


def sort_key(text: str) -> str:
    """As `search_key`, without the signs that a Russian list passes over: quotes, dashes, dots.

    Runs of digits are padded, so that «Школа № 5» stands before «Школа № 20».
    """
    bare = re.sub(r"[^\w\s]", " ", search_key(text))
    return " ".join(re.sub(r"\d+", lambda run: run[0].zfill(6), bare).split())


def initials(given_name: str, patronymic: str) -> str:
    """«Анна», «Борисовна» -> «А. Б.», with a non-breaking space between."""
    return "\u00a0".join(f"{name[0].upper()}." for name in (given_name, patronymic) if name)
