"""One activity becomes two: the places at which its text can be cut."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ENTRY = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[а-яё]\)|[-–—•*])\s+(?=\S)", re.IGNORECASE)
_LINE = re.compile(r"\n+")
_STOP = re.compile(r"[;.!?]\s+(?=[«\"А-ЯЁA-Zа-яёa-z\d])")
_SHORTENED = re.compile(
    r"(?:\d|\b[А-ЯЁA-Zа-яё]|\b(?:гг|кл|рук|зам|пед|соц|др|пр|обл|тыс|руб|ст|см|т|ул))\.$", re.IGNORECASE
)
_TAIL = " \t\n;,"
MOST = 60


@dataclass(frozen=True, slots=True)
class Cut:
    """A place in a text, as a number of signs before it, with what stands on either side; `is_entry` at a new entry."""

    at: int
    before: str
    after: str
    is_entry: bool = False


def cuts_of(text: str) -> list[Cut]:
    """The places at which a text falls apart of itself: numbered entries, lines, sentences, parts after a semicolon."""
    entries = {found.start() for found in _ENTRY.finditer(text)}
    lines = {found.end() for found in _LINE.finditer(text)}
    stops = {found.end() for found in _STOP.finditer(text) if not _SHORTENED.search(text[: found.start() + 1])}
    found = [Cut(at, *cut_text(text, at), at in entries) for at in sorted(entries | lines | stops)]
    return [cut for cut in found if cut.before and _says(cut.before) and cut.after][:MOST]


def cut_text(text: str, at: int) -> tuple[str, str]:
    """Both halves without what parted them: «Провести опрос; собрать анкеты» is cut into two tasks."""
    return text[:at].strip().rstrip(_TAIL), text[at:].strip()


def next_number(number: str) -> str:
    """The number after this one, if it ends in a figure: «2.3» → «2.4»; else nothing."""
    found = re.fullmatch(r"(.*?)(\d+)(\.?)", number.strip())
    return f"{found[1]}{int(found[2]) + 1}{found[3]}" if found else ""


def _says(half: str) -> bool:
    """Whether there is more in it than a number of an entry."""
    return bool(re.search(r"[^\W\d_]{2}", half))
