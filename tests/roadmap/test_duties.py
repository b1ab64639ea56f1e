import pytest

from roadmap.duties import KnownMember, duty_of, member_of
from roadmap.models import Duty


@pytest.mark.parametrize(
    ("role", "duty"),
    [
        ("Директор", Duty.HEAD),
        ("директор МБОУ «Лицей № 7»", Duty.HEAD),
        ("И.о. директора", Duty.HEAD),
        ("заведующий", Duty.HEAD),
        ("Зам.директор поУ ВР", Duty.DEPUTY),
        ("Заместитель директора по УВР", Duty.DEPUTY),
        ("зам. директора по ВР", Duty.DEPUTY),
        ("завуч", Duty.DEPUTY),
        ("Куратор Программы", Duty.CURATOR),
        ("Зам. директора, куратор целевой модели", Duty.CURATOR),
        ("Классные руководители", Duty.CLASS_TEACHER),
        ("кл. рук.", Duty.CLASS_TEACHER),
        ("Руководители ШМО", Duty.METHOD_HEAD),
        ("руководитель методического объединения", Duty.METHOD_HEAD),
        ("Педагог-психолог", Duty.PSYCHOLOGIST),
        ("Социальный педагог", Duty.SOCIAL_PEDAGOGUE),
        ("соц. педагог", Duty.SOCIAL_PEDAGOGUE),
        ("Наставники", Duty.MENTOR),
        ("руководителям наставнической пары (педагог-педагог).", Duty.MENTOR),
        ("библиотекарь", Duty.OTHER),
        ("", Duty.OTHER),
    ],
)
def test_a_role_as_written_names_its_duty(role: str, duty: Duty) -> None:
    assert duty_of(role) == duty


INNA = KnownMember(1, 10, "administrator", "Озёрная", "Инна", "Андреевна")
INNA_AS_CURATOR = KnownMember(2, 10, "curator", "Озёрная", "Инна", "Андреевна")
IVAN = KnownMember(3, 11, "class_teacher", "Озерной", "Иван", "Антонович")
MARIA = KnownMember(4, 12, "mentor", "Ключевская", "Мария", "")


@pytest.mark.parametrize(
    "name",
    [
        "И.А.Озёрная",
        "И. А. Озерная",
        "Озёрная И.А.",
        "Озёрной И.А.",
        "ОЗЁРНАЯ Инна Андреевна",
        "Инна Андреевна Озёрная",
    ],
)
def test_a_member_is_known_by_every_spelling_of_the_name(name: str) -> None:
    assert member_of(name, Duty.HEAD, [INNA, MARIA]) == 1


def test_the_role_that_carries_the_duty_is_taken() -> None:
    assert member_of("Озёрная И.А.", Duty.CURATOR, [INNA, INNA_AS_CURATOR]) == 2


def test_a_name_that_fits_two_people_is_left_open() -> None:
    assert member_of("Озерной И.А.", Duty.OTHER, [INNA, IVAN]) is None


def test_other_initials_are_another_person() -> None:
    assert member_of("Озёрная П.А.", Duty.HEAD, [INNA]) is None


def test_a_member_without_patronymic_is_known_by_one_initial() -> None:
    assert member_of("Ключевская М.И.", Duty.MENTOR, [MARIA]) == 4


@pytest.mark.parametrize("name", ["", "…", "И.А."])
def test_without_a_surname_nobody_is_meant(name: str) -> None:
    assert member_of(name, Duty.HEAD, [INNA]) is None
