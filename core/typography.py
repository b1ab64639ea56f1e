"""Russian typography of papers: what may not be torn apart at the end of a line, and how a day is written."""

from __future__ import annotations

import re
from datetime import date

NBSP = "\u00a0"
MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
_TIED = re.compile(
    r"(?<=№)\s+(?=\S)"  # № 5, № п/п
    r"|(?<=\b[АВИКОСУавикосу])\s+(?=\S)"  # в школе, о наставничестве
    r"|\s+(?=№\s*\d+»)"  # «СОШ № 5»
    r"|(?<=\d)\s+(?=гг?\.|год|(?:" + "|".join(MONTHS) + r")\b)"  # 2023 г., 31 августа
    r"|(?<=\bг\.)\s+(?=[А-ЯЁ])"  # г. Заречный
    r"|(?<=\b[А-ЯЁ]\.)\s+(?=[А-ЯЁ])"  # А. Б. Иванова
    r"|(?<=[а-яё])\s+(?=[А-ЯЁ]\.\s?[А-ЯЁ]\.(?!\s*[А-ЯЁ]))"  # Иванова А. Б., but not «психолог А. Б. Иванова»
    r"|(?<=\d)\s+(?=«[А-ЯЁ]»)"  # 7 «Б» класс
    r"|[^\S\n]+(?=[–—]\s)"  # пара – группа
)

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def tie(text: str) -> str:
    """The same text with non-breaking spaces where Russian papers have them; no other sign is changed."""
    return _TIED.sub(NBSP, text)


def untied(text: str) -> str:
    """The same text for files that people go on writing in: ordinary spaces, no signs that no file can hold."""
    return _UNWRITABLE.sub("", text.replace(NBSP, " "))


def long_date(day: date) -> str:
    """«31 августа 2023 г.», in one piece."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}{NBSP}г."
