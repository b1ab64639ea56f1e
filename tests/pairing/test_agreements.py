"""Both sides of a proposed pair are asked, answer, and are heard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError
from core.models import Role
from core.notices import send_due_notices
from pairing.models import Agreement, AgreementState, Match, MatchState
from pairing.services.agreements import answer_agreement, ask_sides
from pairing.services.matches import approve_match
from participants.models import ConsentState, Guardianship
from tests.factories import GuardianFactory, GuardianshipFactory, MatchFactory, actor_of
from tests.pairing.school_of_pairs import administrator_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR)


@pytest.fixture
def match(curator: Actor) -> Match:
    row: Match = MatchFactory(school=curator.school)
    guardian = GuardianFactory(school=curator.school, email="mother@home.test")
    Guardianship.objects.filter(minor=row.mentee.person).delete()
    GuardianshipFactory(minor=row.mentee.person, guardian=guardian)
    return row


def asked(match: Match, curator: Actor) -> dict[int, Agreement]:
    return {row.enrolment_id: row for row in ask_sides(matches=[match], by=curator)}


def test_both_sides_are_asked_once_and_the_guardian_gets_a_letter(match: Match, curator: Actor) -> None:
    found = asked(match, curator)
    again = ask_sides(matches=[match], by=curator)

    send_due_notices()

    [letter] = [letter for letter in mail.outbox if letter.to == ["mother@home.test"]]
    assert (set(found), again) == ({match.mentee_id, match.mentor_id}, [])
    assert "согласны ли вы" in letter.body
    assert match.mentor.person.surname not in letter.body
    assert match.mentee.person.surname not in letter.body


def test_no_letter_goes_out_once_the_question_is_answered(match: Match, curator: Actor) -> None:
    row = asked(match, curator)[match.mentee_id]
    answer_agreement(agreement=row, agrees=True, note="", by=curator)

    send_due_notices()

    assert [letter for letter in mail.outbox if letter.to == ["mother@home.test"]] == []


def test_a_pair_that_a_side_declined_is_not_approved_until_it_changes_its_mind(match: Match, curator: Actor) -> None:
    row, head = asked(match, curator)[match.mentee_id], administrator_of(curator)
    answer_agreement(agreement=row, agrees=False, note="Не в этом году", by=curator)

    with pytest.raises(DomainError, match="против этой пары"):
        approve_match(match=match, by=head)
    answer_agreement(agreement=row, agrees=True, note="", by=curator)

    assert approve_match(match=match, by=head).state == MatchState.APPROVED


def test_who_has_not_answered_holds_nothing_up(match: Match, curator: Actor) -> None:
    asked(match, curator)

    assert approve_match(match=match, by=administrator_of(curator)).state == MatchState.APPROVED


def test_an_answer_after_the_approval_is_refused(match: Match, curator: Actor) -> None:
    row = asked(match, curator)[match.mentee_id]
    approve_match(match=match, by=administrator_of(curator))

    with pytest.raises(DomainError, match="уже приняли решение"):
        answer_agreement(agreement=row, agrees=False, note="", by=curator)


def test_a_mentor_answers_on_his_page_and_sees_nothing_of_other_pairs(
    log_in: LogIn, match: Match, curator: Actor
) -> None:
    rows = asked(match, curator)
    mentor = actor_of(Role.MENTOR, curator.school)
    match.mentor.person.user = mentor.user
    match.mentor.person.save()
    others = asked(MatchFactory(school=curator.school), curator)
    browser, page = log_in(mentor), f"/pairs/agreements/{rows[match.mentor_id].pk}/"

    home = browser.get("/").content.decode()
    shown = browser.get(page).content.decode()
    browser.post(page, {"agrees": "yes", "note": "С радостью", "once": "a"})

    rows[match.mentor_id].refresh_from_db()
    assert page in home
    assert match.mentee.person.surname in shown
    assert (rows[match.mentor_id].state, rows[match.mentor_id].note) == (AgreementState.AGREED, "С радостью")
    assert [browser.get(f"/pairs/agreements/{row.pk}/").status_code for row in others.values()] == [404, 404]
    assert browser.get(f"/pairs/agreements/{rows[match.mentee_id].pk}/").status_code == 404


def test_no_answer_is_asked_for_once_more_and_the_note_is_kept(log_in: LogIn, match: Match, curator: Actor) -> None:
    row = asked(match, curator)[match.mentee_id]

    answer = log_in(curator).post(f"/pairs/agreements/{row.pk}/", {"note": "Мама звонила"})

    told = answer.content.decode()
    assert answer.status_code == 400
    assert "Выберите один из двух ответов." in told
    assert "Мама звонила" in told
    row.refresh_from_db()
    assert row.state == AgreementState.ASKED


def test_nobody_is_told_of_a_side_whose_consent_has_ended(log_in: LogIn, match: Match, curator: Actor) -> None:
    row = asked(match, curator)[match.mentor_id]
    mentor = actor_of(Role.MENTOR, curator.school)
    match.mentor.person.user = mentor.user
    match.mentor.person.save()
    match.mentee.person.consents.update(state=ConsentState.EXPIRED, ended_at=timezone.now())
    browser, page = log_in(mentor), f"/pairs/agreements/{row.pk}/"

    answers = [browser.get(page).status_code, browser.post(page, {"agrees": "yes"}).status_code]

    assert answers == [404, 404]
    assert page not in browser.get("/").content.decode()


def test_the_answers_stand_beside_the_pair(log_in: LogIn, match: Match, curator: Actor) -> None:
    row = asked(match, curator)[match.mentee_id]
    answer_agreement(agreement=row, agrees=False, note="Далеко ездить", by=curator)

    told = log_in(administrator_of(curator)).get("/pairs/decide/").content.decode()

    assert f"{match.mentee.person.short_name}: против этой пары – Далеко ездить" in told
    assert f"{match.mentor.person.short_name}: спросили, ответа пока нет" in told
