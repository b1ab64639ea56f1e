"""Cells as values: days, years, phones, addresses, classes, hours. Each raises BadCell with a sentence for the cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from core.russian import search_key
from participants.register.hours import WEEKDAYS, hours_of
from participants.sheets.table import tidy

OLDEST = 110
SERIALS = range(10_000, 60_000)
"""Days as Excel counts them, from 1927 to 2064."""
COUNTED_FROM = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
MONTHS = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("ма", "may"), ("июн", "jun"), ("июл", "jul"),
    ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ t]\d{1,2}:\d\d.*)?$")
DOTTED = re.compile(
    r"^(\d{1,2})\s*[-./,\s]\s*(\d{1,2})\s*[-./,\s]\s*(\d{4}|\d{2})\s*(?:\s\d{1,2}:\d\d.*)?(?:г\.?|года)?$"
)
WORDED = re.compile(r"^«?(\d{1,2})»?[-\s.]+([a-zа-я]+)\.?[-\s.]+(\d{4}|\d{2})\s*(?:г\.?|года)?$")
BARE = re.compile(r"^(\d{4})(\d\d)(\d\d)$")
YEAR = re.compile(r"^((?:19|20)\d\d)\s*(?:г\.?|г\.?\s*р\.?|год|года)?$")
NOTHING = frozenset(
    {"", "-", "–", "—", "нет", "не указано", "не указан", "н/д", "отсутствует", "без отчества", ".", "x", "х"}
)
ERROR = re.compile(r"^(#[A-ZА-ЯЁ/0-9]+[!?]?|#+|Err:\d+)$", re.IGNORECASE)
CLASS = re.compile(r"^(\d{1,2})\s*[-–—.]?\s*[«\"'“„(]?\s*([а-яa-z])?\s*[»\"'”“)]?$", re.IGNORECASE)
LATIN = str.maketrans("ABEKMHOPCTX", "АВЕКМНОРСТХ")
DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
SPAN = re.compile(r"(\d{1,2})(?:[:.]00)?\s*[–—-]\s*(\d{1,2})(?:[:.]00)?")
AGES = re.compile(r"(\d{1,2})(?:\s*[-–—]\s*|\s*до\s*|\s+по\s+)(\d{1,2})")
YES = frozenset({"да", "+", "1", "истина", "прошел", "прошла", "пройдена", "v", "✓", "✔", "true"})
NO = frozenset({"нет", "0", "ложь", "не прошел", "не прошла", "не пройдена", "false"})


class BadCell(Exception):
    """Why a cell is refused, in words."""


DIGITS_ONLY, NO_WORD, LETTERS = re.compile(r"\D"), re.compile(r"[^\w]"), re.compile(r"[^\W\d_]{3,}")
PHONES = re.compile(r"[,;/\n]|\s{2,}(?=\+?[78])")


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing."""
    return text.strip().lower() in NOTHING


def day_of(text: str, *, is_1904: bool = False) -> date:
    """A day in any of the ways people and Excel write it: the day stands before the month. Raises BadCell."""
    said = tidy(text).lower().replace("ё", "е")
    year, month, number = _numbers(said, is_1904)
    try:
        return date(year, month, number)
    except ValueError:
        raise BadCell(_("There is no such day: «%(text)s».") % {"text": tidy(text)[:40]}) from None


def _numbers(said: str, is_1904: bool) -> tuple[int, int, int]:
    if re.fullmatch(r"\d{5}(\.\d+)?", said) and int(float(said)) in SERIALS:
        day = COUNTED_FROM[is_1904] + timedelta(days=int(float(said)))
        return day.year, day.month, day.day
    if found := ISO.match(said) or BARE.match(said):
        return int(found[1]), int(found[2]), int(found[3])
    if found := DOTTED.match(said):
        return _century(found[3]), int(found[2]), int(found[1])
    found = WORDED.match(said)
    month = _month(found[2]) if found else 0
    if not found or not month:
        raise BadCell(_("This is no date: «%(text)s». Write it like 05.03.2012.") % {"text": said[:40]})
    return _century(found[3]), month, int(found[1])


def _month(word: str) -> int:
    if word in ROMAN:
        return ROMAN.index(word) + 1
    for number, stems in enumerate(MONTHS, 1):
        if any(word.startswith(stem) for stem in stems) and (number != 5 or word in {"май", "мая", "may"}):
            return number
    return 0


def _century(text: str) -> int:
    """«12» is 2012, «85» is 1985."""
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year <= date.today().year % 100 else 1900)


def year_of(text: str) -> int | None:
    """The year in a cell that holds nothing else."""
    found = YEAR.match(tidy(text).lower())
    return int(found[1]) if found else None


def birth_day(text: str, today: date, *, is_1904: bool) -> date:
    """A birth date on which somebody alive was born. Raises BadCell."""
    day = day_of(text, is_1904=is_1904)
    if not 0 <= today.year - day.year <= OLDEST or day > today:
        raise BadCell(_("Check the birth date: nobody here was born on that day."))
    return day


def phone_of(text: str) -> str:
    """«8 (900) 123-45-67» as «+7 900 123-45-67», several after a comma. Raises BadCell."""
    phones = [_phone(part) for part in PHONES.split(text) if part.strip()]
    joined = ", ".join(dict.fromkeys(phones))
    if not phones or len(joined) > 40:
        raise BadCell(_("This is no phone: «%(text)s».") % {"text": tidy(text)[:40]})
    return joined


def _phone(text: str) -> str:
    digits = DIGITS_ONLY.sub("", text)
    if len(digits) == 11 and digits[0] in "78":
        digits = digits[1:]
    elif not 5 <= len(digits) <= 15 or LETTERS.search(text.replace("доб", "")):
        raise BadCell(_("This is no phone: «%(text)s».") % {"text": tidy(text)[:40]})
    if len(digits) != 10:
        return tidy(text)
    return f"+7 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}"


def phone_key(text: str) -> str:
    """Phones that are one and the same have the same key."""
    return ",".join(sorted(DIGITS_ONLY.sub("", part)[-10:] for part in text.split(",")))


def email_of(text: str) -> str:
    """An address in small letters. Raises BadCell."""
    address = tidy(text).lower().removeprefix("mailto:").strip(" .,;<>")
    try:
        validate_email(address)
    except ValidationError:
        raise BadCell(_("This is no e-mail address: «%(text)s».") % {"text": tidy(text)[:60]}) from None
    return address


def url_of(text: str) -> str:
    address = tidy(text)
    try:
        URLValidator(("http", "https"))(address)
    except ValidationError:
        raise BadCell(_("This is no address of a page: «%(text)s».") % {"text": address[:60]}) from None
    return address


def class_of(text: str) -> str:
    """«7б», «7-Б класс», «7 "Б"» as «7 «Б»»; what is no school class stays as it is. Raises BadCell."""
    said = re.sub(r"\b(класс\w*|кл)\b\.?", "", tidy(text), flags=re.IGNORECASE).strip(" .")
    found = CLASS.match(said)
    if found and 1 <= int(found[1]) <= 12:
        letter = (found[2] or "").upper().translate(LATIN)
        return f"{int(found[1])} «{letter}»" if letter else str(int(found[1]))
    if len(said) > 20 or not said:
        raise BadCell(_("This is no class: «%(text)s».") % {"text": tidy(text)[:40]})
    return said


def class_key(text: str) -> str:
    """Classes that are one and the same have the same key, however the school writes them."""
    return NO_WORD.sub("", search_key(text)) if text else ""


def whole_number(text: str, least: int, most: int) -> int:
    found = re.fullmatch(r"(\d{1,4})(?:\.0+)?(?:\s*\D.*)?", tidy(text))
    if not found or not least <= int(found[1]) <= most:
        raise BadCell(_("A number from %(least)s to %(most)s is needed here.") % {"least": least, "most": most})
    return int(found[1])


def since_of(text: str, today: date) -> int:
    """The year from which someone teaches: a year, or how many years it has been."""
    if year := year_of(text):
        return year
    return today.year - whole_number(text, 0, 80)


def ages_of(text: str) -> tuple[int | None, int | None]:
    """«10–14 лет», «от 12», «до 15», «13»: from, to. Raises BadCell."""
    said = tidy(text).lower()
    if found := AGES.search(said):
        least, most = int(found[1]), int(found[2])
    else:
        numbers = re.findall(r"\d{1,2}", said)
        if len(numbers) != 1:
            raise BadCell(_("Ages are written like 10–14: «%(text)s».") % {"text": said[:40]})
        only = int(numbers[0])
        if re.search(r"\bдо\b", said):
            return None, only
        return only, None if re.search(r"\b(от|с|старше)\b|\+", said) else only
    if most < least:
        raise BadCell(_("Ages are written like 10–14: «%(text)s».") % {"text": said[:40]})
    return least, most


def hours_in(text: str) -> list[int]:
    """«пн 15–17, ср 18–19» as hours of the week. Raises BadCell."""
    spans: dict[int, list[tuple[int, int]]] = {}
    day = 0
    for piece in re.split(r"[,;\n]", tidy(text).lower()):
        named = next((number for number in WEEKDAYS if piece.strip().startswith(_begin(number))), 0)
        day = named or day
        found = SPAN.search(piece)
        if not day or not found or not int(found[1]) < int(found[2]) <= 24:
            raise BadCell(_("Free hours are written like «пн 15–17, ср 18–19»."))
        spans.setdefault(day, []).append((int(found[1]), int(found[2])))
    return hours_of(spans)


def _begin(number: int) -> tuple[str, ...]:
    long = ("понедельник", "вторник", "сред", "четверг", "пятниц", "суббот", "воскресень")
    return DAYS[number - 1], long[number - 1]


def yes_or_no(text: str) -> bool:
    said = search_key(text).strip(" .")
    if said in YES or said in NO:
        return said in YES
    raise BadCell(_("Yes or no is needed here: «%(text)s».") % {"text": tidy(text)[:40]})


def one_of(text: str, names: Mapping[str, str], words: str) -> str:
    """The key whose stem the text begins with; `names` is {stem: key}. Raises BadCell with `words`."""
    said = search_key(text)
    found = next((key for stem, key in names.items() if said.startswith(stem)), None)
    if found is None:
        raise BadCell(words % {"text": tidy(text)[:40]})
    return found


def listed(text: str) -> Iterable[str]:
    """What stands in a cell divided by semicolons or lines, else by commas."""
    sign = r"[;\n]" if re.search(r"[;\n]", text) else ","
    return filter(None, (tidy(part) for part in re.split(sign, text)))
