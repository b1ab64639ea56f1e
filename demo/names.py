"""Invented names for the people of the demo: the same ones every time, no two alike in a school."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FAMILIES = (
    "Рябинин", "Кленин", "Берёзкин", "Вишняков", "Калиткин", "Малинкин", "Ежевикин", "Смородинов", "Черемшанов",
    "Орешкин", "Ракитин", "Осокин", "Ромашкин", "Васильков", "Клеверов", "Люпинов", "Зверобоев", "Полынин", "Мятлин",
    "Крапивин", "Снегирёв", "Синицын", "Дроздов", "Чижиков", "Зябликов", "Журавлёв", "Цаплин", "Куликов", "Стрижов",
    "Ласточкин", "Ручейников", "Родников", "Заводин", "Перекатов", "Омутов", "Плёсов", "Затонин", "Бережков",
    "Ключников", "Озеров",
)  # fmt: skip
"""A woman's surname adds «а»."""
BOYS = ("Артём", "Богдан", "Глеб", "Денис", "Егор", "Захар", "Илья", "Лев", "Матвей", "Никита", "Платон", "Тимур")
GIRLS = ("Алина", "Варвара", "Дарья", "Ева", "Зоя", "Ирина", "Кира", "Лада", "Майя", "Нина", "Полина", "Ульяна")
SONS = (
    "Андреевич", "Борисович", "Викторович", "Григорьевич", "Дмитриевич", "Иванович", "Кириллович", "Михайлович",
    "Олегович", "Петрович", "Романович",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Name:
    """A full name; `parent` is that of a mother of the same family."""

    surname: str
    given_name: str
    patronymic: str
    parent: tuple[str, str, str]


def names(start: int = 0) -> Iterator[Name]:
    """Names without end, boys and girls in turn; different ones from different starts."""
    count = start
    while True:
        family = FAMILIES[count * 7 % len(FAMILIES)]
        son = SONS[(count * 3 + count // 11) % len(SONS)]
        mother = (f"{family}а", GIRLS[(count * 11 + 4) % 12], _daughter(SONS[(count + 5) % len(SONS)]))
        if count % 2:
            yield Name(f"{family}а", GIRLS[(count * 5 + count // 12) % 12], _daughter(son), mother)
        else:
            yield Name(family, BOYS[(count * 5 + count // 12) % 12], son, mother)
        count += 1


def _daughter(patronymic: str) -> str:
    return f"{patronymic.removesuffix('ич')}на"
