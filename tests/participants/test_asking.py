"""Asking for consents: who is asked, for what, until when, and what he is written."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.tokens import digest
from core.errors import DomainError, TransitionRefused
from core.models import Event, Notice, NoticeState, Role
from core.notices import send_due_notices
from participants.models import Consent, ConsentPurpose, ConsentState, PersonalLink
from participants.services.asking import ask_consents, ask_many, cancel_consent
from participants.services.checking import return_consent
from participants.services.enrolments import end_enrolment
from participants.services.reminding import remind_signer
from tests.factories import ConsentFactory, EnrolmentFactory, GuardianFactory, ProgrammeFactory, actor_of
from tests.participants.asked import pupil, school_with_texts, teacher
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
PROCESSING, MENTOR, LABOUR = ConsentPurpose.PROCESSING, ConsentPurpose.MENTOR, ConsentPurpose.LABOUR


def asked(consents: list[Consent]) -> list[tuple[str, Any, str]]:
    return [(row.purpose, row.guardian, row.state) for row in consents]


def test_every_guardian_of_a_minor_is_asked_for_the_processing_of_data() -> None:
    school = school_with_texts()
    person = pupil(school, guardians=2)
    by = actor_of(school=school)

    consents = ask_consents(person=person, by=by)

    guardians = [bond.guardian for bond in person.guardianships.order_by("guardian_id")]
    assert asked(consents) == [(PROCESSING, guardian, ConsentState.ASKED) for guardian in guardians]
    assert {(row.asked_by, row.text.version, row.attempt, row.paper_id) for row in consents} == {(by.user, 1, 0, None)}
    things = [f"consent:{row.pk}" for row in consents]
    moves = Event.objects.filter(thing__in=things, verb="ask").values_list("to_state", flat=True)
    assert list(moves) == ["asked", "asked"]


def test_an_adult_signs_for_himself_and_an_employee_two_papers() -> None:
    school = school_with_texts()
    of_pupils, of_employees = teacher(school), teacher(school, of_employees=True)
    by = actor_of(school=school)

    assert asked(ask_consents(person=of_pupils, by=by)) == [(MENTOR, None, "asked")]
    assert asked(ask_consents(person=of_employees, by=by)) == [(MENTOR, None, "asked"), (LABOUR, None, "asked")]
    assert Notice.objects.filter(kind="consent-asked").count() == 2


def test_nobody_is_asked_twice_nor_for_what_one_guardian_gave() -> None:
    school = school_with_texts()
    by = actor_of(school=school)
    person, given = pupil(school, guardians=2), pupil(school, guardians=2)
    ConsentFactory(person=given, guardian=given.guardianships.earliest("pk").guardian, in_force=True)

    ask_consents(person=person, by=by)

    assert (ask_consents(person=person, by=by), ask_consents(person=given, by=by)) == ([], [])
    assert Notice.objects.count() == 2


def test_a_second_parent_entered_later_is_asked_alone() -> None:
    school = school_with_texts()
    person = pupil(school)
    by = actor_of(school=school)
    ask_consents(person=person, by=by)
    late = GuardianFactory(school=school)
    person.guardianships.create(guardian=late, authority="father")

    assert asked(ask_consents(person=person, by=by)) == [(PROCESSING, late, "asked")]


def test_a_minor_without_guardians_and_one_without_a_birth_date_are_refused_in_words() -> None:
    school = school_with_texts()
    alone, undated = pupil(school, guardians=0), pupil(school, birth_date=None)
    by = actor_of(school=school)

    consents, refusals = ask_many(people=[alone, undated, pupil(school)], by=by)

    assert len(consents) == 1
    assert [alone.short_name in refusals[0], "нет законного представителя" in refusals[0]] == [True, True]
    assert [undated.short_name in refusals[1], "дату рождения" in refusals[1]] == [True, True]
    assert Consent.objects.count() == 1


def test_it_is_asked_for_until_the_last_day_of_the_programme_else_of_the_academic_year() -> None:
    school = school_with_texts()
    last = timezone.localdate() + timedelta(days=700)
    running = pupil(school)
    programme = ProgrammeFactory(school=school, starts_on=date(2026, 9, 1), ends_on=last)
    EnrolmentFactory(person=running, cycle__programme=programme)
    done = pupil(school)
    done.enrolments.update(state="left", left_on=timezone.localdate())
    by = actor_of(school=school)

    (until_programme,) = ask_consents(person=running, by=by)
    (until_year,) = ask_consents(person=done, by=by)

    today = timezone.localdate()
    assert until_programme.expires_on == last
    assert until_year.expires_on == date(today.year + (today > date(today.year, 8, 31)), 8, 31)


def test_the_letter_names_the_school_the_given_name_and_the_link_and_nothing_more(post_office: PostOffice) -> None:
    school = school_with_texts()
    person = pupil(school, surname="Заречнов", given_name="Гордей", patronymic="Львович", class_name="5 «Г»")
    by = actor_of(school=school)
    (consent,) = ask_consents(person=person, by=by)
    assert consent.guardian is not None

    send_due_notices()

    (letter,) = post_office.letters
    body, link = letter.get_content(), PersonalLink.objects.get()
    token = next(word for word in body.split() if word.startswith(settings.SITE_URL)).rstrip("/").rsplit("/", 1)[1]
    assert (letter["To"], digest(token)) == (consent.guardian.email, link.token_hash)
    assert [word in body for word in (school.name, "Гордей", "законный представитель", by.user.full_name)] == [True] * 4  # type: ignore[union-attr]
    assert [word in body for word in ("Заречнов", "Львович", "5 «Г»", str(person.birth_date))] == [False] * 4
    notice = Notice.objects.get()
    assert (notice.state, notice.secret, notice.payload) == (NoticeState.SENT, None, {"link": link.pk})


def test_an_adult_is_told_of_both_papers_in_one_letter(post_office: PostOffice) -> None:
    school = school_with_texts()
    ask_consents(person=teacher(school, of_employees=True), by=actor_of(school=school))

    send_due_notices()

    (letter,) = post_office.letters
    body = letter.get_content()
    assert ["обработку персональных данных" in body, "351.8" in body, "законный представитель" in body] == [
        True,
        True,
        False,
    ]


def test_a_letter_that_lost_its_meaning_is_not_sent(post_office: PostOffice) -> None:
    school = school_with_texts()
    by = actor_of(school=school)
    (consent,) = ask_consents(person=pupil(school), by=by)
    cancel_consent(consent=consent, by=by)

    send_due_notices()

    assert (post_office.letters, Notice.objects.get().state) == ([], NoticeState.NEEDLESS)


def test_whoever_has_no_address_is_asked_without_a_letter() -> None:
    school = school_with_texts()
    person = pupil(school)
    person.guardianships.earliest("pk").guardian.__class__.objects.update(email="")

    consents = ask_consents(person=person, by=actor_of(school=school))

    assert (len(consents), Notice.objects.count(), PersonalLink.objects.count()) == (1, 0, 0)


def test_reminding_sends_a_new_link_once_a_day() -> None:
    school = school_with_texts()
    by = actor_of(school=school)
    (consent,) = ask_consents(person=pupil(school), by=by)

    with pytest.raises(DomainError, match="За последние сутки"), transaction.atomic():
        remind_signer(consent=consent, by=by)
    PersonalLink.objects.update(created_at=timezone.now() - timedelta(days=1, minutes=1))
    remind_signer(consent=consent, by=by)

    assert Notice.objects.count() == 2
    assert sorted(PersonalLink.objects.values_list("state", flat=True)) == ["open", "revoked"]


def test_nobody_is_reminded_of_what_came_in_nor_without_an_address() -> None:
    school = school_with_texts()
    by = actor_of(school=school)
    father = GuardianFactory(school=school, email="")
    silent = ConsentFactory(person=pupil(school), guardian=father)
    silent.person.guardianships.create(guardian=father, authority="father")

    for consent, words in ((ConsentFactory(sent=True), "уже ничего не ждут"), (silent, "нет адреса")):
        with pytest.raises(DomainError, match=words), transaction.atomic():
            remind_signer(consent=consent, by=by)


@pytest.mark.parametrize("state", ["sent", "returned"])
def test_what_is_open_can_be_cancelled_and_what_is_decided_cannot(state: str) -> None:
    by = actor_of()
    consent = ConsentFactory(person__school=by.school, **{state: True})

    cancel_consent(consent=consent, by=by)

    consent.refresh_from_db()
    assert (consent.state, consent.ended_at is not None) == (ConsentState.CANCELLED, True)
    for decided in ("in_force", "contested"):
        with pytest.raises(TransitionRefused):
            cancel_consent(consent=ConsentFactory(**{decided: True}), by=by)


def test_whoever_leaves_is_asked_no_longer_for_what_that_part_alone_wanted() -> None:
    school = school_with_texts()
    by = actor_of(school=school)
    person = pupil(school, guardians=2)
    mentee = person.enrolments.get()
    mentor = EnrolmentFactory(person=person, mentor=True, cycle=mentee.cycle)
    asked = ask_consents(person=person, by=by)
    came = asked[0]
    Consent.objects.filter(pk=came.pk).update(state="sent", attempt=1, sent_at=timezone.now())

    end_enrolment(enrolment=mentee, by=by)
    after_one = {(row.purpose, row.state) for row in Consent.objects.exclude(pk=came.pk)}
    end_enrolment(enrolment=mentor, by=by)

    assert after_one == {("processing", "cancelled"), ("mentor", "asked")}
    assert sorted(Consent.objects.values_list("state", flat=True)) == ["cancelled"] * 3 + ["sent"]


def test_the_letter_of_a_return_tells_a_ready_reason_and_keeps_free_words_to_the_page(post_office: PostOffice) -> None:
    school = school_with_texts()
    by = actor_of(Role.CURATOR, school)
    for reason in ("no_signature", "Впишите отчество Эльвиры Карловны"):
        person = pupil(school)
        guardian = person.guardianships.earliest("pk").guardian
        consent = ConsentFactory(person=person, guardian=guardian, sent=True)
        return_consent(consent=consent, seen=1, reason=reason, by=by)

    send_due_notices()

    ready, free = [letter.get_content() for letter in post_office.letters]
    assert ["Причина: нет подписи или даты." in ready, settings.SITE_URL in ready] == [True, True]
    assert ["на вашей странице" in free, "Эльвиры" in free] == [True, False]


def test_the_letter_of_a_return_is_needless_once_a_new_copy_came(post_office: PostOffice) -> None:
    school = school_with_texts()
    person = pupil(school)
    consent = ConsentFactory(person=person, guardian=person.guardianships.earliest("pk").guardian, sent=True)
    return_consent(consent=consent, seen=1, reason="unreadable", by=actor_of(school=school))
    Consent.objects.filter(pk=consent.pk).update(state="sent", attempt=2)

    send_due_notices()

    assert post_office.letters == []
