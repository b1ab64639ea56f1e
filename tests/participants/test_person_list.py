"""The list of people: found, ordered, counted, enrolled together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.models import Event, Role, School
from participants.models import Area, Enrolment, EnrolmentState, Person, PersonKind, Side
from roadmap.models import Cycle
from tests.factories import (
    ConsentFactory,
    CycleFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    actor_of,
)

pytestmark = pytest.mark.django_db
PAGE = "/participants/"
ENROL = "/participants/enrol/"
LogIn = Callable[[Actor], Client]


def this_year(school: School) -> Cycle:
    """A cycle of the school that is under way."""
    today = timezone.localdate()
    span = {"starts_on": today - timedelta(days=30), "ends_on": today + timedelta(days=200)}
    return CycleFactory(
        programme__school=school, year=today.year, **span, **{f"programme__{k}": v for k, v in span.items()}
    )


def shown(page: bytes, *surnames: str) -> list[str]:
    text = page.decode()
    return sorted((name for name in surnames if f">{name} " in text), key=lambda name: text.index(f">{name} "))


@pytest.fixture
def school() -> School:
    """Three people: a mentee to be filled in, a mentor whose consent is to be checked, one who takes no part."""
    cycle = this_year(actor_of().membership.school)  # type: ignore[union-attr]
    school: School = cycle.programme.school
    form = MentoringFormFactory(school=school, name="Ученик – ученик")
    mentee = PersonFactory(school=school, surname="Ёлкин", class_name="10 «А»")
    mentor = PersonFactory(school=school, surname="Яшина", teacher=True)
    PersonFactory(school=school, surname="Белых", class_name="7 «Б»")
    EnrolmentFactory(person=mentee, cycle=cycle, form=form, request="")
    EnrolmentFactory(person=mentor, cycle=cycle, form=form, side=Side.MENTOR)
    Person.objects.filter(pk=mentor.pk).update(sex="f")
    mentor.enrolments.update(state=EnrolmentState.PAUSED)
    for part in Enrolment.objects.all():  # the mentor's consent is not in force, so that his areas are not known
        part.areas.add(Area.objects.get_or_create(pk=1, school=school, name="Математика")[0])
    ConsentFactory(person=mentee, in_force=True)
    ConsentFactory(person=mentor, own=True, sent=True)
    return school


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    log_in: LogIn, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    actor = actor_of()
    cycle = this_year(actor.school)  # type: ignore[arg-type]
    form = MentoringFormFactory(school=actor.school)
    for _ in range(number):
        EnrolmentFactory(person__school=actor.school, person__surname="Белых", cycle=cycle, form=form)
    browser = log_in(actor)
    browser.get(PAGE)

    with django_assert_num_queries(18):
        answer = browser.get(PAGE)

    assert answer.content.decode().count(">Белых ") == number


def test_the_heading_counts_and_the_rows_say_who_takes_part_and_how_the_consent_stands(
    log_in: LogIn, school: School
) -> None:
    PersonFactory(surname="Чужих")

    page = log_in(actor_of(school=school)).get(PAGE).content

    text = " ".join(page.decode().split())
    assert shown(page, "Белых", "Ёлкин", "Яшина", "Чужих") == ["Белых", "Ёлкин", "Яшина"]
    assert "В списке 3 человека: наставляемых 1, наставников 1" in text
    assert ["наставляемый: Ученик – ученик" in text, "наставник: Ученик – ученик" in text] == [True, True]
    assert [f">{words}</span>" in text for words in ("не запрошено", "ждёт проверки", "действует")] == [True] * 3


@pytest.mark.parametrize(
    ("query", "order"),
    [
        ({}, ["Белых", "Ёлкин", "Яшина"]),
        ({"sort": "class"}, ["Яшина", "Белых", "Ёлкин"]),
        ({"sort": "new"}, ["Белых", "Яшина", "Ёлкин"]),
        ({"q": "елкин мир"}, ["Ёлкин"]),
        ({"q": "7 б"}, ["Белых"]),
        ({"q": "физики"}, ["Яшина"]),
        ({"kind": "teacher"}, ["Яшина"]),
        ({"side": "mentee"}, ["Ёлкин"]),
        ({"side": "mentor"}, ["Яшина"]),
        ({"side": "none"}, ["Белых"]),
        ({"standing": "none"}, ["Белых"]),
        ({"standing": "sent"}, ["Яшина"]),
        ({"standing": "in_force"}, ["Ёлкин"]),
        ({"standing": "unfilled"}, ["Ёлкин"]),
        ({"class_name": "7 «Б»"}, ["Белых"]),
        ({"sex": "f"}, ["Яшина"]),
        ({"state": "paused"}, ["Яшина"]),
        ({"state": "enrolled"}, ["Ёлкин"]),
        ({"state": "left"}, []),
        ({"area": "1"}, ["Ёлкин"]),
        ({"class_name": "12 «Ы»", "sex": "x", "state": "x", "area": "x"}, ["Белых", "Ёлкин", "Яшина"]),
        ({"standing": "nonsense", "sort": "user__password", "page": "x"}, ["Белых", "Ёлкин", "Яшина"]),
    ],
)
def test_people_are_found_and_ordered(log_in: LogIn, school: School, query: dict[str, str], order: list[str]) -> None:
    page = log_in(actor_of(school=school)).get(PAGE, query).content

    assert shown(page, "Белых", "Ёлкин", "Яшина") == order


@pytest.mark.parametrize(
    ("states", "words"),
    [
        (["returned"], "возвращено на исправление"),
        (["declined"], "отказ"),
        (["declined", "withdrawn"], "отозвано"),
        (["withdrawn", ""], "ждём ответа"),
        (["cancelled"], "не запрошено"),
        (["sent", "in_force"], "действует"),
    ],
)
def test_the_best_of_several_consents_speaks_else_the_last(log_in: LogIn, states: list[str], words: str) -> None:
    person = PersonFactory()
    for days, state in enumerate(states):
        asked_at = timezone.now() - timedelta(days=9 - days)
        ConsentFactory(person=person, asked_at=asked_at, **{state: True} if state else {})

    page = log_in(actor_of(school=person.school)).get(PAGE).content.decode()

    assert f">{words}</span>" in page


def test_a_consent_past_its_last_day_reads_so_before_it_is_marked(log_in: LogIn) -> None:
    person = PersonFactory()
    ConsentFactory(person=person, in_force=True, expires_on=timezone.localdate() - timedelta(days=2))

    page = log_in(actor_of(school=person.school)).get(PAGE, {"standing": "expired"}).content.decode()

    assert ">срок истёк</span>" in page


def test_fifty_people_stand_on_a_page_and_the_filter_is_kept(log_in: LogIn) -> None:
    actor = actor_of()
    for number in range(55):
        PersonFactory(school=actor.school, surname=f"Белых{number:03}")
    browser = log_in(actor)

    pages = [browser.get(PAGE, {"kind": "pupil", "page": page}).content.decode() for page in "12"]

    assert [page.count(">Белых") for page in pages] == [50, 5]
    assert 'href="?kind=pupil&amp;page=2"' in pages[0]


def test_an_empty_register_offers_the_first_step_to_whoever_may_take_it(log_in: LogIn) -> None:
    curator = actor_of()

    pages = [log_in(one).get(PAGE).content.decode() for one in (curator, actor_of(Role.ADMINISTRATOR, curator.school))]

    assert [("В списке пока никого" in page, "Добавить первого" in page) for page in pages] == [
        (True, True),
        (True, False),
    ]


def test_nobody_found_is_told_with_a_way_back(log_in: LogIn, school: School) -> None:
    page = log_in(actor_of(school=school)).get(PAGE, {"q": "Никого"}).content.decode()

    assert ("Таких людей нет" in page, "Показать всех" in page) == (True, True)


def test_htmx_gets_the_rows_alone(log_in: LogIn, school: School) -> None:
    browser = log_in(actor_of(school=school))

    part, whole = browser.get(PAGE, headers={"hx-request": "true"}).content.decode(), browser.get(PAGE).content.decode()

    assert [("<html" in text, "<table" in text) for text in (part, whole)] == [(False, True), (True, True)]


def test_the_administrator_reads_and_does_not_write(log_in: LogIn, school: School) -> None:
    browser = log_in(actor_of(Role.ADMINISTRATOR, school))

    page = browser.get(PAGE).content.decode()

    assert ("Яшина" in page, 'name="person"' in page, "/participants/new/" in page) == (True, False, False)
    assert [browser.get("/participants/new/").status_code, browser.post(ENROL).status_code] == [403, 403]


def test_looking_at_the_list_is_journaled_by_number_alone(log_in: LogIn, school: School) -> None:
    log_in(actor_of(school=school)).get(PAGE)

    event = Event.objects.get(verb="list")
    assert (event.school, event.detail) == (school, {"count": 3})


def test_those_ticked_are_enrolled_at_once_and_the_list_stays_narrowed(log_in: LogIn) -> None:
    actor = actor_of()
    this_year(actor.school)  # type: ignore[arg-type]
    form = MentoringFormFactory(school=actor.school)
    people = [PersonFactory(school=actor.school) for _ in range(30)]
    teacher, stranger = PersonFactory(school=actor.school, teacher=True), PersonFactory()
    sent = {
        "person": [row.pk for row in (*people, teacher, stranger)],
        "side": "mentee",
        "form": form.pk,
        "back": f"{PAGE}?kind=pupil",
        "once": "one-sending",
    }
    browser = log_in(actor)

    answers = [browser.post(ENROL, sent) for _ in range(2)]
    page = browser.get(answers[0]["Location"]).content.decode()

    assert [answer["Location"] for answer in answers] == [f"{PAGE}?kind=pupil"] * 2
    assert Enrolment.objects.enrolled().count() == 30
    assert ("Записаны 30 человек." in page, "Не записан 1: В форме" in page) == (True, True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"side": "mentee"}, "Сначала отметьте людей"),
        ({"person": "own", "side": "mentee"}, "Выберите, как и в какой форме"),
        ({"person": "own", "side": "mentee", "form": "foreign"}, "Выберите, как и в какой форме"),
        ({"person": "own", "side": "judge", "form": "own"}, "Выберите, как и в какой форме"),
        ({"person": "nonsense", "side": "mentee", "form": "own"}, "Сначала отметьте людей"),
    ],
)
def test_a_half_filled_sending_enrols_nobody_and_says_why(log_in: LogIn, sent: dict[str, str], words: str) -> None:
    person: Person = PersonFactory()
    this_year(person.school)
    forms = {"own": MentoringFormFactory(school=person.school).pk, "foreign": MentoringFormFactory().pk}
    sent = sent | ({"form": str(forms[sent["form"]])} if "form" in sent else {})
    sent = sent | ({"person": str(person.pk)} if sent.get("person") == "own" else {})

    page = log_in(actor_of(school=person.school)).post(ENROL, sent, follow=True).content.decode()

    assert (words in page, Enrolment.objects.count()) == (True, 0)


@pytest.mark.parametrize("back", ["https://elsewhere.test/", "//elsewhere.test/participants/", "/people/"])
def test_nobody_is_led_elsewhere(log_in: LogIn, back: str) -> None:
    answer = log_in(actor_of()).post(ENROL, {"back": back})

    assert answer["Location"] == PAGE


@pytest.mark.parametrize("kind", PersonKind)
def test_every_kind_of_person_can_be_found(log_in: LogIn, kind: PersonKind) -> None:
    person = PersonFactory(kind=kind)

    page = log_in(actor_of(school=person.school)).get(PAGE, {"kind": kind}).content.decode()

    assert f">{person.surname} " in page


def test_what_was_chosen_stays_chosen_and_the_names_of_classes_are_escaped(log_in: LogIn) -> None:
    actor = actor_of()
    PersonFactory(school=actor.school, class_name='7 "Б"<i>')

    page = log_in(actor).get(PAGE, {"kind": "pupil", "class_name": '7 "Б"<i>'}).content.decode()

    assert '<option value="pupil" selected>' in page
    assert '<option value="7 &quot;Б&quot;&lt;i&gt;" selected>7 &quot;Б&quot;&lt;i&gt;</option>' in page
