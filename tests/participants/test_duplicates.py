"""People who were entered twice: found in spite of slips of the pen, told apart for good, asked about while typing."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Event, Role
from participants.models import Distinction, Person
from participants.register.duplicates import Known, Likeness, Twins, candidates, folded, likeness, twins_among
from participants.services.duplicates import likely_twins, tell_apart, twins_of
from tests.factories import PersonFactory, actor_of
from tests.participants.test_person_new import PUPIL

LogIn = Callable[[Actor], Client]
DAY = date(2013, 5, 6)
PAGE = "/participants/duplicates/"


def known(pk: int, name: str, day: date | None = DAY, place: str = "7б") -> Known:
    surname, given, *rest = name.split()
    return Known(pk, folded(surname), folded(given), folded(rest[0] if rest else ""), day, place)


ONE = "Ёлкина-Белова Зоя Петровна"


@pytest.mark.parametrize(
    ("other", "day", "why"),
    [
        ("ЕЛКИНА-БЕЛОВА ЗОЯ ПЕТРОВНА", DAY, Likeness.SAME),
        ("Елкина‑Белова Зоя Петровна", DAY, Likeness.SAME),
        ("ЁлкинаБелова Зоя Петровна", DAY, Likeness.SAME),
        ("Ёлкина-Белова Зоя", DAY, Likeness.SHORT),
        ("Ёлкина-Белова З. П.", DAY, Likeness.SHORT),
        ("Ёлкина-Белова З. П.", None, Likeness.NO_DATE),
        ("Ёлкнна-Белова Зоя Петровна", DAY, Likeness.LETTER),
        ("Ёклина-Белова Зоя Петровна", DAY, Likeness.LETTER),
        ("Ёлкина-Белов Зоя Петровна", DAY, Likeness.LETTER),
        ("Ёлкина-Белова Зоя Петроввна", DAY, Likeness.LETTER),
        ("Ёлкина-Белова Зоян Петровна", DAY, Likeness.LETTER),
        ("Сосновская Зоя Петровна", DAY, Likeness.SURNAME),
        ("Зоя Ёлкина-Белова Петровна", DAY, Likeness.TURNED),
        ("Ёлкина-Белова Зоя Петровна", date(2013, 6, 5), Likeness.DATE),
        ("Ёлкина-Белова Зоя Петровна", date(2012, 5, 6), Likeness.DIGIT),
        ("Ёлкина-Белова Зоя Петровна", None, Likeness.NO_DATE),
        ("Ёлкина-Белова Зоя Петровна", date(2010, 11, 23), None),
        ("Ёлкина-Белова Яна Петровна", DAY, None),
        ("Ёлкина-Белова Зоя Ивановна", DAY, None),
        ("Сосновская Зоя", DAY, None),
        ("Сосновская Зоя Петровна", date(2010, 11, 23), None),
        ("Ёлкнна-Белова Зоя Петровна", date(2010, 11, 23), None),
    ],
)
def test_a_slip_of_the_pen_hides_nobody_and_others_are_left_alone(
    other: str, day: date | None, why: Likeness | None
) -> None:
    one, two = known(1, ONE), known(2, other, day)

    assert (likeness(one, two), likeness(two, one)) == (why, why)
    assert twins_among([one, two]) == ([Twins(1, 2, why)] if why else [])


def test_the_keys_find_whoever_comparing_each_with_each_would_find() -> None:
    dice = random.Random(7)
    names = [
        f"{dice.choice(('Ёлкин', 'Елкин', 'Елнин', 'Дубов', 'Дубв', 'Кленов'))} "
        f"{dice.choice(('Зоя', 'З.', 'Зоы', 'Пётр', 'Петр', 'Дубов'))} {dice.choice(('', 'П.', 'Павлович', 'Павлвич'))}"
        for _ in range(300)
    ]
    days = [dice.choice((None, DAY, date(2013, 6, 5), date(2012, 5, 6))) for _ in names]
    people = [
        known(pk, name, day, dice.choice(("", "7б")))
        for pk, (name, day) in enumerate(zip(names, days, strict=True), start=1)
    ]

    found = {(row.first, row.second) for row in _of_small_blocks(people)}

    each = {(a.pk, b.pk) for a in people for b in people if a.pk < b.pk and likeness(a, b)}
    assert found == each
    assert len(each) > 100


def _of_small_blocks(people: list[Known]) -> list[Twins]:
    """In parts, so that no key is shared by a crowd."""
    found: dict[tuple[int, int], Twins] = {}
    for start in range(0, len(people), 60):
        for other in range(start, len(people), 60):
            part = {row.pk: row for row in (*people[start : start + 60], *people[other : other + 60])}
            found |= {(row.first, row.second): row for row in twins_among(part.values())}
    return list(found.values())


def test_ten_thousand_people_are_looked_through_without_comparing_each_with_each() -> None:
    dice = random.Random(3)
    letters = "абвгдежзиклмнопрст"
    people = [
        Known(
            pk,
            "".join(dice.choices(letters, k=7)),
            "".join(dice.choices(letters, k=2)) + "ик",
            "".join(dice.choices(letters, k=2)) + "ович",
            date(2008 + pk % 9, 1 + pk % 12, 1 + pk % 28),
        )
        for pk in range(10_000)
    ]
    compared = list(candidates(people))

    assert len(compared) < 50_000  # each with each would be 50 million


@pytest.mark.django_db
def test_the_register_of_the_school_alone_is_looked_through_and_the_word_of_the_curator_stays() -> None:
    by = actor_of()
    one = PersonFactory(school=by.school, surname="Ёлкин")
    other = PersonFactory(school=by.school, surname="Елкин")
    PersonFactory(surname="Ёлкин")
    assert by.school

    before = twins_of(by.school)
    tell_apart(one=other, other=one, by=by)
    tell_apart(one=one, other=other, by=by)

    assert before == [Twins(one.pk, other.pk, Likeness.SAME)]
    assert twins_of(by.school) == []
    row = Distinction.objects.get()
    assert (row.first, row.second, row.said_by) == (one, other, by.user)
    assert Event.objects.get(verb="tell_apart").detail == {"other": other.pk}


@pytest.mark.django_db
def test_someone_who_is_being_entered_is_looked_for_by_name_and_by_birth_date() -> None:
    school = PersonFactory(surname="Дуб").school
    near = PersonFactory(school=school, surname="Ёлкина", given_name="Зоя", patronymic="Петровна", birth_date=DAY)
    names: dict[str, Any] = {"given_name": "Зоя", "patronymic": "Петровна", "birth_date": DAY}

    found = likely_twins(school=school, surname="Сосновская", **names)

    assert [(row.person, str(row.why)) for row in found] == [(near, str(Likeness.SURNAME.label))]
    assert likely_twins(school=school, surname="Ёлкина", **names | {"birth_date": date(2001, 1, 1)}) == []


@pytest.mark.django_db
def test_the_page_of_entering_asks_once_and_then_enters(log_in: LogIn) -> None:
    by = actor_of()
    PersonFactory(school=by.school, surname="Елкина", given_name="Зоя", patronymic="", birth_date=DAY)
    browser = log_in(by)

    asked = browser.post("/participants/new/", PUPIL)
    entered = browser.post("/participants/new/", PUPIL | {"is_another": "on"})

    assert asked.status_code == 400
    assert "Возможно, этот человек уже есть в списке" in asked.content.decode()
    assert "имя и дата рождения совпадают" in asked.content.decode()
    assert (entered.status_code, Person.objects.count()) == (302, 2)


@pytest.mark.django_db
def test_the_list_shows_both_with_the_reason_and_forgets_those_told_apart(log_in: LogIn) -> None:
    by = actor_of()
    one = PersonFactory(school=by.school, surname="Ёлкин", given_name="Мирон")
    other = PersonFactory(school=by.school, surname="Елкин", given_name="Мирон")
    browser = log_in(by)

    shown = browser.get(PAGE).content.decode()
    answer = browser.post(f"{PAGE}apart/", {"one": other.pk, "other": one.pk}, follow=True)

    assert ("Ёлкин Мирон" in shown, "Елкин Мирон" in shown, f"/{one.pk}/merge/?with={other.pk}" in shown) == (
        True,
        True,
        True,
    )
    assert "Ёлкин" not in answer.content.decode()
    assert Event.objects.filter(verb="list", actor=by.pseudonym).count() == 2


@pytest.mark.django_db
def test_people_of_another_school_are_not_told_apart(log_in: LogIn) -> None:
    by = actor_of()
    one, other = PersonFactory(school=by.school), PersonFactory()

    assert log_in(by).post(f"{PAGE}apart/", {"one": one.pk, "other": other.pk}).status_code == 404
    assert log_in(actor_of(Role.ADMINISTRATOR, by.school)).get(PAGE).status_code == 403
    assert Distinction.objects.count() == 0
