"""Checking on the screen: the picture beside what is expected, one click to the next, nothing done twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Role
from participants.models import Consent, ConsentPage, ConsentState, RegisterRules
from tests.factories import ConsentFactory, ConsentPageFactory, GuardianFactory, GuardianshipFactory, actor_of
from tests.participants.asked import picture, pupil, school_with_texts, sent_consent

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]


def url(name: str, consent: Consent) -> str:
    return reverse(f"participants:{name}", args=(consent.pk,))


@pytest.fixture
def curator() -> Actor:
    return actor_of(Role.CURATOR, school_with_texts())


def queue(actor: Actor, number: int) -> list[Consent]:
    """Copies that wait, a day apart, the oldest first."""
    assert actor.school is not None
    now = timezone.now()
    return [sent_consent(actor.school, sent_at=now - timedelta(days=number - place)) for place in range(number)]


def test_the_page_shows_the_copy_and_what_is_expected_on_it(curator: Actor, log_in: LogIn) -> None:
    assert curator.school is not None
    queue(curator, 1)
    person = pupil(curator.school, surname="Заречнов", class_name="5 «Г»")
    consent = sent_consent(curator.school, person=person, pages=2)
    ConsentPageFactory(consent=consent, attempt=2, place=9)

    page = log_in(curator).get(url("consent_check", consent)).text

    shown = [reverse("participants:page_show", args=(row.pk,)) for row in consent.pages.filter(attempt=1)]
    guardian = person.guardianships.get().guardian
    words = [
        person.full_name,
        "5 «Г»",
        f"мать, {guardian.full_name}",
        "5 марта 2014",
        "2 из 2",
        "код бланка не прочитан",
    ]
    assert [word in page.replace("\u00a0", " ") for word in words] == [True] * len(words)
    assert (page.count("<img "), [address in page for address in shown]) == (2, [True, True])
    assert Event.objects.filter(verb="view", thing=f"consent:{consent.pk}").count() == 1


def test_a_form_known_by_its_code_is_said_to_be_known(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    ConsentPage.objects.filter(consent=consent).update(is_known=True)

    page = log_in(curator).get(url("consent_check", consent)).text

    assert ("код бланка прочитан" in page, "код бланка не прочитан" in page) == (True, False)


def test_accepting_opens_the_next_and_after_the_last_the_list(curator: Actor, log_in: LogIn) -> None:
    first, second, third = queue(curator, 3)
    browser = log_in(curator)

    landed = [
        browser.post(url("consent_accept", consent), {"seen": 1})["Location"] for consent in (second, third, first)
    ]

    assert landed == [url("consent_check", third), url("consent_check", first), reverse("participants:consent_list")]
    assert set(Consent.objects.values_list("state", flat=True)) == {ConsentState.IN_FORCE}


def test_deciding_later_leads_past_and_round(curator: Actor, log_in: LogIn) -> None:
    first, second = queue(curator, 2)
    browser = log_in(curator)

    pages = [browser.get(url("consent_check", consent)).text for consent in (first, second)]

    key = 'data-key="arrowright"'
    links = [page.split(key)[0].rsplit("href=", 1)[1].split('"')[1] for page in pages]
    assert links == [url("consent_check", second), url("consent_check", first)]


def test_a_double_click_accepts_once_and_lands_where_the_first_did(curator: Actor, log_in: LogIn) -> None:
    first, second = queue(curator, 2)
    browser = log_in(curator)

    landed = [browser.post(url("consent_accept", first), {"seen": 1, "once": "x"})["Location"] for _ in range(3)]

    assert landed == [url("consent_check", second)] * 3
    assert Event.objects.filter(verb="move").count() == 1


def test_a_stale_page_gets_one_sentence_and_changes_nothing(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    Consent.objects.update(attempt=2)
    browser = log_in(curator)

    for seen in ("1", "", "x", "²"):
        page = browser.post(url("consent_accept", consent), {"seen": seen}, follow=True).text
        assert page.count("пришла новая копия") == 1

    assert Consent.objects.get().state == ConsentState.SENT


def test_two_curators_at_once_decide_once(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    other = actor_of(Role.CURATOR, curator.school)

    log_in(curator).post(url("consent_return", consent), {"seen": 1, "reason": "unreadable"})
    page = log_in(other).post(url("consent_accept", consent), {"seen": 1}, follow=True).text

    assert "решение уже принято" in page
    assert Consent.objects.get().state == ConsentState.RETURNED


@pytest.mark.parametrize(("reason", "kept"), [("no_signature", "Нет подписи или даты"), ("Снято криво", "Снято криво")])
def test_a_copy_is_sent_back_with_a_ready_reason_or_ones_own(
    reason: str, kept: str, curator: Actor, log_in: LogIn
) -> None:
    (consent,) = queue(curator, 1)

    answer = log_in(curator).post(url("consent_return", consent), {"seen": 1, "reason": reason})

    consent.refresh_from_db()
    assert (answer["Location"], consent.state, consent.reason) == (
        reverse("participants:consent_list"),
        "returned",
        kept,
    )


def test_an_empty_reason_is_told_and_the_copy_waits_on(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)

    page = log_in(curator).post(url("consent_return", consent), {"seen": 1, "reason": " "}, follow=True).text

    assert ("почему копия возвращается" in page, Consent.objects.get().state) == (True, "sent")


def test_the_other_deeds_of_the_page(curator: Actor, log_in: LogIn) -> None:
    browser = log_in(curator)
    states = {}
    for name in ("consent_cancel", "consent_remind"):
        guardian = GuardianFactory(school=curator.school)
        consent = ConsentFactory(person__school=curator.school, guardian=guardian)
        consent.person.guardianships.create(guardian=guardian, authority="mother")
        answer = browser.post(url(name, consent))
        consent.refresh_from_db()
        states[name] = (answer["Location"] == url("consent_check", consent), consent.state)

    assert states == {
        "consent_cancel": (True, "cancelled"),
        "consent_remind": (True, "asked"),
    }


def test_a_paper_handed_over_is_written_down_with_its_day_and_place(curator: Actor, log_in: LogIn) -> None:
    consent = ConsentFactory(person__school=curator.school)
    browser, page = log_in(curator), url("consent_accept_paper", consent)
    today = timezone.localdate()

    asked = browser.get(page).text
    bare = browser.post(page, {"on": today.isoformat(), "place": ""})
    nothing = Consent.objects.get().state
    answers = [browser.post(page, {"on": today.isoformat(), "place": "Папка 1", "once": "x"}) for _ in range(2)]

    consent.refresh_from_db()
    assert (f'value="{today.isoformat()}"' in asked, bare.status_code, nothing) == (True, 400, "asked")
    assert [answer["Location"] for answer in answers] == [url("consent_check", consent)] * 2
    assert (consent.state, consent.original_on, consent.original_place) == ("in_force", today, "Папка 1")


def test_withdrawing_asks_first_and_then_ends_it(curator: Actor, log_in: LogIn) -> None:
    consent = ConsentFactory(person__school=curator.school, in_force=True)
    browser = log_in(curator)

    asked = browser.get(url("consent_withdraw", consent))
    before = Consent.objects.get().state
    answer = browser.post(url("consent_withdraw", consent), {"once": "x"})
    again = browser.post(url("consent_withdraw", consent), {"once": "x"})

    assert (asked.status_code, before, Consent.objects.get().state) == (200, "in_force", "withdrawn")
    assert answer["Location"] == again["Location"] == url("consent_check", consent)


# ---------------------------------------------------------------- the pictures and the paper


def test_a_page_is_served_as_a_picture_that_can_do_nothing_and_is_journaled(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    page = consent.pages.get()

    answer = log_in(curator).get(reverse("participants:page_show", args=(page.pk,)))

    wanted = {
        "Content-Type": "image/jpeg",
        "Content-Disposition": "inline",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    assert (answer.content, {name: answer[name] for name in wanted}) == (picture(), wanted)
    assert Event.objects.filter(verb="view", thing=f"consentpage:{page.pk}", actor=curator.pseudonym).count() == 1


def test_the_administrator_reads_how_it_stands_and_sees_no_picture(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    browser = log_in(actor_of(Role.ADMINISTRATOR, curator.school))

    page = browser.get(url("consent_check", consent))
    picture_of = browser.get(reverse("participants:page_show", args=(consent.pages.get().pk,)))

    assert (page.status_code, "<img " in page.text, "<form" in page.text.split("<main")[1]) == (200, False, False)
    assert picture_of.status_code == 403


def test_nobody_reaches_a_consent_or_a_picture_of_another_school(curator: Actor, log_in: LogIn) -> None:
    stranger = log_in(actor_of(Role.CURATOR, school_with_texts()))
    (consent,) = queue(curator, 1)

    answers = [
        stranger.get(url("consent_check", consent)),
        stranger.get(reverse("participants:page_show", args=(consent.pages.get().pk,))),
        stranger.get(url("consent_paper", consent)),
        stranger.post(url("consent_accept", consent), {"seen": 1}),
        stranger.post(url("consent_withdraw", consent)),
        stranger.post(reverse("participants:consent_ask", args=(consent.person_id,))),
    ]

    assert ([answer.status_code for answer in answers], Consent.objects.get().state) == ([404] * 6, "sent")


def test_a_form_that_is_not_there_yet_is_made_on_demand_and_then_downloaded(curator: Actor, log_in: LogIn) -> None:
    assert curator.school is not None
    consent = ConsentFactory(person=pupil(curator.school))
    browser = log_in(curator)

    too_early = browser.get(url("consent_paper", consent))
    asked = browser.post(url("consent_paper", consent))
    assert run_due_jobs() == 1
    done = browser.get(asked["Location"]).text
    paper = browser.get(url("consent_paper", consent))

    assert (too_early["Location"], Job.objects.count()) == (url("consent_check", consent), 1)
    assert f'href="{url("consent_paper", consent)}"' in done
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_the_curator_is_told_when_an_accepted_copy_is_not_in_force_yet(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    RegisterRules.objects.create(school=consent.person.school, wants_originals=True)

    page = log_in(curator).post(url("consent_accept", consent), {"seen": consent.attempt}, follow=True).text

    assert Consent.objects.get(pk=consent.pk).state == ConsentState.ACCEPTED
    assert "Согласие начнёт действовать, когда придёт бумажный оригинал." in page


def test_the_curator_is_told_when_another_guardian_is_against_what_was_accepted(curator: Actor, log_in: LogIn) -> None:
    (consent,) = queue(curator, 1)
    other = GuardianshipFactory(minor=consent.person, guardian__school=curator.school).guardian
    ConsentFactory(person=consent.person, guardian=other, declined=True)

    page = log_in(curator).post(url("consent_accept", consent), {"seen": consent.attempt}, follow=True).text

    assert Consent.objects.get(pk=consent.pk).state == ConsentState.CONTESTED
    assert "пока вы не решите спор" in page


def test_one_goes_back_to_the_copy_before(curator: Actor, log_in: LogIn) -> None:
    first, second = queue(curator, 2)
    browser = log_in(curator)
    back = f'href="{url("consent_check", first)}"'

    assert [back in browser.get(url("consent_check", row)).text for row in (second, first)] == [True, False]
