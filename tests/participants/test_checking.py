"""Checking a consent: what the curator saw decides, others are dropped, and who was late is told so."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from core.errors import DomainError, TransitionRefused
from core.models import Event
from participants.models import Consent, ConsentState
from participants.services.checking import accept_consent, accept_on_paper, return_consent
from tests.factories import ConsentFactory, GuardianshipFactory, actor_of
from tests.participants.asked import pupil, school_with_texts, teacher

pytestmark = pytest.mark.django_db


def states() -> list[str]:
    return list(Consent.objects.order_by("pk").values_list("state", flat=True))


def moves_of(consent: Consent) -> list[tuple[str, str, str]]:
    rows = Event.objects.filter(thing=f"consent:{consent.pk}", verb="move").order_by("number")
    return list(rows.values_list("from_state", "to_state", "actor"))


def test_an_accepted_copy_puts_the_consent_in_force_and_drops_what_other_parents_were_asked() -> None:
    school = school_with_texts()
    by = actor_of(school=school)
    person = pupil(school)
    consent = ConsentFactory(person=person, sent=True)
    ConsentFactory(person=person)
    ConsentFactory(person=person, returned=True)
    ConsentFactory(person=person, declined=True)
    ConsentFactory(person=person, guardian=consent.guardian, cancelled=True)
    ConsentFactory(person__school=school)

    accept_consent(consent=consent, seen=1, by=by)

    consent.refresh_from_db()
    assert states() == ["in_force", "cancelled", "cancelled", "declined", "cancelled", "asked"]
    assert (consent.decided_by, consent.decided_at is not None, consent.ended_at) == (by.user, True, None)
    assert moves_of(consent) == [("sent", "in_force", by.pseudonym)]


def test_the_other_paper_of_an_employee_is_left_as_it_is() -> None:
    school = school_with_texts()
    person = teacher(school, of_employees=True)
    processing = ConsentFactory(person=person, own=True, sent=True)
    ConsentFactory(person=person, labour=True)

    accept_consent(consent=processing, seen=1, by=actor_of(school=school))

    assert states() == ["in_force", "asked"]


def test_a_decision_about_a_copy_that_was_replaced_is_refused_and_changes_nothing() -> None:
    by = actor_of()
    consent = ConsentFactory(person__school=by.school, sent=True, attempt=2)

    for decide in (
        lambda: accept_consent(consent=consent, seen=1, by=by),
        lambda: return_consent(consent=consent, seen=1, reason="unreadable", by=by),
    ):
        with pytest.raises(DomainError, match="пришла новая копия"), transaction.atomic():
            decide()
    assert (states(), Event.objects.count()) == (["sent"], 0)


@pytest.mark.parametrize("state", ["in_force", "returned", "declined", "cancelled", "withdrawn", "expired"])
def test_what_is_decided_already_is_not_decided_again(state: str) -> None:
    by = actor_of()
    consent = ConsentFactory(person__school=by.school, **{state: True})

    with pytest.raises(TransitionRefused, match="решение уже принято"), transaction.atomic():
        accept_consent(consent=consent, seen=consent.attempt, by=by)

    assert states() == [state]


@pytest.mark.parametrize("state", ["asked", "sent", "returned"])
def test_a_paper_handed_over_is_enough_in_every_open_state(state: str) -> None:
    by = actor_of()
    consent = ConsentFactory(person__school=by.school, **({state: True} if state != "asked" else {}))

    accept_on_paper(consent=consent, on=timezone.localdate(), place="Сейф", by=by)

    consent.refresh_from_db()
    assert (consent.state, consent.reason, consent.decided_by) == ("in_force", "", by.user)


@pytest.mark.parametrize("state", ["accepted", "contested", "in_force", "declined", "cancelled", "withdrawn"])
def test_a_paper_handed_over_decides_nothing_that_is_decided(state: str) -> None:
    """Least of all does it settle what two guardians disagree on."""
    by = actor_of()
    consent = ConsentFactory(person__school=by.school, **{state: True})

    with pytest.raises(TransitionRefused, match="решение уже принято"), transaction.atomic():
        accept_on_paper(consent=consent, on=timezone.localdate(), place="Сейф", by=by)

    assert (states(), Consent.objects.get().original_place) == ([state], "")


@pytest.mark.parametrize(
    ("days", "place", "words"),
    [(0, "  ", "где хранится бумага"), (1, "Сейф", "ещё не наступил"), (-3, "Сейф", "раньше, чем согласие запросили")],
)
def test_a_paper_handed_over_has_a_place_and_a_day_that_can_be(days: int, place: str, words: str) -> None:
    by = actor_of()
    consent = ConsentFactory(person__school=by.school)

    with pytest.raises(DomainError, match=words), transaction.atomic():
        accept_on_paper(consent=consent, on=timezone.localdate() + timedelta(days=days), place=place, by=by)

    assert states() == ["asked"]


def test_a_form_whose_term_is_over_is_not_accepted() -> None:
    by = actor_of()
    yesterday = timezone.localdate() - timedelta(days=1)
    consent = ConsentFactory(person__school=by.school, sent=True, expires_on=yesterday)

    with pytest.raises(DomainError, match="Срок на этом бланке закончился"), transaction.atomic():
        accept_consent(consent=consent, seen=1, by=by)

    assert states() == ["sent"]


def test_a_ready_reason_is_kept_in_russian_and_free_words_as_they_are_put() -> None:
    by = actor_of()
    ready, free = (ConsentFactory(person__school=by.school, sent=True) for _ in range(2))
    for consent in (ready, free):
        GuardianshipFactory(minor=consent.person, guardian=consent.guardian)

    with translation.override("en"):
        return_consent(consent=ready, seen=1, reason="not_filled", by=by)
        return_consent(consent=free, seen=1, reason="  Нет\n второй   страницы ", by=by)

    reasons = [row.reason for row in Consent.objects.order_by("pk")]
    assert (states(), reasons) == (["returned"] * 2, ["Заполнены не все строки", "Нет второй страницы"])


def test_a_copy_is_not_sent_back_without_a_reason() -> None:
    by = actor_of()
    consent = ConsentFactory(person__school=by.school, sent=True)

    with pytest.raises(DomainError, match="почему копия возвращается"):
        return_consent(consent=consent, seen=1, reason=" \n", by=by)

    assert states() == [ConsentState.SENT]
