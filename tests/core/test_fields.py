from __future__ import annotations

import pytest
from django.db import models

from core.fields import KeyField
from core.models import School, User
from core.russian import search_key
from tests.factories import SchoolFactory, UserFactory

pytestmark = pytest.mark.django_db

IN_ORDER = (
    "Авангард",
    "«Берёзка»",
    "берёзка-2",
    "Гимназия № 5",
    "гимназия №20",
    "Ёж",
    "Ежовск",
    "ЁЛКИ",
    "Елочка",
    "Жаворонок",
    "Лицей",
    "Школа-интернат",
    "Щегол",
    "Якорь",
)


def test_russian_names_are_sorted_alike_on_every_database() -> None:
    for name in reversed(IN_ORDER):
        SchoolFactory(short_name=name)

    assert tuple(School.objects.values_list("short_name", flat=True)) == IN_ORDER


@pytest.mark.parametrize("asked", ["семенов", "СЕМЁНОВ", "Семе\u0308нов", "семёнов артем", "ёнов АРТЁМ"])
def test_a_person_is_found_whatever_the_case_and_the_yo(asked: str) -> None:
    person = UserFactory(surname="Семёнов", given_name="Артём")
    UserFactory(surname="Симонов", given_name="Артём")

    assert list(User.objects.filter(search_key__contains=search_key(asked))) == [person]


def test_a_key_follows_a_change_of_its_column() -> None:
    school = SchoolFactory(short_name="Лицей")

    school.short_name = "Ёлочка"
    school.save()

    assert School.objects.get().sort_key == "елочка"


def test_rows_made_in_bulk_have_their_keys() -> None:
    School.objects.bulk_create([School(name="Школа имени Ёлкина", short_name="Ёлкинская", place="Тёплый Стан")])

    assert School.objects.get().search_key == "елкинская школа имени елкина теплый стан"


def test_a_key_is_cut_to_its_column() -> None:
    school = SchoolFactory(short_name="ё" * 120, name="ж" * 400, place="ш" * 120)

    school.refresh_from_db()
    assert (len(school.search_key), len(school.sort_key)) == (642, 120)


def test_a_key_longer_than_its_column_is_cut() -> None:
    field = KeyField(of=("name",), by=search_key, max_length=3)
    field.set_attributes_from_name("key")

    assert field.pre_save(School(name="Школа"), add=True) == "шко"


def test_a_key_without_a_function_is_refused() -> None:
    field = KeyField(of=("name",))
    field.set_attributes_from_name("key")

    with pytest.raises(TypeError, match="no function"):
        field.pre_save(School(name="Школа"), add=True)


def test_a_migration_writes_down_what_the_key_is_made_of() -> None:
    field = KeyField(of=("name",), by=search_key)

    _, path, args, kwargs = field.deconstruct()

    assert (path, args) == ("core.fields.KeyField", [])
    assert kwargs == {
        "of": ("name",),
        "by": search_key,
        "max_length": 700,
        "editable": False,
        "blank": True,
        "default": "",
    }
    assert isinstance(field, models.CharField)
