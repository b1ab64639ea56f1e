"""The life of a consent after it was given: two guardians who disagree, the paper, a mistake, a renewal, full age."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.utils import timezone

from core.actors import Actor
from core.errors import DomainError, TransitionRefused
from core.models import Event, Notice, Role
from core.notices import send_due_notices
from participants import hanging
from participants.models import (
    Consent,
    ConsentRoute,
    Destruction,
    EnrolmentState,
    Person,
    RegisterRules,
)
from participants.services.asking import ask_consents
from participants.services.checking import accept_consent, accept_on_paper, return_consent
from participants.services.conflicts import contest_consent, settle_conflict
from participants.services.expiry import end_past_consents
from participants.services.originals import note_original
from participants.services.register import is_cleared
from participants.services.renewal import renew_consent
from participants.services.sending import begin_attempt
from participants.services.withdrawal import decline_consent, invalidate_consent, withdraw_consent
from tests.factories import (
    ConsentFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    ProgrammeFactory,
    SchoolFactory,
    actor_of,
    cleared_enrolment,
)
from tests.participants.asked import pupil, school_with_texts, teacher
from tests.post import PostOffice

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
Stopped = list[tuple[Person, list[int]]]


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> Stopped:
    """Those the use of whose data was stopped, with the parts it rested on."""
    people: Stopped = []
    monkeypatch.setattr(hanging, "_stoppers", [lambda person, parts, by: people.append((person, list(parts)))])
    return people


def two_guardians(first: dict[str, Any], second: dict[str, Any]) -> tuple[Consent, Consent]:
    """What two guardians of one pupil were asked for, each in a state of his own."""
    person = pupil(school_with_texts(), guardians=2)
    one, two = (bond.guardian for bond in person.guardianships.order_by("pk"))
    return ConsentFactory(person=person, guardian=one, **first), ConsentFactory(person=person, guardian=two, **second)


def states() -> list[str]:
    return list(Consent.objects.order_by("pk").values_list("state", flat=True))


# ---------------------------------------------------------------- two guardians


@pytest.mark.parametrize("given", ["in_force", "accepted"])
def test_a_guardian_who_declines_makes_what_another_gave_contested(given: str, stopped: Stopped) -> None:
    first, second = two_guardians({given: True}, {})
    curator = actor_of(school=first.person.school)

    decline_consent(consent=second, reason="Я против", by=curator)

    first.refresh_from_db()
    assert (states(), first.reason) == (["contested", "declined"], "Другой законный представитель отказался.")
    assert (is_cleared(first.person), stopped, Destruction.objects.count()) == (False, [], 0)
    assert list(Notice.objects.values_list("kind", flat=True)) == ["consent-contested"]


def test_a_guardian_who_withdraws_does_not_end_what_another_gave(stopped: Stopped) -> None:
    first, second = two_guardians({"in_force": True}, {"in_force": True})

    withdraw_consent(consent=second, by=actor_of(school=first.person.school))

    assert (states(), is_cleared(first.person), stopped) == (["contested", "withdrawn"], False, [])
    assert first.person.enrolments.get().state == EnrolmentState.ENROLLED


def test_an_only_guardians_withdrawal_stays_one(stopped: Stopped) -> None:
    first, _second = two_guardians({"in_force": True}, {})

    withdraw_consent(consent=first, by=actor_of(school=first.person.school))

    assert (states(), [person for person, _parts in stopped]) == (["withdrawn", "cancelled"], [first.person])
    assert Destruction.objects.get().person == first.person


@pytest.mark.parametrize("said_no", ["declined", "withdrawn"])
def test_a_copy_accepted_against_a_refusal_is_contested_at_once(said_no: str) -> None:
    first, _second = two_guardians({"sent": True}, {said_no: True})

    accept_consent(consent=first, seen=1, by=actor_of(school=first.person.school))

    assert states() == ["contested", said_no]


def test_an_old_refusal_that_was_settled_does_not_come_back_with_a_renewal() -> None:
    first, second = two_guardians({"in_force": True}, {})
    by = actor_of(school=first.person.school)
    decline_consent(consent=second, reason="", by=by)
    settle_conflict(consent=first, keeps=True, reason="Отец согласен", by=by)
    new = ConsentFactory(person=first.person, guardian=first.guardian, sent=True)

    accept_consent(consent=new, seen=1, by=by)

    assert states() == ["replaced", "declined", "in_force"]


def test_a_copy_that_was_sent_back_after_a_refusal_settles_nothing() -> None:
    first, _second = two_guardians({"sent": True}, {"declined": True})
    by = actor_of(school=first.person.school)
    return_consent(consent=first, seen=1, reason="Не видно подписи", by=by)
    first.refresh_from_db()
    begin_attempt(first, ConsentRoute.LINK, by)

    accept_consent(consent=first, seen=2, by=by)

    assert states() == ["contested", "declined"]


def third_guardian(consent: Consent, **columns: Any) -> Consent:
    bond = GuardianshipFactory(minor=consent.person)
    return ConsentFactory(person=consent.person, guardian=bond.guardian, **columns)


@pytest.mark.parametrize("said_no", ["declined", "withdrawn", "cancelled"])
def test_what_a_third_guardian_gives_is_contested_with_what_another_gave(said_no: str) -> None:
    first, _second = two_guardians({"contested": True}, {said_no: True})
    first.reason = "Отец принёс заявление"
    first.save()
    third = third_guardian(first, sent=True)
    fourth = third_guardian(first)
    by = actor_of(school=first.person.school)

    accept_consent(consent=third, seen=1, by=by)
    accept_on_paper(consent=fourth, on=timezone.localdate(), place="Папка 1", by=by)

    assert (states(), is_cleared(first.person)) == (["contested", said_no, "contested", "contested"], False)


def test_an_objection_on_paper_pauses_what_every_guardian_gave() -> None:
    first, _second = two_guardians({"in_force": True}, {"cancelled": True})
    third_guardian(first, in_force=True)
    third_guardian(first, accepted=True)
    third_guardian(first)

    contest_consent(consent=first, reason="Отец принёс заявление", by=actor_of(school=first.person.school))

    assert (states(), is_cleared(first.person)) == (
        ["contested", "cancelled", "contested", "contested", "asked"],
        False,
    )


@pytest.mark.parametrize(("keeps", "state"), [(True, "in_force"), (False, "withdrawn")])
def test_one_decision_settles_whatever_is_contested_of_the_child(keeps: bool, state: str, stopped: Stopped) -> None:
    first, _second = two_guardians({"contested": True}, {"declined": True})
    third_guardian(first, contested=True)
    third_guardian(first, contested=True, expires_on=timezone.localdate() - timedelta(days=1))

    settle_conflict(consent=first, keeps=keeps, reason="Решили", by=actor_of(school=first.person.school))

    assert (states(), len(stopped)) == ([state, "declined", state, "contested"], 0 if keeps else 1)


@pytest.mark.parametrize(("keeps", "state"), [(True, "in_force"), (False, "withdrawn")])
def test_a_person_settles_the_conflict_either_way(keeps: bool, state: str, stopped: Stopped) -> None:
    first, _second = two_guardians({"contested": True}, {"declined": True})
    by = actor_of(school=first.person.school)

    settle_conflict(consent=first, keeps=keeps, reason=" Поговорили\n с обоими ", by=by)

    first.refresh_from_db()
    assert (first.state, first.reason, bool(stopped)) == (state, "Поговорили с обоими", not keeps)
    assert Event.objects.filter(thing=f"consent:{first.pk}", verb="move", to_state=state, actor=by.pseudonym).exists()


def test_a_conflict_is_not_settled_without_a_reason_nor_twice() -> None:
    first, _second = two_guardians({"contested": True}, {"declined": True})
    by = actor_of(school=first.person.school)

    with pytest.raises(DomainError, match="что сказали или решили"):
        settle_conflict(consent=first, keeps=True, reason=" ", by=by)
    settle_conflict(consent=first, keeps=True, reason="Решено", by=by)
    with pytest.raises(DomainError, match="Спора здесь больше нет"), transaction.atomic():
        settle_conflict(consent=first, keeps=False, reason="Ещё раз", by=by)

    assert states() == ["in_force", "declined"]


def test_an_objection_on_paper_pauses_and_needs_another_guardian() -> None:
    first, _second = two_guardians({"in_force": True}, {"cancelled": True})
    lone = ConsentFactory(person=pupil(first.person.school), in_force=True)
    GuardianshipFactory(minor=lone.person, guardian=lone.guardian)
    lone.person.guardianships.exclude(guardian=lone.guardian).delete()
    by = actor_of(school=first.person.school)

    contest_consent(consent=first, reason="Отец принёс заявление", by=by)
    with pytest.raises(DomainError, match="возражать некому"), transaction.atomic():
        contest_consent(consent=lone, reason="Звонок", by=by)

    assert states() == ["contested", "cancelled", "in_force"]


def test_the_letter_about_a_conflict_names_nobody(post_office: PostOffice) -> None:
    first, second = two_guardians({"in_force": True}, {})
    curator = actor_of(school=first.person.school)
    decline_consent(consent=second, reason="", by=curator)

    send_due_notices()

    (letter,) = post_office.letters
    assert (letter["To"], first.person.surname in letter.get_content()) == (curator.user.email, False)  # type: ignore[union-attr]


# ---------------------------------------------------------------- what ends with what


def test_the_labour_consent_takes_the_mentoring_of_employees_alone() -> None:
    school = school_with_texts()
    person = teacher(school, of_employees=True)
    of_employees = person.enrolments.get()
    of_pupils = EnrolmentFactory(person=person, mentor=True, cycle=of_employees.cycle)
    ConsentFactory(person=person, own=True, mentor=True, in_force=True)
    labour = ConsentFactory(person=person, labour=True, in_force=True)

    withdraw_consent(consent=labour, by=actor_of(school=school))

    of_employees.refresh_from_db()
    of_pupils.refresh_from_db()
    assert (of_employees.state, of_pupils.state) == (EnrolmentState.LEFT, EnrolmentState.ENROLLED)
    assert (is_cleared(person), Destruction.objects.count()) == (True, 0)


def test_the_consent_of_a_mentor_takes_no_part_as_mentee(stopped: Stopped) -> None:
    mentee = cleared_enrolment()
    mentor = EnrolmentFactory(person=mentee.person, mentor=True, cycle=mentee.cycle)
    consent = ConsentFactory(person=mentee.person, mentor=True, in_force=True)

    withdraw_consent(consent=consent, by=actor_of(school=mentee.person.school))

    assert stopped == [(mentee.person, [mentor.pk])]
    assert Destruction.objects.get().side == "mentor"


def test_the_withdrawal_of_a_publication_leaves_the_person_in_the_programme(stopped: Stopped) -> None:
    mentee = cleared_enrolment()
    consent = ConsentFactory(person=mentee.person, publish=True, in_force=True)

    withdraw_consent(consent=consent, by=actor_of(school=mentee.person.school))

    assert (stopped, is_cleared(mentee.person), Destruction.objects.count()) == ([], True, 0)


def test_a_new_consent_stops_the_clock_of_the_old_ones_end() -> None:
    first, _second = two_guardians({"in_force": True}, {})
    by = actor_of(school=first.person.school)
    withdraw_consent(consent=first, by=by)
    new = ConsentFactory(person=first.person, guardian=first.guardian, sent=True)

    accept_consent(consent=new, seen=1, by=by)

    assert Destruction.objects.get().state == "lifted"


# ---------------------------------------------------------------- the paper


@pytest.fixture
def wanting(db: None) -> Any:
    """A school in which only the paper puts a consent in force."""
    school = school_with_texts()
    RegisterRules.objects.create(school=school, wants_originals=True)
    return school


def test_an_accepted_copy_waits_for_the_paper_where_the_school_wants_it(wanting: Any) -> None:
    person = pupil(wanting, guardians=2)
    consent, _other = ask_consents(person=person, by=actor_of(school=wanting))
    Consent.objects.filter(pk=consent.pk).update(state="sent", attempt=1, sent_at=timezone.now())
    by = actor_of(school=wanting)

    accept_consent(consent=consent, seen=1, by=by)
    waiting = (states(), is_cleared(person))
    note_original(consent=consent, on=timezone.localdate(), place="  Папка 3,  сейф ", by=by)

    consent.refresh_from_db()
    assert waiting == (["accepted", "asked"], False)
    assert (states(), is_cleared(person)) == (["in_force", "cancelled"], True)
    assert (consent.original_place, consent.original_by, consent.original_on) == (
        "Папка 3, сейф",
        by.user,
        timezone.localdate(),
    )


def test_a_paper_handed_over_is_the_original_and_who_took_it_is_known(wanting: Any) -> None:
    (consent,) = ask_consents(person=pupil(wanting), by=actor_of(school=wanting))
    by = actor_of(school=wanting)

    accept_on_paper(consent=consent, on=timezone.localdate(), place="  Папка 1 ", by=by)

    consent.refresh_from_db()
    assert (consent.state, consent.route, consent.taken_by) == ("in_force", "person", by.user)
    assert (consent.original_by, consent.original_place) == (by.user, "Папка 1")


def test_an_original_has_a_place_and_a_day_that_can_be(wanting: Any) -> None:
    consent = ConsentFactory(person__school=wanting, accepted=True)
    asked = ConsentFactory(person__school=wanting)
    today, by = timezone.localdate(), actor_of(school=wanting)

    for row, on, place, words in (
        (consent, today, " ", "где хранится бумага"),
        (consent, today + timedelta(days=1), "Сейф", "ещё не наступил"),
        (consent, today - timedelta(days=3), "Сейф", "раньше, чем согласие запросили"),
        (asked, today, "Сейф", "не принято"),
    ):
        with pytest.raises(DomainError, match=words), transaction.atomic():
            note_original(consent=row, on=on, place=place, by=by)

    assert states() == ["accepted", "asked"]


def test_a_consent_found_invalid_stops_use_within_ten_working_days(stopped: Stopped) -> None:
    first, _second = two_guardians({"in_force": True}, {})
    by = actor_of(school=first.person.school)

    invalidate_consent(consent=first, reason="Подписала тётя", by=by)

    first.refresh_from_db()
    assert (first.state, first.reason, len(stopped)) == ("invalid", "Подписала тётя", 1)
    assert Destruction.objects.get().ground == "unlawful"
    with pytest.raises(TransitionRefused), transaction.atomic():
        invalidate_consent(consent=first, reason="Ещё раз", by=by)


# ---------------------------------------------------------------- renewal


def ending_soon(days: int = 10) -> Consent:
    """A consent in force that ends soon, of a pupil whose programme goes on for years."""
    person = pupil(school_with_texts())
    programme = ProgrammeFactory(
        school=person.school, starts_on=date(2026, 9, 1), ends_on=timezone.localdate() + timedelta(days=700)
    )
    EnrolmentFactory(person=person, cycle__programme=programme)
    guardian = person.guardianships.get().guardian
    ends = timezone.localdate() + timedelta(days=days)
    return ConsentFactory(person=person, guardian=guardian, in_force=True, expires_on=ends)


def test_a_renewed_consent_takes_the_place_of_the_old_one_and_never_leaves_a_gap() -> None:
    old = ending_soon()
    by = actor_of(school=old.person.school)

    new = renew_consent(consent=old, by=by)
    between = (states(), is_cleared(old.person))
    accept_on_paper(consent=new, on=timezone.localdate(), place="Сейф", by=by)

    new.refresh_from_db()
    assert between == (["in_force", "asked"], True)
    assert (states(), new.expires_on > old.expires_on) == (["replaced", "in_force"], True)


def test_what_is_far_from_its_end_or_asked_already_is_not_renewed() -> None:
    far, near = ending_soon(200), ending_soon()
    by = actor_of(school=near.person.school)
    renew_consent(consent=near, by=by)

    for consent, words in ((far, "ещё далеко"), (near, "уже запрошено заново")):
        with pytest.raises(DomainError, match=words), transaction.atomic():
            renew_consent(consent=consent, by=actor_of(school=consent.person.school))


# ---------------------------------------------------------------- full age


def test_what_a_guardian_signs_ends_on_the_eve_of_the_eighteenth_birthday() -> None:
    school = school_with_texts()
    soon = timezone.localdate() + timedelta(days=100)
    person = pupil(school, birth_date=soon.replace(year=soon.year - 18))

    (consent,) = ask_consents(person=person, by=actor_of(school=school))

    assert consent.expires_on == soon - timedelta(days=1)


def test_on_the_birthday_the_guardians_consent_ends_and_the_person_is_asked(stopped: Stopped) -> None:
    school = school_with_texts()
    person = pupil(school, birth_date=date(2008, 11, 24))
    guardian = person.guardianships.get().guardian
    with time_machine.travel("2026-11-23 12:00:00+03:00", tick=False):
        ConsentFactory(person=person, guardian=guardian, in_force=True, expires_on=date(2027, 8, 31))
        assert end_past_consents() == 0
    with time_machine.travel("2026-11-24 12:00:00+03:00", tick=False):
        assert (end_past_consents(), end_past_consents()) == (1, 0)
        old, new = Consent.objects.order_by("pk")
        clock = Destruction.objects.get()
        accept_on_paper(consent=new, on=timezone.localdate(), place="Сейф", by=actor_of(school=school))

    assert (old.state, new.state, new.guardian, new.text.kind) == ("expired", "asked", None, "adult")
    assert (stopped, clock.ground) == ([], "expired")
    clock.refresh_from_db()
    assert (clock.state, person.enrolments.get().state) == ("lifted", EnrolmentState.ENROLLED)


def test_an_adult_who_declines_what_his_guardian_had_given_leaves(stopped: Stopped) -> None:
    school = school_with_texts()
    person = pupil(school, birth_date=date(2005, 1, 1))
    ConsentFactory(person=person, expired=True)
    own = ConsentFactory(person=person, own=True)

    decline_consent(consent=own, reason="", by=actor_of(school=school))

    assert [who for who, _parts in stopped] == [person]


# ---------------------------------------------------------------- the pages


@pytest.mark.parametrize(
    ("page", "state", "answer", "becomes"),
    [
        ("original", "accepted", {"on": "today", "place": "Сейф"}, "in_force"),
        ("contest", "in_force", {"reason": "Отец против"}, "contested"),
        ("settle", "contested", {"outcome": "keeps", "reason": "Договорились"}, "in_force"),
        ("settle", "contested", {"outcome": "ends", "reason": "Не договорились"}, "withdrawn"),
        ("invalidate", "in_force", {"reason": "Не та подпись"}, "invalid"),
    ],
)
def test_each_step_has_a_page_that_asks_and_keeps_what_was_typed(
    page: str, state: str, answer: dict[str, str], becomes: str, log_in: LogIn
) -> None:
    consent, _second = two_guardians({state: True}, {"declined": True})
    browser = log_in(actor_of(school=consent.person.school))
    url = f"/consents/{consent.pk}/{page}/"
    answer = {name: str(timezone.localdate()) if value == "today" else value for name, value in answer.items()}

    shown = browser.get(url)
    empty = browser.post(url, dict.fromkeys(answer, ""))
    done = browser.post(url, answer)

    consent.refresh_from_db()
    assert (shown.status_code, empty.status_code, done.status_code) == (200, 400, 302)
    assert (consent.state, done.url) == (becomes, f"/consents/{consent.pk}/")  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", ["original", "contest", "settle", "invalidate", "choices"])
def test_another_schools_consent_is_not_there(page: str, log_in: LogIn) -> None:
    consent = ConsentFactory(publish=True, in_force=True)
    browser = log_in(actor_of(Role.CURATOR, SchoolFactory()))

    assert browser.get(f"/consents/{consent.pk}/{page}/").status_code == 404


def test_the_near_ends_are_a_tab_from_which_those_ticked_are_asked_anew(log_in: LogIn) -> None:
    old = ending_soon()
    browser = log_in(actor_of(school=old.person.school))

    page = browser.get("/consents/?tab=expiring").text
    answer = browser.post("/consents/renew/", {"consent": [old.pk]})

    assert (old.person.full_name in page, 'form="renew"' in page, answer.status_code) == (True, True, 302)
    assert states() == ["in_force", "asked"]


def test_originals_are_found_by_the_filter(log_in: LogIn) -> None:
    by = actor_of()
    kept = ConsentFactory(
        person__school=by.school, in_force=True, original_on=timezone.localdate(), original_place="Папка 3"
    )
    without = ConsentFactory(person__school=by.school, in_force=True)
    browser = log_in(by)

    pages = [browser.get(f"/consents/?tab=in_force&original={which}").text for which in ("received", "awaited")]

    names = [[row.person.full_name in page for row in (kept, without)] for page in pages]
    assert (names, "оригинал: Папка 3" in pages[0]) == ([[True, False], [False, True]], True)
