"""A part in the year moves: pause and return, the curator's word, the end with its results, and what the card tells of it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.models import Event
from participants import leaving
from participants.models import Enrolment, EnrolmentState, Side
from participants.reasons import MoveReason
from participants.register.closing import PER_PAGE
from participants.register.history import histories_of
from participants.services.enrolments import (
    end_enrolment,
    enrol_person,
    pause_enrolment,
    resume_enrolment,
    return_enrolment,
)
from participants.services.finishing import finish_enrolment, finish_enrolments, write_results
from participants.services.interviews import record_interview
from participants.services.trainings import mark_ready
from tests.factories import (
    CycleFactory,
    EnrolmentFactory,
    MentoringFormFactory,
    PersonFactory,
    RegisterRulesFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.test_person_list import this_year

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
TODAY = timezone.localdate()


def curator_of(enrolment: Enrolment) -> Actor:
    return actor_of(school=enrolment.person.school)


def state_of(enrolment: Enrolment) -> str:
    enrolment.refresh_from_db()
    return enrolment.state


def ready_mentor() -> Enrolment:
    enrolment = cleared_enrolment(mentor=True)
    mark_ready(enrolment=enrolment, by=curator_of(enrolment))
    return enrolment


@pytest.mark.parametrize("state", [EnrolmentState.ENROLLED, EnrolmentState.INTERVIEWED, EnrolmentState.READY])
def test_after_a_pause_one_stands_where_one_stood_before(state: EnrolmentState) -> None:
    enrolment = cleared_enrolment(mentor=True, state=state)
    by = curator_of(enrolment)

    pause_enrolment(enrolment=enrolment, reason=MoveReason.AWAY, by=by)
    paused = state_of(enrolment)
    resume_enrolment(enrolment=enrolment, by=by)

    assert (paused, state_of(enrolment)) == ("paused", state)
    assert Event.objects.filter(verb="move", to_state="paused").get().detail == {"reason": "away"}


def test_nobody_pauses_twice_and_only_who_pauses_goes_on() -> None:
    enrolment = EnrolmentFactory()
    by = curator_of(enrolment)
    with pytest.raises(TransitionRefused):
        resume_enrolment(enrolment=enrolment, by=by)
    pause_enrolment(enrolment=enrolment, reason=MoveReason.TIME, by=by)

    with pytest.raises(TransitionRefused):
        pause_enrolment(enrolment=enrolment, reason=MoveReason.TIME, by=by)

    assert state_of(enrolment) == "paused"


def test_the_word_that_a_mentor_is_ready_keeps_what_was_known() -> None:
    enrolment = ready_mentor()

    detail = Event.objects.get(verb="move", to_state="ready").detail

    assert (state_of(enrolment), detail) == ("ready", {"interview": 0, "came": 0, "held": 0})


def test_a_mentee_is_not_prepared() -> None:
    enrolment = cleared_enrolment()

    with pytest.raises(DomainError, match="только наставник"):
        mark_ready(enrolment=enrolment, by=curator_of(enrolment))


def test_the_end_has_its_day_results_and_mark() -> None:
    enrolment = cleared_enrolment(entered_on=TODAY - timedelta(days=90))
    on = TODAY - timedelta(days=1)

    finish_enrolment(
        enrolment=enrolment,
        on=on,
        results=" Выступил на конференции ",
        case_url="https://school.test/case/",
        is_passed=True,
        by=curator_of(enrolment),
    )

    assert (state_of(enrolment), enrolment.left_on, enrolment.results) == ("finished", on, "Выступил на конференции")
    assert (enrolment.case_url, enrolment.is_passed) == ("https://school.test/case/", True)


@pytest.mark.parametrize(("days", "words"), [(1, "ещё не наступил"), (-100, "раньше вхождения")])
def test_a_day_outside_the_time_in_the_programme_is_no_end(days: int, words: str) -> None:
    enrolment = cleared_enrolment(entered_on=TODAY - timedelta(days=90))

    with pytest.raises(DomainError, match=words):
        finish_enrolment(enrolment=enrolment, on=TODAY + timedelta(days=days), by=curator_of(enrolment))

    assert state_of(enrolment) == "enrolled"


def test_without_a_consent_the_year_ends_and_nothing_is_written_of_it() -> None:
    enrolment = EnrolmentFactory()
    by = curator_of(enrolment)

    with pytest.raises(DomainError, match="пока согласие не действует"):
        finish_enrolment(enrolment=enrolment, on=TODAY, results="Стал увереннее", by=by)
    finish_enrolment(enrolment=enrolment, on=TODAY, by=by)

    assert (state_of(enrolment), enrolment.results, enrolment.is_passed) == ("finished", "", None)


def test_nobody_who_is_held_by_a_pair_finishes(monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment = cleared_enrolment()
    monkeypatch.setattr(leaving, "_holders", [lambda row: "Сначала завершите пару."])

    with pytest.raises(DomainError, match="завершите пару"):
        finish_enrolment(enrolment=enrolment, on=TODAY, by=curator_of(enrolment))

    assert state_of(enrolment) == "enrolled"


def test_many_finish_together_and_those_without_a_consent_have_no_mark() -> None:
    told = cleared_enrolment()
    untold = EnrolmentFactory(person__school=told.person.school)
    left = EnrolmentFactory(person__school=told.person.school, left=True)

    ended = finish_enrolments(enrolments=[told, untold, left], on=TODAY, is_passed=True, by=curator_of(told))

    assert (ended.count, sum(ended.refusals.values())) == (2, 1)
    assert [(state_of(row), row.is_passed) for row in (told, untold)] == [("finished", True), ("finished", None)]


def test_results_are_mended_after_the_end() -> None:
    enrolment = cleared_enrolment()
    by = curator_of(enrolment)
    finish_enrolment(enrolment=enrolment, on=TODAY, results="Стал увереннее", is_passed=True, by=by)
    entered_on = TODAY - timedelta(days=30)

    write_results(
        enrolment=enrolment, results="Подтянул физику", case_url="", is_passed=False, entered_on=entered_on, by=by
    )

    assert (state_of(enrolment), enrolment.results, enrolment.is_passed) == ("finished", "Подтянул физику", False)
    assert enrolment.entered_on == entered_on


def test_the_day_of_entering_is_today_unless_another_is_given() -> None:
    person = PersonFactory()
    cycle = CycleFactory(programme__school=person.school)
    by, day = actor_of(school=person.school), date(2026, 9, 15)
    forms = MentoringFormFactory.create_batch(2, school=person.school)

    one = enrol_person(person=person, cycle=cycle, side=Side.MENTEE, form=forms[0], by=by)
    two = enrol_person(person=person, cycle=cycle, side=Side.MENTEE, form=forms[1], entered_on=day, by=by)

    assert (one.entered_on, two.entered_on) == (timezone.localdate(timezone=person.school.zone), day)


@pytest.mark.parametrize(
    ("years", "side", "is_taken"), [(9, "mentee", False), (10, "mentee", True), (9, "mentor", True)]
)
def test_the_school_says_from_which_age_it_takes_mentees(years: int, side: str, is_taken: bool) -> None:
    person = PersonFactory(birth_date=TODAY.replace(day=1) - timedelta(days=years * 366))
    where: dict[str, Any] = {
        "cycle": CycleFactory(programme__school=person.school),
        "form": MentoringFormFactory(school=person.school),
        "by": actor_of(school=person.school),
    }

    if is_taken:
        enrol_person(person=person, side=side, **where)
    else:
        with pytest.raises(DomainError, match="с 10 лет"):
            enrol_person(person=person, side=side, **where)
        RegisterRulesFactory(school=person.school, least_age=7)
        enrol_person(person=person, side=side, **where)

    assert person.enrolments.count() == 1


def test_a_mentor_who_had_passed_his_interview_comes_back_with_it() -> None:
    enrolment = cleared_enrolment(mentor=True)
    by = curator_of(enrolment)
    record_interview(enrolment=enrolment, held_on=TODAY, outcome="passed", by=by)  # type: ignore[arg-type]
    end_enrolment(enrolment=enrolment, reason=MoveReason.WISH, by=by)

    return_enrolment(enrolment=enrolment, by=by)

    assert state_of(enrolment) == "interviewed"


def test_the_history_says_who_moved_what_and_why() -> None:
    enrolment = ready_mentor()
    by = curator_of(enrolment)
    pause_enrolment(enrolment=enrolment, reason=MoveReason.TIME, by=by)
    resume_enrolment(enrolment=enrolment, by=by)

    steps = histories_of([enrolment], enrolment.person.school)[enrolment.pk]

    assert [(step.words, step.why) for step in steps] == [
        ("пауза закончена: обучен и готов", ""),
        ("на паузе", "не хватает времени"),
        ("обучен и готов", "без собеседования, занятий посещено: 0 из 0"),
    ]
    assert by.user
    assert steps[0].who == by.user.full_name


# ---------------------------------------------------------------- pages


def test_pausing_asks_why_and_the_card_ends_it(log_in: LogIn) -> None:
    enrolment = cleared_enrolment()
    browser, page = log_in(curator_of(enrolment)), f"/participants/parts/{enrolment.pk}"

    bare = browser.post(f"{page}/pause/")
    paused = browser.post(f"{page}/pause/", {"reason": "away"}, follow=True).content.decode()
    on = browser.post(f"{page}/resume/", follow=True).content.decode()

    assert bare.status_code == 400
    assert ["Закончить паузу" in text for text in (paused, on)] == [True, False]
    assert "временно в отъезде" in paused


def test_a_reason_that_is_not_offered_is_refused(log_in: LogIn) -> None:
    enrolment = cleared_enrolment()

    answer = log_in(curator_of(enrolment)).post(f"/participants/parts/{enrolment.pk}/pause/", {"reason": "withdrawn"})

    assert (answer.status_code, state_of(enrolment)) == (400, "enrolled")


def test_the_year_is_finished_on_its_page_and_the_results_are_mended_on_theirs(log_in: LogIn) -> None:
    enrolment = cleared_enrolment()
    browser, page = log_in(curator_of(enrolment)), f"/participants/parts/{enrolment.pk}"

    wrong = browser.post(f"{page}/finish/", {"on": "", "results": "Стал увереннее"})
    browser.post(f"{page}/finish/", {"on": TODAY.isoformat(), "results": "Стал увереннее", "is_passed": "yes"})
    again = browser.get(f"{page}/finish/")
    shown = browser.get(f"{page}/results/").content.decode()
    browser.post(f"{page}/results/", {"results": "Подтянул физику", "is_passed": ""})

    assert (wrong.status_code, "Стал увереннее</textarea>" in wrong.content.decode()) == (400, True)
    assert (again["Location"], "Стал увереннее</textarea>" in shown) == (f"{page}/results/", True)
    assert (state_of(enrolment), enrolment.results, enrolment.is_passed) == ("finished", "Подтянул физику", None)


def test_a_case_that_is_no_address_of_a_page_is_refused(log_in: LogIn) -> None:
    enrolment = cleared_enrolment()

    answer = log_in(curator_of(enrolment)).post(
        f"/participants/parts/{enrolment.pk}/results/", {"case_url": "javascript:alert(1)"}
    )

    assert (answer.status_code, state_of(enrolment), enrolment.case_url) == (400, "enrolled", "")


def test_before_the_consent_the_results_are_not_asked_for(log_in: LogIn) -> None:
    enrolment = EnrolmentFactory()
    browser, page = log_in(curator_of(enrolment)), f"/participants/parts/{enrolment.pk}/finish/"

    shown = browser.get(page).content.decode()
    browser.post(page, {"on": TODAY.isoformat(), "results": "Стал увереннее"})

    assert ('name="results"' in shown, state_of(enrolment), enrolment.results) == (False, "finished", "")


def test_the_word_is_given_on_the_card(log_in: LogIn) -> None:
    enrolment = cleared_enrolment(mentor=True)
    browser = log_in(curator_of(enrolment))

    before = browser.get(f"/participants/{enrolment.person_id}/").content.decode()
    browser.post(f"/participants/parts/{enrolment.pk}/ready/")
    again = browser.post(f"/participants/parts/{enrolment.pk}/ready/", follow=True).content.decode()

    assert "Собеседование ещё не пройдено" in before
    assert (state_of(enrolment), "Это уже кто-то изменил" in again) == ("ready", True)


def test_the_year_is_finished_for_all_who_are_ticked(log_in: LogIn) -> None:
    one = cleared_enrolment()
    cycle = this_year(one.person.school)
    Enrolment.objects.filter(pk=one.pk).update(cycle=cycle)
    two = EnrolmentFactory(person__school=one.person.school, cycle=cycle, mentor=True)
    goes_on = EnrolmentFactory(person__school=one.person.school, cycle=cycle)
    foreign = EnrolmentFactory()
    browser, page = log_in(curator_of(one)), "/participants/finish/"
    sent = {"on": TODAY.isoformat(), "is_passed": "yes", "part": [one.pk, two.pk, foreign.pk]}

    shown = browser.get(page).content.decode()
    nobody = browser.post(page, {"on": TODAY.isoformat()})
    no_day = browser.post(page, sent | {"on": ""})
    answers = [browser.post(page, sent | {"once": "one"}, follow=True) for _ in range(2)]

    assert [answer.redirect_chain for answer in answers] == [[(page, 302)]] * 2
    assert [row.person.full_name in shown for row in (one, two, goes_on, foreign)] == [True, True, True, False]
    assert (nobody.status_code, no_day.status_code, f'value="{one.pk}"' in no_day.content.decode()) == (400, 400, True)
    assert "Год завершён для 2 участников" in answers[0].content.decode()
    assert [state_of(row) for row in (one, two, goes_on, foreign)] == ["finished", "finished", "enrolled", "enrolled"]
    assert (one.is_passed, two.is_passed) == (True, None)


def test_a_long_year_is_finished_page_by_page_and_one_stays_where_one_was(log_in: LogIn) -> None:
    first = EnrolmentFactory()
    cycle = first.cycle
    for _ in range(PER_PAGE):
        EnrolmentFactory(person__school=first.person.school, cycle=cycle, form=first.form)
    browser = log_in(curator_of(first))
    page = f"/participants/finish/?cycle={cycle.pk}&page=2"

    pages = [browser.get(f"/participants/finish/?cycle={cycle.pk}&page={n}").content.decode() for n in "12"]
    last = Enrolment.objects.order_by("-side", "-person__sort_key", "-pk")[0]
    answer = browser.post(page, {"on": TODAY.isoformat(), "part": [last.pk], "once": "one"})

    assert [text.count('name="part"') for text in pages] == [PER_PAGE, 1]
    assert f'href="?cycle={cycle.pk}&amp;page=2"' in pages[0]
    assert (answer["Location"], state_of(last)) == (page, "finished")
    assert browser.get(page).content.decode().count('name="part"') == PER_PAGE
