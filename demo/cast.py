"""Who is in the demo: five schools and the people in them. Every name is invented."""

from __future__ import annotations

from dataclasses import dataclass

from core.models import Role


@dataclass(frozen=True, slots=True)
class Part:
    """One role of a person in a school of the demo, by the school's key; `classes` are in his charge."""

    school: str
    role: Role
    post: str = ""
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A person of the demo; one without an e-mail address logs in by the login name."""

    login: str
    surname: str
    given_name: str
    patronymic: str
    parts: tuple[Part, ...]
    has_email: bool = True

    @property
    def email(self) -> str:
        return f"{self.login}@stupeni.example" if self.has_email else ""


@dataclass(frozen=True, slots=True)
class Course:
    """How far a school's programme has come.

    `late` are lines whose term is over and that nobody has marked, `early` lines of this month that are done
    already; a line is named by the places of its stage and its own in it, both counted from 1.
    """

    document: str
    late: frozenset[str] = frozenset()
    early: frozenset[str] = frozenset()
    days: tuple[tuple[str, int, int], ...] = ()
    """For a document without terms: lines with their first and last day, counted from today."""


@dataclass(frozen=True, slots=True)
class DemoSchool:
    """A school of the demo with its requisites."""

    key: str
    requisites: dict[str, str]
    course: Course


MAIN = "school"

SCHOOLS = (
    DemoSchool(
        MAIN,
        {
            "name": "Муниципальное бюджетное общеобразовательное учреждение "
            "«Средняя общеобразовательная школа № 12» города Березоводска",
            "short_name": "МБОУ «СОШ № 12»",
            "founder": "Администрация города Березоводска",
            "address": "г. Березоводск, ул. Школьная, д. 12",
            "inn": "9901001207",
            "ogrn": "1029901001206",
            "head_post": "Директор",
            "head_name": "Кедров Павел Андреевич",
            "place": "г. Березоводск",
            "time_zone": "Europe/Moscow",
        },
        Course("one_list.txt", late=frozenset({"4/2", "4/4"}), early=frozenset({"5/1", "5/2"})),
    ),
    DemoSchool(
        "lyceum",
        {
            "name": "Муниципальное бюджетное общеобразовательное учреждение «Лицей № 3» города Верхнеозёрска",
            "short_name": "МБОУ «Лицей № 3»",
            "founder": "Комитет образования города Верхнеозёрска",
            "address": "г. Верхнеозёрск, пр. Науки, д. 3",
            "inn": "9902000301",
            "ogrn": "1029902000303",
            "head_post": "Директор",
            "head_name": "Озерская Галина Никитична",
            "place": "г. Верхнеозёрск",
            "time_zone": "Asia/Yekaterinburg",
        },
        Course("three_years.txt"),
    ),
    DemoSchool(
        "boarding",
        {
            "name": "Муниципальное казённое общеобразовательное учреждение «Усть-Ключевская школа-интернат»",
            "short_name": "МКОУ «Усть-Ключевская школа-интернат»",
            "founder": "Управление образования Ключевского района",
            "address": "с. Усть-Ключи, ул. Речная, д. 1",
            "inn": "9903004108",
            "ogrn": "1029903004108",
            "head_post": "Директор",
            "head_name": "Таёжный Степан Ильич",
            "place": "с. Усть-Ключи",
            "time_zone": "Asia/Krasnoyarsk",
        },
        Course("sections.txt", late=frozenset({"5/6"}), early=frozenset({"6/4"})),
    ),
    DemoSchool(
        "kindergarten",
        {
            "name": "Муниципальное бюджетное дошкольное образовательное учреждение «Детский сад № 8» города Приреченска",
            "short_name": "МБДОУ «Детский сад № 8»",
            "founder": "Администрация города Приреченска",
            "address": "г. Приреченск, ул. Садовая, д. 8",
            "inn": "9904000804",
            "ogrn": "1029904000807",
            "head_post": "Заведующий",
            "head_name": "Клёнова Елена Леонидовна",
            "place": "г. Приреченск",
            "time_zone": "Asia/Omsk",
        },
        Course("kindergarten.txt", early=frozenset({"6/1"})),
    ),
    DemoSchool(
        "gymnasium",
        {
            "name": "Муниципальное бюджетное общеобразовательное учреждение «Гимназия № 2» города Синегорьевска",
            "short_name": "МБОУ «Гимназия № 2»",
            "founder": "Управление образования города Синегорьевска",
            "address": "г. Синегорьевск, ул. Портовая, д. 2",
            "inn": "9905000204",
            "ogrn": "1029905000201",
            "head_post": "Директор",
            "head_name": "Маяков Борис Геннадьевич",
            "place": "г. Синегорьевск",
            "time_zone": "Asia/Vladivostok",
        },
        Course("no_terms.txt", days=(("1/1", -20, -9), ("1/2", -8, 1), ("1/3", 2, 14), ("1/4", 7, 28))),
    ),
)

PEOPLE = (
    Person("kurator", "Ясенева", "Ольга", "Викторовна", (Part(MAIN, Role.CURATOR, "Заместитель директора по УВР"),)),
    Person("direktor", "Кедров", "Павел", "Андреевич", (Part(MAIN, Role.ADMINISTRATOR, "Директор"),)),
    Person(
        "psiholog",
        "Лозовая",
        "Ирина",
        "Павловна",
        (Part(MAIN, Role.PSYCHOLOGIST, "Педагог-психолог", ("7 «А»", "7 «Б»", "8 «А»")),),
    ),
    Person(
        "klassny",
        "Тополева",
        "Анна",
        "Сергеевна",
        (Part(MAIN, Role.CLASS_TEACHER, "Классный руководитель 7 «Б»", ("7 «Б»",)),),
    ),
    Person("nastavnik", "Дубинин", "Артём", "Олегович", (Part(MAIN, Role.MENTOR, "Ученик 10 «А» класса"),)),
    Person("nastavlyaemy", "Осинин", "Кирилл", "Денисович", (Part(MAIN, Role.MENTEE, "Ученик 7 «Б» класса"),), False),
    Person("roditel", "Осинина", "Наталья", "Юрьевна", (Part(MAIN, Role.GUARDIAN),)),
    Person("nablyudatel", "Черёмухина", "Вера", "Леонидовна", (Part(MAIN, Role.OBSERVER, "Методист управления"),)),
    Person(
        "dve-roli",
        "Калинина",
        "Елена",
        "Борисовна",
        (
            Part(MAIN, Role.CLASS_TEACHER, "Классный руководитель 9 «А»", ("9 «А»",)),
            Part(MAIN, Role.MENTOR, "Учитель математики"),
            Part("gymnasium", Role.PSYCHOLOGIST, "Педагог-психолог"),
        ),
    ),
    Person("kurator-licey", "Полянская", "Дарья", "Фёдоровна", (Part("lyceum", Role.CURATOR),)),
    Person("direktor-licey", "Озерская", "Галина", "Никитична", (Part("lyceum", Role.ADMINISTRATOR, "Директор"),)),
    Person("kurator-internat", "Ручьёва", "Алла", "Тимофеевна", (Part("boarding", Role.CURATOR),)),
    Person("direktor-internat", "Таёжный", "Степан", "Ильич", (Part("boarding", Role.ADMINISTRATOR, "Директор"),)),
    Person(
        "kurator-sad", "Липина", "Алина", "Дмитриевна", (Part("kindergarten", Role.CURATOR, "Старший воспитатель"),)
    ),
    Person(
        "zaveduyushchaya", "Клёнова", "Елена", "Леонидовна", (Part("kindergarten", Role.ADMINISTRATOR, "Заведующий"),)
    ),
    Person("kurator-gimnaziya", "Бухтина", "Роза", "Марковна", (Part("gymnasium", Role.CURATOR),)),
    Person(
        "direktor-gimnaziya", "Маяков", "Борис", "Геннадьевич", (Part("gymnasium", Role.ADMINISTRATOR, "Директор"),)
    ),
)

KEEPER = Person("admin", "Вязов", "Николай", "Петрович", ())
"""The installation's administrator."""

INVITED = Person("novy-nastavnik", "Сиренев", "Глеб", "Романович", (Part(MAIN, Role.MENTOR, "Выпускник школы"),))
"""Someone whose invitation is still open."""

NOTES = (
    "Провели на педсовете, протокол приложен.",
    "Пришли почти все, вопросы записали.",
    "",
    "Собрали ответы на бумаге и внесли в таблицу.",
    "",
    "Сделали раньше срока.",
    "",
)
"""What curators write when they mark something done."""
