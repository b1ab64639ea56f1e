"""What a column means, by its heading: the wordings of the official forms and of the school systems, then its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from participants.sheets.fields import MENTEE, MENTOR, Field, Kept, fields_for, wordings

LONGEST_HEADER = 160
"""Signs: what is longer is a sentence above the table."""
WHO = (
    ("mother", re.compile(r"\b(матер|мать|мам)")),
    ("father", re.compile(r"\b(отец|отца|отцу|пап)")),
    ("guardian", re.compile(r"\b(представител|родител|опекун|попечител|усыновител)")),
)
PHONE, EMAIL = re.compile(r"\b(тел|телефон|моб|сотов|phone)"), re.compile(r"(почт|mail|мейл|имейл)")
NAME, AUTHORITY = (
    re.compile(r"\b(фио|ф и о|фамилия имя|имя отчество)\b"),
    re.compile(r"(кем приход|родств|статус|тип\b)"),
)
PART_OF_NAME = re.compile(r"\b(фамилия|имя|отчество)\b")

Rule = tuple[str, str]
"""A key and the pattern by which it is known; the first that fits decides."""

RULES: tuple[Rule, ...] = (
    ("health", r"здоров|инвалид|\bовз\b|диагноз|заболев|физкультурн"),
    ("passport", r"паспорт|снилс|\bинн\b|свидетельств|полис|удостоверя"),
    ("consent", r"^согласи"),
    ("full_name", r"\b(фио|ф и о)\b|фамилия имя|имя фамилия|фамилия и имя|имя и фамилия"),
    ("patronymic", r"\bотчество\b"),
    ("given_name", r"\bимя\b(?! пользовател)"),
    ("surname", r"\bфамилия\b"),
    ("birth_date", r"дат\w* рожд|день рожд|\bд р\b|число месяц"),
    ("birth_year", r"год\w* рожд|\bг р\b"),
    ("teaching_since", r"\bстаж"),
    ("class_letter", r"\b(литер|букв)\w*( класса)?$"),
    ("class_number", r"^(параллель|номер класса)$"),
    ("class_name", r"^(?!.*руководител).*\bкласс\b|^кл$"),
    ("email", r"почт|mail|мейл|имейл"),
    ("phone", r"\b(тел|телефон|моб|сотов)\w*"),
    ("contacts", r"контакт"),
    ("wanted_ages", r"(желаем|возраст).*(возраст|наставляем)"),
    ("time_resource", r"ресурс\w* времени|сколько времени"),
    ("competences", r"компетенц"),
    ("achievements", r"достижен"),
    ("interests", r"интерес|увлечен|хобби"),
    ("request", r"запрос"),
    ("building", r"здани|где удобно|мест\w* встреч"),
    ("is_remote", r"дистанцион"),
    ("role_model", r"ролев\w* модел"),
    ("form", r"форм\w* наставнич"),
    ("entered_on", r"дат\w* (вхожд|начал|включ)"),
    ("left_on", r"дат\w* (заверш|окончан|выход|исключ)"),
    ("results", r"результат"),
    ("case_url", r"ссылк"),
    ("is_passed", r"отметк"),
    ("subject", r"предмет"),
    ("post", r"должност"),
    ("place", r"мест\w* (работ|уч[её]б)"),
    ("sex", r"^пол\b"),
    ("address", r"адрес|прожив|прописк"),
)
_RULES = tuple((key, re.compile(pattern)) for key, pattern in RULES)
# Of whom a column of the pair tells, by side.
OTHERS: Mapping[str, re.Pattern[str]] = {
    MENTEE: re.compile(r"\bнаставник"),
    MENTOR: re.compile(r"\b(наставляем|подопечн|ученик|обучающ|учащ)"),
}
OF_THE_PAIR = (
    ("pair_name", re.compile(r"\b(фио|ф и о|имя|фамилия)\b")),
    ("pair_place", re.compile(r"мест\w*|класс|должност")),
)


def header_key(header: str) -> str:
    """A heading as it is compared and remembered: small letters, е for ё, nothing but words, at most 200 signs."""
    bare = re.sub(r"[^\w№]+", " ", header.casefold().replace("ё", "е"))
    return " ".join(bare.split())[:200]


@cache
def _known(side: str) -> dict[str, Field]:
    found: dict[str, Field] = {}
    for wording, field in wordings(side):
        found.setdefault(header_key(wording), field)
    return found


def guess_columns(
    headers: Sequence[Sequence[str]], side: str, remembered: Mapping[str, str] | None = None
) -> list[str | None]:
    """The field of each column, None where nothing fits; no field twice.

    Each column comes with the wordings it may have, the fullest first; `remembered` is what the school said of a
    heading, "" for a column to be passed over.
    """
    found: list[str | None] = [None] * len(headers)
    settled: set[int] = set()
    allowed = {field.key for field in fields_for(side)}
    for guess in _guesses(side, remembered or {}):
        for place, names in enumerate(headers):
            key = guess(tuple(map(header_key, names))) if names and place not in settled else None
            if key is None:
                continue
            settled.add(place)
            if key in allowed and (key not in found or is_passed_over(key, side)):
                found[place] = key
    return found


def is_passed_over(key: str, side: str) -> bool:
    """Whether a column of this field is known and not read."""
    return any(field.key == key and field.kept is Kept.NOWHERE for field in fields_for(side))


def _guesses(side: str, remembered: Mapping[str, str]) -> tuple[Callable[[Sequence[str]], str | None], ...]:
    """Ways to know a column by its wordings, the surest first; under a group the whole wording speaks before its end."""
    known = _known(side)

    def exactly(key: str) -> str | None:
        return known[key].key if key in known else None

    return (
        lambda keys: remembered.get(keys[0]),
        lambda keys: exactly(keys[0]),
        lambda keys: by_words(keys[0], side),
        lambda keys: exactly(keys[-1]) or by_words(keys[-1], side),
    )


def by_words(key: str, side: str) -> str | None:
    """The field that the words of a heading speak of, by `header_key`."""
    if not key:
        return None
    if pair := _of_the_pair(key, side):
        return pair
    if family := next((who for who, pattern in WHO if pattern.search(key)), None):
        return _of_family(family, key)
    return next((name for name, pattern in _RULES if pattern.search(key)), None)


def _of_the_pair(key: str, side: str) -> str | None:
    other = OTHERS.get(side)
    if other is None or not other.search(key) or re.search(r"возраст|числ|колич|сколько|форм|запрос|компетенц", key):
        return None
    own = re.search(r"\bнаставляем|\bученик|\bобучающ", key) if side == MENTEE else re.search(r"\bнаставник", key)
    return None if own else next((name for name, pattern in OF_THE_PAIR if pattern.search(key)), None)


def _of_family(who: str, key: str) -> str | None:
    has_phone, has_email, has_name = (bool(pattern.search(key)) for pattern in (PHONE, EMAIL, NAME))
    if "адрес" in key and not has_email:
        return "address"
    if has_name + has_phone + has_email > 1 or ("контакт" in key and not has_name + has_phone + has_email):
        return "contacts"
    if has_phone or has_email:
        return f"{who}_{'phone' if has_phone else 'email'}"
    if AUTHORITY.search(key):
        return "guardian_authority"
    if PART_OF_NAME.search(key) and not has_name:
        return None
    return f"{who}_name" if has_name or len(key.split()) <= 4 else None
