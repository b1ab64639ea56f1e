"""A guardian who was asked no longer, because the other had signed, is against it and says so on his own page."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.models import Event, Notice, Role
from core.notices import send_due_notices
from participants.models import Consent
from participants.services.conflicts import settle_conflict
from tests.factories import ConsentFactory, PersonalLinkFactory, actor_of
from tests.families import come_by_link
from tests.participants.asked import pupil, school_with_texts
from tests.post import PostOffice

pytestmark = pytest.mark.django_db


def given_and_dropped(given: str = "in_force", **columns: Any) -> tuple[Consent, Consent]:
    """What one guardian has given, and what the other was asked for no longer."""
    person = pupil(school_with_texts(), guardians=2)
    one, two = (bond.guardian for bond in person.guardianships.order_by("pk"))
    first = ConsentFactory(person=person, guardian=one, **{given: True}, **columns)
    return first, ConsentFactory(person=person, guardian=two, cancelled=True, **columns)


def page_of(consent: Consent) -> Client:
    return come_by_link(Client(), PersonalLinkFactory(person=consent.person, guardian=consent.guardian))


def states() -> list[str]:
    return list(Consent.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.parametrize("given", ["in_force", "accepted"])
@pytest.mark.parametrize(
    ("reason", "kept"), [("  Я против ", "Я против"), ("", "Другой законный представитель возражает.")]
)
def test_the_page_says_that_the_other_has_signed_and_takes_an_objection(given: str, reason: str, kept: str) -> None:
    first, second = given_and_dropped(given)
    browser = page_of(second)
    home, page = browser.get("/my/").text, browser.get(f"/my/consents/{second.pk}/").text

    asked = browser.get(f"/my/consents/{second.pk}/object/").text
    answer = browser.post(f"/my/consents/{second.pk}/object/", {"reason": reason, "once": "x"})
    again = browser.post(f"/my/consents/{second.pk}/object/", {"reason": reason, "once": "x"})

    first.refresh_from_db()
    assert "Другой законный представитель уже подписал, ваша подпись не нужна." in home
    assert (f"/my/consents/{second.pk}/object/" in page, "Вы против согласия другого" in asked) == (True, True)
    assert (answer["Location"], again["Location"]) == (f"/my/consents/{second.pk}/",) * 2
    assert (states(), first.reason) == (["contested", "cancelled"], kept)
    assert Event.objects.filter(thing=f"consent:{first.pk}", to_state="contested").count() == 1
    after = browser.get(f"/my/consents/{second.pk}/").text
    assert ("Законные представители не согласны друг с другом" in after, "/object/" in after) == (True, False)


@pytest.mark.parametrize("state", ["asked", "declined", "withdrawn", "expired"])
def test_there_is_nothing_to_object_to_where_nobody_else_has_given_it(state: str) -> None:
    first, second = given_and_dropped("in_force")
    columns = {"state": state} if state == "asked" else {"state": state, "ended_at": second.ended_at}
    Consent.objects.filter(pk=first.pk).update(**columns)
    browser = page_of(second)

    page = browser.get(f"/my/consents/{second.pk}/").text
    said = browser.post(f"/my/consents/{second.pk}/object/", {"reason": "Против"}, follow=True).text

    assert ("/object/" in page, "Возражать здесь уже не против чего." in said) == (False, True)
    assert states() == [state, "cancelled"]


def test_whoever_represents_the_child_no_more_or_signed_himself_since_has_nothing_to_object_to() -> None:
    gone_given, gone = given_and_dropped()
    link = page_of(gone)
    own_given, own = given_and_dropped()
    ConsentFactory(person=own.person, guardian=own.guardian, in_force=True)
    gone.person.guardianships.filter(guardian=gone.guardian).delete()

    link.post(f"/my/consents/{gone.pk}/object/", {"reason": "Против"})
    page_of(own).post(f"/my/consents/{own.pk}/object/", {"reason": "Против"})

    assert {row.state for row in Consent.objects.filter(pk__in=(gone_given.pk, own_given.pk))} == {"in_force"}


def test_another_childs_consent_and_the_given_one_itself_are_out_of_reach() -> None:
    first, second = given_and_dropped()
    _other_given, other = given_and_dropped()
    browser = page_of(second)

    answers = [browser.post(f"/my/consents/{pk}/object/", {"reason": "x"}).status_code for pk in (first.pk, other.pk)]

    assert (answers, set(states())) == ([404, 404], {"in_force", "cancelled"})


def test_the_curators_are_written_to_once_more_when_it_is_contested_once_more(post_office: PostOffice) -> None:
    first, second = given_and_dropped()
    by = actor_of(Role.CURATOR, first.person.school)
    browser = page_of(second)

    browser.post(f"/my/consents/{second.pk}/object/", {"reason": "Против"})
    first.refresh_from_db()
    settle_conflict(consent=first, keeps=True, reason="Договорились", by=by)
    browser.post(f"/my/consents/{second.pk}/object/", {"reason": "Всё же против"})
    send_due_notices()

    assert (states(), Notice.objects.filter(kind="consent-contested").count()) == (["contested", "cancelled"], 2)
    assert len(post_office.letters) == 2


@pytest.mark.parametrize("given", ["accepted", "contested"])
def test_what_was_given_can_be_taken_back_on_the_page_before_it_is_in_force(given: str) -> None:
    first, _second = given_and_dropped(given)

    page = page_of(first).get(f"/my/consents/{first.pk}/").text

    assert f"/my/consents/{first.pk}/withdraw/" in page
    assert "Согласие больше не нужно" not in page
