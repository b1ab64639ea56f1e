"""The table of mentors, the evidence for the roadmap, what waits for the curator and what a mentor sees."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor, user_actor
from core.models import Role
from participants.models import Enrolment, EnrolmentState, Interview, InterviewOutcome
from participants.receivers.preparation_day import ask_for_preparation, paint_own_preparation, paint_preparation
from participants.register.preparation import INTERVIEWED, TRAINED, preparations_of, with_preparation
from roadmap.evidence import Evidence, evidence_of
from roadmap.models import Cycle, EvidenceKind
from tests.factories import (
    AttendanceFactory,
    EnrolmentFactory,
    InterviewFactory,
    MembershipFactory,
    TrainingFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
PAGE = "/participants/mentors/"
TODAY = timezone.localdate()


@pytest.fixture
def by() -> Actor:
    return actor_of()


@pytest.fixture
def cycle(by: Actor) -> Cycle:
    assert by.school
    return this_year(by.school)


def mentor_of(cycle: Cycle, surname: str, **columns: object) -> Enrolment:
    """A mentor of the year with a consent in force and a profile."""
    return cleared_enrolment(
        person__school=cycle.programme.school,
        person__surname=surname,
        cycle=cycle,
        mentor=True,
        filled_at=timezone.now(),
        **columns,
    )


def trained(enrolment: Enrolment, **columns: object) -> Enrolment:
    AttendanceFactory(enrolment=enrolment, came=True, training__held_on=TODAY - timedelta(days=9), **columns)
    return enrolment


def interviewed(enrolment: Enrolment) -> Enrolment:
    InterviewFactory(enrolment=enrolment)
    return enrolment


@pytest.fixture
def crowd(cycle: Cycle) -> None:
    """One mentor at each step of the way."""
    mentor_of(cycle, "Новиков")
    interviewed(mentor_of(cycle, "Беседин", state=EnrolmentState.INTERVIEWED))
    trained(mentor_of(cycle, "Курсов"))
    trained(interviewed(mentor_of(cycle, "Словцов", state=EnrolmentState.INTERVIEWED)))
    mentor_of(cycle, "Готовцев", state=EnrolmentState.READY)
    interviewed(mentor_of(cycle, "Паузин", state=EnrolmentState.PAUSED))
    mentor_of(cycle, "Отказов", state=EnrolmentState.REFUSED, left_on=TODAY)
    mentor_of(cycle, "Ушёлов", state=EnrolmentState.LEFT, left_on=TODAY)
    EnrolmentFactory(person__school=cycle.programme.school, person__surname="Учеников", cycle=cycle)


def listed(browser: Client, address: str) -> list[str]:
    return [line.name.split()[0] for line in browser.get(address).context["lines"]]


@pytest.mark.parametrize(
    ("tab", "surnames"),
    [
        ("", ["Беседин", "Готовцев", "Курсов", "Новиков", "Паузин", "Словцов"]),
        ("interview", ["Готовцев", "Курсов", "Новиков"]),
        ("training", ["Беседин", "Новиков", "Паузин"]),
        ("word", ["Словцов"]),
        ("ready", ["Готовцев"]),
        ("paused", ["Паузин"]),
        ("refused", ["Отказов"]),
    ],
)
@pytest.mark.usefixtures("crowd")
def test_each_part_of_the_list_has_its_mentors_and_their_number(
    log_in: LogIn, by: Actor, tab: str, surnames: list[str]
) -> None:
    browser = log_in(by)

    answer = browser.get(PAGE, {"tab": tab})

    assert [line.name.split()[0] for line in answer.context["lines"]] == surnames
    assert [row.count for row in answer.context["tabs"] if row.is_current] == [len(surnames)]


@pytest.mark.usefixtures("crowd")
def test_the_next_step_of_each_is_said(log_in: LogIn, by: Actor, cycle: Cycle) -> None:
    EnrolmentFactory(person__school=by.school, person__surname="Безсогласия", cycle=cycle, mentor=True)
    Enrolment.objects.filter(person__surname="Новиков").update(filled_at=None)

    lines = log_in(by).get(PAGE).context["lines"]

    assert {line.name.split()[0]: line.step for line in lines} == {
        "Безсогласия": "consent",
        "Беседин": "training",
        "Готовцев": "",
        "Курсов": "interview",
        "Новиков": "profile",
        "Паузин": "",
        "Словцов": "word",
    }


def test_what_follows_the_consent_is_not_shown_without_it(log_in: LogIn, by: Actor, cycle: Cycle) -> None:
    enrolment = interviewed(mentor_of(cycle, "Отзывов"))
    enrolment.person.consents.all().delete()

    [line] = log_in(by).get(PAGE).context["lines"]

    assert (line.is_consented, line.preparation.interview) == (False, None)


@pytest.mark.usefixtures("crowd")
def test_the_list_is_searched_and_narrowed_to_a_form(log_in: LogIn, by: Actor) -> None:
    browser = log_in(by)
    form = Enrolment.objects.get(person__surname="Курсов").form_id

    found = [listed(browser, f"{PAGE}?{words}") for words in ("q=КУРСОВ", f"form={form}", "q=никого", "form=abc")]

    assert [found[0], found[1], found[2], len(found[3])] == [["Курсов"], ["Курсов"], [], 6]


@pytest.mark.usefixtures("crowd")
def test_those_ticked_are_ready_and_the_others_are_counted(log_in: LogIn, by: Actor) -> None:
    rows = Enrolment.objects.filter(person__surname__in=("Словцов", "Новиков", "Паузин"))
    foreign = mentor_of(this_year(actor_of().school), "Чужов")  # type: ignore[arg-type]
    browser = log_in(by)

    none = browser.post(f"{PAGE}ready/", follow=True).content.decode()
    page = browser.post(f"{PAGE}ready/", {"part": [foreign.pk, *rows.values_list("pk", flat=True)]}, follow=True)

    states = Enrolment.objects.order_by("person__surname").values_list("person__surname", "state")
    ready = [surname for surname, state in states if state == "ready"]
    assert ready == ["Готовцев", "Новиков", "Паузин", "Словцов"]
    assert ("Сначала отметьте" in none, "Готовы 3 наставника" in page.content.decode()) == (True, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_many_mentors(
    log_in: LogIn, by: Actor, cycle: Cycle, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for place in range(number):
        trained(interviewed(mentor_of(cycle, f"Словцов{place}")))
    browser = log_in(by)
    browser.get(PAGE)

    with django_assert_num_queries(17):
        browser.get(PAGE)


def test_without_mentors_the_page_says_what_will_be_here(log_in: LogIn, by: Actor) -> None:
    page = log_in(by).get(PAGE).content.decode()

    assert "Здесь будут наставники года" in page


# ---------------------------------------------------------------- one rule, in rows and in the database


@pytest.mark.parametrize(
    ("marks", "is_trained"),
    [
        ([], False),
        ([(-3, True, None)], True),
        ([(-3, True, True), (-1, True, None)], True),
        ([(-3, True, True), (-1, False, None)], False),
        ([(-3, True, True), (-1, None, None)], False),
        ([(-3, True, True), (5, None, None)], True),
        ([(-3, True, False)], False),
        ([(5, None, None)], False),
    ],
)
def test_trained_is_who_came_to_all_that_was_held_and_failed_nothing(
    cycle: Cycle, marks: list[tuple[int, bool | None, bool | None]], is_trained: bool
) -> None:
    enrolment = mentor_of(cycle, "Курсов")
    for days, has_come, has_passed in marks:
        training = TrainingFactory(cycle=cycle, held_on=TODAY + timedelta(days=days))
        AttendanceFactory(enrolment=enrolment, training=training, has_come=has_come, has_passed=has_passed)

    found = with_preparation(Enrolment.objects.all(), TODAY).filter(TRAINED).exists()

    assert (preparations_of([enrolment], TODAY)[enrolment.pk].is_trained, found) == (is_trained, is_trained)


def test_the_last_interview_is_the_same_in_rows_and_in_the_database(cycle: Cycle) -> None:
    enrolment = mentor_of(cycle, "Беседин")
    for days, outcome in ((5, InterviewOutcome.AGAIN), (1, InterviewOutcome.PASSED), (9, InterviewOutcome.REFUSED)):
        Interview.objects.create(enrolment=enrolment, held_on=TODAY - timedelta(days=days), outcome=outcome)

    found = with_preparation(Enrolment.objects.all(), TODAY).filter(INTERVIEWED).exists()

    assert (preparations_of([enrolment], TODAY)[enrolment.pk].has_passed_interview, found) == (True, True)


# ---------------------------------------------------------------- the roadmap and the home pages


def evidence(kind: EvidenceKind, cycle: Cycle) -> Evidence:
    return evidence_of([kind], [cycle.pk])[kind.value, cycle.pk]


@pytest.mark.usefixtures("crowd")
def test_the_roadmap_counts_and_leads_to_exactly_those_who_lack(log_in: LogIn, by: Actor, cycle: Cycle) -> None:
    interviews, training = (evidence(kind, cycle) for kind in (EvidenceKind.INTERVIEWS, EvidenceKind.TRAINING))
    browser = log_in(by)

    assert (interviews.words, interviews.lacks) == (
        "собеседования пройдены: 3 из 6",
        "у 3 из 6 наставников нет собеседования",
    )
    assert (training.words, training.lacks) == ("обучены наставники: 3 из 6", "не обучено 3 из 6 наставников")
    assert listed(browser, interviews.lacks_url) == ["Готовцев", "Курсов", "Новиков"]
    assert listed(browser, training.lacks_url) == ["Беседин", "Новиков", "Паузин"]


def test_without_mentors_that_is_what_lacks(cycle: Cycle) -> None:
    found = evidence(EvidenceKind.TRAINING, cycle)

    assert (found.done, found.total, found.lacks) == (0, 0, "наставников пока нет")


def test_when_everybody_is_trained_nothing_lacks(cycle: Cycle) -> None:
    trained(interviewed(mentor_of(cycle, "Словцов")))

    found = [evidence(kind, cycle) for kind in (EvidenceKind.INTERVIEWS, EvidenceKind.TRAINING)]

    assert [(row.is_complete, row.lacks, row.lacks_url) for row in found] == [(True, "", "")] * 2


@pytest.mark.usefixtures("crowd")
def test_the_curator_is_asked_for_marks_and_for_his_word(by: Actor, cycle: Cycle) -> None:
    training = TrainingFactory(cycle=cycle, title="Как слушать", held_on=TODAY - timedelta(days=2))
    AttendanceFactory(training=training, enrolment=Enrolment.objects.get(person__surname="Новиков"))
    TrainingFactory(cycle=cycle, title="Впереди", held_on=TODAY + timedelta(days=2))

    waiting = [(row.text, row.url) for row in ask_for_preparation(by, TODAY)]

    assert waiting == [
        ("Отметить, кто был на занятии «Как слушать»", f"/participants/trainings/{training.pk}/"),
        ("1 наставник прошёл собеседование и обучение", f"{PAGE}?tab=word"),
    ]


def test_a_mentor_sees_where_he_stands_and_his_trainings(log_in: LogIn, cycle: Cycle) -> None:
    enrolment = interviewed(trained(mentor_of(cycle, "Дубинин", state=EnrolmentState.INTERVIEWED)))
    Interview.objects.update(note="Волнуется")
    coming = TrainingFactory(cycle=cycle, held_on=TODAY + timedelta(days=3))
    AttendanceFactory(enrolment=enrolment, training=coming)
    membership = MembershipFactory(school=cycle.programme.school, role=Role.MENTOR)
    enrolment.person.user = membership.user
    enrolment.person.save()
    actor = user_actor(membership.user, (membership,))

    page = log_in(actor).get("/").content.decode()
    panel = paint_own_preparation(actor, TODAY)

    assert panel
    [part] = panel.context["panel"]["parts"]
    assert ["Собеседование позади" in page, "Первая встреча: как слушать" in page, "Волнуется" in page] == [
        True,
        True,
        False,
    ]
    assert ([row.training for row in part.coming], len(part.held)) == ([coming], 1)


@pytest.mark.parametrize("is_consented", [True, False])
def test_the_panel_is_there_while_the_consent_is_in_force(cycle: Cycle, is_consented: bool) -> None:
    enrolment = mentor_of(cycle, "Дубинин")
    if not is_consented:
        enrolment.person.consents.all().delete()

    assert (paint_preparation(enrolment.person, TODAY) is not None) == is_consented
