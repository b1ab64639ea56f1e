"""Names of people in the Russian cases that official papers need, and with initials where each belongs.

The endings come from pytrovich, whose rules know no exception of their own to what is mended below. What is made is a
proposal: a person looks at it before it stands on paper.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

from core.russian import initials
from core.typography import NBSP

MALE = re.compile(r"(ич|[ -]?(оглы|оглу|улы|уулу))$", re.IGNORECASE)
FEMALE = re.compile(r"(вна|чна|[ -]?(кызы|кизи|гызы))$", re.IGNORECASE)
DOUBLE_VOWEL = re.compile(r"([аеёиоуыэюя])\1$", re.IGNORECASE)
"""«Чодураа» stays as it is."""
CROWDED = re.compile(r"[бвгджзклмнпрстфхцчшщ]{3}[ау]$", re.IGNORECASE)
"""A vowel that should have stayed: «Кузнц-у» for «Кузнецу»."""
LEADING_INITIALS = re.compile(r"((?:[А-ЯЁ]\.\s*){1,2})([А-ЯЁ].*)")
TRAILING_INITIALS = re.compile(r"(.+?)\s+((?:[А-ЯЁ]\.\s*){1,2})")


class NameCase(Enum):
    """Why a name stands in a sentence: of whom, to whom, whom."""

    NOMINATIVE = Case.NOMINATIVE
    GENITIVE = Case.GENITIVE
    DATIVE = Case.DATIVE
    ACCUSATIVE = Case.ACCUSATIVE


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name in the nominative. `sex`, "f" or "m", is heeded where no patronymic tells it."""

    surname: str
    given_name: str = ""
    patronymic: str = ""
    sex: str = ""

    def full(self, case: NameCase = NameCase.NOMINATIVE) -> str:
        """«Соколовой Марии Евгеньевне»"""
        sex = self._sex()
        parts = (
            _declined(NamePart.LASTNAME, self.surname, sex, case),
            _declined(NamePart.FIRSTNAME, self.given_name, sex, case),
            _declined(NamePart.MIDDLENAME, self.patronymic, sex, case),
        )
        return " ".join(filter(None, parts))

    def running(self, case: NameCase = NameCase.NOMINATIVE) -> str:
        """«Соколовой М. Е.», as in a sentence (ГОСТ Р 7.0.97)."""
        surname = _declined(NamePart.LASTNAME, self.surname, self._sex(), case)
        return NBSP.join(filter(None, (surname, initials(self.given_name, self.patronymic))))

    def signing(self) -> str:
        """«М. Е. Соколова», as beside a signature (ГОСТ Р 7.0.97)."""
        return NBSP.join(filter(None, (initials(self.given_name, self.patronymic), self.surname)))

    def called(self, case: NameCase = NameCase.NOMINATIVE) -> str:
        """«Илью», «Нину Андреевну»: as one is called, without the surname."""
        sex = self._sex()
        given = _declined(NamePart.FIRSTNAME, self.given_name, sex, case)
        return " ".join(filter(None, (given, _declined(NamePart.MIDDLENAME, self.patronymic, sex, case))))

    def _sex(self) -> Gender | None:
        said = {"f": Gender.FEMALE, "m": Gender.MALE}
        return _sex_of(self.patronymic) or said.get(self.sex)


def sex_told_by(patronymic: str) -> str:
    """ "f", "m", or nothing where the patronymic does not tell."""
    sex = _sex_of(patronymic)
    return {Gender.FEMALE: "f", Gender.MALE: "m"}.get(sex, "") if sex else ""


def signature_of(name: str) -> str:
    """A name as it was written anyhow, with the initials before the surname; what is no name stays as it is.

    «Ветрова Нина Андреевна», «Нина Андреевна Ветрова», «Ветрова Н.А.», «Н.А. Ветрова» -> «Н. А. Ветрова».
    """
    text = " ".join(name.split())
    if found := LEADING_INITIALS.fullmatch(text):
        return _with_initials(found[1], found[2])
    if found := TRAILING_INITIALS.fullmatch(text):
        return _with_initials(found[2], found[1])
    words = text.split()
    if len(words) == 3 and _sex_of(words[1]) and not _sex_of(words[2]):
        words = [words[2], *words[:2]]
    return PersonName(*words).signing() if 2 <= len(words) <= 3 else text


def _with_initials(letters: str, surname: str) -> str:
    return NBSP.join((*re.findall(r"[А-ЯЁ]\.", letters), surname))


def _sex_of(patronymic: str) -> Gender | None:
    """What the patronymic tells; without one nothing is known, and nothing is changed."""
    if MALE.search(patronymic):
        return Gender.MALE
    return Gender.FEMALE if FEMALE.search(patronymic) else None


def _declined(part: NamePart, name: str, sex: Gender | None, case: NameCase) -> str:
    if sex is None or case is NameCase.NOMINATIVE or DOUBLE_VOWEL.search(name):
        return name
    if name.isupper() and name != name.title():
        return _declined(part, name.title(), sex, case).upper()
    first, hyphen, last = name.rpartition("-")
    if part is NamePart.FIRSTNAME and hyphen and first[-1:] not in {"а", "я"}:
        # «Ай-Хаан», «Сайын-Белек»: the first half stays; in «Анна-Мария» both change.
        return first + hyphen + _declined(part, last, sex, case)
    made: str = _maker().make(part, sex, case.value, name)
    if name.endswith("ец") and CROWDED.search(made):
        return name + made[-1]
    return made


@lru_cache(maxsize=1)
def _maker() -> PetrovichDeclinationMaker:
    """Reads its rules once, when first asked."""
    return PetrovichDeclinationMaker()
