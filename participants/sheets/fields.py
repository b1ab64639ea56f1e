"""What a spreadsheet of people may say of a person: the one list for sheets that come in and sheets that go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MENTEE, MENTOR, PERSON = "mentee", "mentor", "person"
EVERY_SIDE = (MENTEE, MENTOR, PERSON)
TAKES_PART = (MENTEE, MENTOR)


class Kept(StrEnum):
    """Where the value of a field is kept."""

    PERSON = "person"
    GUARDIANS = "guardians"
    PART = "part"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a column may say.

    `headers` are the wordings of a column, the one that goes out first; `official` says it otherwise for one side, as
    the forms of the registers do. `waits` for a consent in force; `kept` NOWHERE is known and passed over: it follows
    from the pair, the course of the year or the order of the rows, or may not be kept at all.
    """

    key: str
    headers: tuple[str, ...]
    kept: Kept
    waits: bool = False
    sides: tuple[str, ...] = EVERY_SIDE
    official: tuple[tuple[str, str], ...] = ()

    def header(self, side: str) -> str:
        """How the column is headed in a sheet of this side."""
        return dict(self.official).get(side, self.headers[0])


def _person(key: str, *headers: str, waits: bool = False, official: tuple[tuple[str, str], ...] = ()) -> Field:
    return Field(key, headers, Kept.PERSON, waits, official=official)


def _guardian(key: str, *headers: str) -> Field:
    return Field(key, headers, Kept.GUARDIANS)


def _part(
    key: str,
    *headers: str,
    sides: tuple[str, ...] = TAKES_PART,
    official: tuple[tuple[str, str], ...] = (),
    waits: bool = True,
) -> Field:
    return Field(key, headers, Kept.PART, waits, sides, official)


def _aside(key: str, *headers: str, sides: tuple[str, ...] = EVERY_SIDE) -> Field:
    return Field(key, headers, Kept.NOWHERE, sides=sides)


def _parent(who: str, *words: str) -> Iterator[Field]:
    """The columns of one parent; `words` are the wordings of «матери», the first as it goes out."""
    yield _guardian(f"{who}_name", *(f"{head} {word}" for word in words for head in ("ФИО", "Фамилия, имя, отчество")))
    yield _guardian(
        f"{who}_phone",
        *(
            f"{head} {word}"
            for word in words
            for head in (
                "Телефон",
                "Мобильный телефон",
                "Моб. телефон",
                "Сотовый",
                "Номер телефона",
                "Тел.",
                "Контакты",
            )
        ),
    )
    yield _guardian(
        f"{who}_email",
        *(
            f"{head} {word}"
            for word in words
            for head in ("Электронная почта", "E-mail", "Эл. почта", "Почта", "Адрес электронной почты")
        ),
    )


FIELDS: tuple[Field, ...] = (
    _aside("number", "№", "№ п/п", "№ п.п.", "п/п", "Номер", "Номер по порядку", "N п/п"),
    _person(
        "full_name", "ФИО", "Ф.И.О.", "Ф. И. О. (полностью)", "Фамилия, имя, отчество", "Фамилия Имя Отчество",
        "ФИО полностью", "ФИО ученика", "ФИО учащегося", "ФИО обучающегося", "ФИО ребёнка", "Ученик", "Учащийся",
        "Обучающийся", "Фамилия, имя, отчество обучающегося", "Фамилия и имя", "Фамилия, имя", "ФИО участника",
        "ФИО педагога", "ФИО учителя", "ФИО сотрудника", "Сотрудник", "Педагог", "Учитель", "ФИО студента", "Студент",
        "ФИО наставляемого (полностью)", "ФИО наставника (полностью)", "Наставляемый", "Наставник", "Участник",
        official=((MENTEE, "ФИО наставляемого"), (MENTOR, "ФИО наставника")),
    ),
    _person("surname", "Фамилия", "Фамилия ученика", "Фамилия учащегося", "Фамилия обучающегося", "Фамилия ребёнка"),
    _person("given_name", "Имя", "Имя ученика", "Имя учащегося", "Имя обучающегося", "Имя ребёнка"),
    _person(
        "patronymic", "Отчество", "Отчество (при наличии)", "Отчество ученика", "Отчество учащегося",
        "Отчество обучающегося", "Отчество ребёнка",
    ),
    _person(
        "birth_date", "Дата рождения", "Д/р", "Д.р.", "ДР", "Дата рожд.", "День рождения", "Дата рождения ученика",
        "Дата рождения обучающегося", "Дата рождения наставляемого", "Дата рождения наставника", "Родился", "Число, месяц, год рождения",
    ),
    _person(
        "birth_year", "Год рождения", "Г.р.", "Год рожд.", "Год рождения наставника",
        official=((MENTEE, "Год рождения наставляемого"),),
    ),
    _person("kind", "Кто это", "Категория", "Категория участника", "Статус участника", "Тип участника", "Роль в школе"),
    _person(
        "class_name", "Класс", "Класс обучения", "Кл.", "Класс/группа", "Группа/класс", "Класс (литера)", "Учебный класс",
        "Класс ученика", "Класс наставляемого", "Класс наставника", "Параллель и литера",
    ),
    _person("class_number", "Параллель", "Номер класса", "Год обучения"),
    _person("class_letter", "Литера", "Буква", "Буква класса", "Литера класса", "Литер"),
    _person(
        "place", "Место работы/учебы", "Место работы (учебы)", "Место работы / учёбы", "Место учёбы", "Место работы",
        "Место работы или учёбы", "Организация",
        official=((MENTOR, "Место работы/учебы наставника"),),
    ),
    _person("post", "Должность", "Занимаемая должность", "Должность, место работы", "Должность наставника"),
    _person("email", "Электронная почта", "E-mail", "Email", "Эл. почта", "Почта", "Адрес электронной почты", "Эл. адрес"),
    _person(
        "phone", "Телефон", "Мобильный телефон", "Моб. телефон", "Моб. тел.", "Тел.", "Номер телефона", "Сотовый телефон",
        "Контактный телефон", "Сотовый", "Телефон ученика", waits=True,
    ),
    _person("sex", "Пол", waits=True),
    _person(
        "subject", "Предмет", "Преподаваемый предмет", "Предмет наставничества", "Преподаваемые предметы", "Предметы",
        waits=True,
    ),
    _person(
        "teaching_since", "Преподаёт с года", "Стаж", "Педагогический стаж", "Стаж работы", "Стаж педагогической работы",
        "Общий стаж", waits=True,
    ),
    Field(
        "contacts",
        ("Контактные данные", "Контактные данные для связи", "Контакты", "Контактная информация", "Контакты для связи"),
        Kept.GUARDIANS,
        official=(
            (MENTEE, "Контактные данные для связи (данные представителя)"), (MENTOR, "Контактные данные для связи"),
        ),
    ),
    *_parent("mother", "матери", "мамы", "(мать)"),
    *_parent("father", "отца", "папы", "(отец)"),
    *_parent(
        "guardian", "представителя", "законного представителя", "родителя", "родителя (законного представителя)", "опекуна",
        "родителей", "родителей (законных представителей)", "одного из родителей", "родителя/законного представителя",
    ),
    _guardian("mother_name", "Мать", "Мама"),
    _guardian("father_name", "Отец", "Папа"),
    _guardian("guardian_name", "Представитель", "Законный представитель", "Родитель", "Родитель (законный представитель)",
              "Родители", "Родители (законные представители)", "Опекун"),
    _guardian("guardian_authority", "Кем приходится", "Степень родства", "Родство", "Кем приходится ребёнку",
              "Кем приходится представитель", "Статус представителя", "Тип представителя"),
    _part("request", "Основной запрос", "Запрос", "Запрос наставляемого", "Основной запрос наставляемого (чему хотите научиться)",
          sides=(MENTEE,), official=((MENTEE, "Основной запрос наставляемого"),)),
    _part("wanted_help", "Какая помощь нужна", "Желаемая помощь", "Нужная помощь", sides=(MENTEE,)),
    _part("competences", "Основные компетенции", "Компетенции", "Компетенции наставника",
          "Основные компетенции наставника (умения, виды деятельности)", sides=(MENTOR,),
          official=((MENTOR, "Основные компетенции наставника"),)),
    _part("achievements", "Достижения", "Важные достижения", "Достижения наставника", "Важные для программы достижения",
          sides=(MENTOR,), official=((MENTOR, "Важные для программы достижения наставника"),)),
    _part("interests", "Интересы", "Увлечения", "Хобби", "Интересы наставляемого",
          official=((MENTOR, "Интересы наставника"),)),
    _part("areas", "Направления помощи", "Области помощи", "Направления"),
    _part("wanted_ages", "Желаемый возраст", "Возраст наставляемых", "Желаемый возраст наставляемого", sides=(MENTOR,),
          official=((MENTOR, "Желаемый возраст наставляемых"),)),
    _part("time_resource", "Ресурс времени", "Время на программу", "Ресурс времени (какое количество времени готовы уделять)",
          sides=(MENTOR,), official=((MENTOR, "Ресурс времени на программу наставничества"),)),
    _part("capacity", "Сколько наставляемых возьмёт", "Число наставляемых", "Количество наставляемых", sides=(MENTOR,)),
    _part("available", "Свободные часы", "Свободное время", "Удобное время", "Когда свободен"),
    _part("building", "Где удобно встречаться", "Здание", "Место встреч"),
    _part("is_remote", "Можно дистанционно", "Дистанционно", "Готов встречаться дистанционно"),
    _part("role_model", "Ролевая модель", "Роль", "Модель"),
    _part("entered_on", "Дата вхождения в программу", "Дата начала участия", "Дата включения в программу", "Вошёл в программу"),
    _part("form", "Форма наставничества", "Форма", waits=False),
    _part("results", "Результаты программы", "Результаты", "Результат"),
    _part("case_url", "Ссылка на кейс/отзыв", "Ссылка на кейс", "Ссылка на отзыв",
          official=((MENTEE, "Ссылка на кейс/отзыв наставляемого, размещенные на сайте организации"),
                    (MENTOR, "Ссылка на кейс/отзыв наставника, размещенные на сайте организации"))),
    _part("is_passed", "Отметка о прохождении программы", "Прошёл программу", "Отметка о прохождении"),
    _aside("pair_name", "ФИО наставника", "Наставник", "ФИО куратора", sides=(MENTEE,)),
    _aside("pair_place", "Место работы/учебы наставника", sides=(MENTEE,)),
    _aside("pair_name", "ФИО наставляемого (наставляемых)", "ФИО наставляемого", "ФИО наставляемых", "Наставляемые",
           "Наставляемый", sides=(MENTOR,)),
    _aside("pair_place", "Место работы/учебы наставляемого", "Место работы/учебы наставляемых", sides=(MENTOR,)),
    _aside("left_on", "Дата завершения программы", "Дата выхода из программы"),
    _aside("state", "Состояние участия", "Статус", "Состояние"),
    _aside("consent", "Согласие", "Согласие на обработку персональных данных", "Согласие получено", "Согласие на обработку ПДн"),
    _aside("passport", "Паспорт", "Паспортные данные", "Серия и номер паспорта", "Свидетельство о рождении", "СНИЛС", "ИНН",
           "Документ, удостоверяющий личность", "Полис", "Номер документа", "Серия документа"),
    _aside("address", "Адрес", "Адрес проживания", "Адрес регистрации", "Место жительства", "Домашний адрес"),
    _aside("health", "Группа здоровья", "ОВЗ", "Инвалидность", "Состояние здоровья", "Диагноз", "Физкультурная группа",
           "Ограничения по здоровью"),
)  # fmt: skip
"""In the order in which columns go out; a key may have further wordings in a later line."""


def fields_for(side: str) -> tuple[Field, ...]:
    """The fields that a sheet of this side may have, each key once, the columns that are passed over last."""
    found: dict[str, Field] = {}
    for field in FIELDS:
        if side in field.sides:
            found.setdefault(field.key, field)
    return tuple(sorted(found.values(), key=lambda field: field.kept is Kept.NOWHERE))


def field_of(key: str, side: str) -> Field:
    """The field of this key. Raises KeyError."""
    for field in fields_for(side):
        if field.key == key:
            return field
    raise KeyError(key)


def wordings(side: str) -> Iterator[tuple[str, Field]]:
    """Every wording of a column with its field, the official ones of the side first."""
    fitting = [field for field in FIELDS if side in field.sides]
    yield from ((field.header(side), field) for field in fitting)
    for field in fitting:
        yield from ((header, field) for header in field.headers)
