"""Interviews with mentors: written down after the consent, moving the part, mended and removed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.models import Event, Role
from participants import leaving
from participants.models import Enrolment, EnrolmentState, Interview, InterviewOutcome
from participants.services.interviews import change_interview, record_interview, remove_interview
from tests.factories import EnrolmentFactory, InterviewFactory, actor_of, cleared_enrolment

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
TODAY = timezone.localdate()
PASSED, AGAIN, REFUSED = InterviewOutcome


def curator_of(enrolment: Enrolment) -> Actor:
    return actor_of(school=enrolment.person.school)


def held(enrolment: Enrolment, outcome: InterviewOutcome, on: date = TODAY) -> Interview:
    return record_interview(enrolment=enrolment, held_on=on, outcome=outcome, by=curator_of(enrolment))


def state_of(enrolment: Enrolment) -> tuple[str, bool]:
    """The state, and whether the person is out of the year."""
    enrolment.refresh_from_db()
    return enrolment.state, enrolment.left_on is not None


@pytest.mark.parametrize(
    ("outcome", "before", "after"),
    [
        (PASSED, EnrolmentState.ENROLLED, ("interviewed", False)),
        (AGAIN, EnrolmentState.ENROLLED, ("enrolled", False)),
        (REFUSED, EnrolmentState.ENROLLED, ("refused", True)),
        (AGAIN, EnrolmentState.INTERVIEWED, ("enrolled", False)),
        (AGAIN, EnrolmentState.READY, ("enrolled", False)),
        (PASSED, EnrolmentState.READY, ("ready", False)),
        (REFUSED, EnrolmentState.READY, ("refused", True)),
    ],
)
def test_the_outcome_moves_the_mentor(outcome: InterviewOutcome, before: str, after: tuple[str, bool]) -> None:
    enrolment = cleared_enrolment(mentor=True, state=before)

    interview = held(enrolment, outcome)

    assert state_of(enrolment) == after
    moves = Event.objects.filter(verb="move", thing=f"enrolment:{enrolment.pk}")
    assert [event.detail for event in moves] == ([{"interview": interview.pk}] if after[0] != before else [])


def test_the_last_by_its_day_decides() -> None:
    enrolment = cleared_enrolment(mentor=True)
    held(enrolment, PASSED)

    held(enrolment, AGAIN, TODAY - timedelta(days=7))

    assert state_of(enrolment) == ("interviewed", False)


@pytest.mark.parametrize("state", [EnrolmentState.PAUSED, EnrolmentState.LEFT, EnrolmentState.REFUSED])
def test_who_pauses_or_is_out_is_not_interviewed(state: EnrolmentState) -> None:
    out = {} if state == EnrolmentState.PAUSED else {"left_on": TODAY}
    enrolment = cleared_enrolment(mentor=True, state=state, **out)

    with pytest.raises(DomainError, match="сначала верните"):
        held(enrolment, PASSED)

    assert Interview.objects.count() == 0


def test_nothing_is_written_before_the_consent_of_a_mentee_or_of_days_to_come() -> None:
    for enrolment, on, words in (
        (EnrolmentFactory(mentor=True), TODAY, "пока согласие не действует"),
        (cleared_enrolment(), TODAY, "с наставниками"),
        (cleared_enrolment(mentor=True), TODAY + timedelta(days=2), "ещё не наступил"),
    ):
        with pytest.raises(DomainError, match=words):
            held(enrolment, PASSED, on)

    assert Interview.objects.count() == 0


def test_a_refusal_waits_for_the_end_of_the_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    enrolment = cleared_enrolment(mentor=True)
    monkeypatch.setattr(leaving, "_holders", [lambda row: "Сначала завершите пару."])

    with pytest.raises(DomainError, match="завершите пару"):
        held(enrolment, REFUSED)

    assert (state_of(enrolment), Interview.objects.count()) == (("enrolled", False), 0)


def test_what_was_entered_for_another_is_mended_or_taken_away() -> None:
    enrolment = cleared_enrolment(mentor=True)
    by, first = curator_of(enrolment), held(enrolment, PASSED, TODAY - timedelta(days=7))
    second = held(enrolment, REFUSED)
    states = [state_of(enrolment)]

    change_interview(
        interview=second, held_on=TODAY, outcome=AGAIN, is_with_psychologist=True, note=" Волнуется ", by=by
    )
    states.append(state_of(enrolment))
    remove_interview(interview=second, by=by)
    states.append(state_of(enrolment))
    remove_interview(interview=first, by=by)
    states.append(state_of(enrolment))

    assert states == [("refused", True), ("enrolled", False), ("interviewed", False), ("enrolled", False)]


def test_the_word_of_the_curator_ends_with_the_interview_it_rested_on() -> None:
    enrolment = cleared_enrolment(mentor=True, state=EnrolmentState.READY)
    interview = InterviewFactory(enrolment=enrolment)

    remove_interview(interview=interview, by=curator_of(enrolment))

    assert state_of(enrolment) == ("enrolled", False)


# ---------------------------------------------------------------- pages


def filled(**columns: Any) -> dict[str, Any]:
    return {"held_on": TODAY.isoformat(), "outcome": "passed", "note": "Готов начать"} | columns


def test_one_sending_makes_one_interview(log_in: LogIn) -> None:
    enrolment = cleared_enrolment(mentor=True)
    browser, page = log_in(curator_of(enrolment)), f"/participants/parts/{enrolment.pk}/interview/"

    answers = [browser.post(page, filled(once="one")) for _ in range(2)]
    card = browser.get(f"/participants/{enrolment.person_id}/").content.decode()

    assert [answer["Location"] for answer in answers] == [f"/participants/{enrolment.person_id}/"] * 2
    assert (Interview.objects.count(), "Готов начать" in card) == (1, True)


def test_a_wrong_day_is_said_so_and_the_note_is_kept(log_in: LogIn) -> None:
    enrolment = cleared_enrolment(mentor=True)
    tomorrow = (TODAY + timedelta(days=2)).isoformat()

    answer = log_in(curator_of(enrolment)).post(
        f"/participants/parts/{enrolment.pk}/interview/", filled(held_on=tomorrow)
    )

    page = answer.content.decode()
    assert (answer.status_code, "ещё не наступил" in page, "Готов начать</textarea>" in page) == (400, True, True)


@pytest.mark.parametrize("enrol", [lambda: EnrolmentFactory(mentor=True), cleared_enrolment])
def test_where_none_can_be_written_down_there_is_no_form(log_in: LogIn, enrol: Callable[[], Enrolment]) -> None:
    enrolment = enrol()
    browser, page = log_in(curator_of(enrolment)), f"/participants/parts/{enrolment.pk}/interview/"

    shown, sent = browser.get(page), browser.post(page, filled())

    assert ("<textarea" in shown.content.decode(), sent.status_code, Interview.objects.count()) == (False, 400, 0)


def test_the_note_is_for_the_curator_alone(log_in: LogIn) -> None:
    interview = InterviewFactory(enrolment=cleared_enrolment(mentor=True), note="Просит помладше")
    school, person = interview.enrolment.person.school, interview.enrolment.person_id

    cards = [
        log_in(actor_of(role, school)).get(f"/participants/{person}/").content.decode()
        for role in (Role.CURATOR, Role.ADMINISTRATOR)
    ]

    assert [("Просит помладше" in card, "5 октября 2026" in card.replace("\u00a0", " ")) for card in cards] == [
        (True, True),
        (False, True),
    ]


def test_an_interview_is_changed_and_removed_on_its_page(log_in: LogIn) -> None:
    interview = InterviewFactory(enrolment=cleared_enrolment(mentor=True))
    browser, page = log_in(curator_of(interview.enrolment)), f"/participants/interviews/{interview.pk}/"

    browser.post(page, filled(outcome="again", is_with_psychologist="on"))
    interview.refresh_from_db()
    browser.post(f"{page}remove/")

    assert (interview.outcome, interview.is_with_psychologist, interview.note) == ("again", True, "Готов начать")
    assert Interview.objects.count() == 0
