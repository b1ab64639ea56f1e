"""Publication: datum by datum, place by place, and nothing on a silence (152-FZ art. 10.1, order № 18)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from core.actors import Actor
from core.errors import DomainError
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Event, Role, School
from participants.models import Consent, Datum, Person, PublicResource, PublishedItem
from participants.papers.wording import DISSEMINATION
from participants.services.consent_papers import print_forms
from participants.services.publication import (
    ask_publication,
    conditions_of,
    forbid_item,
    may_publish,
    save_resource,
    shown_name,
    write_choices,
)
from participants.services.withdrawal import withdraw_consent
from tests.factories import ConsentFactory, PublicResourceFactory, PublishedItemFactory, SchoolFactory, actor_of
from tests.participants.asked import pupil, school_with_texts, teacher

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
REQUISITES = {
    "name": "Муниципальное бюджетное общеобразовательное учреждение «Луговая школа № 7»",
    "address": "618000, пос. Луговой, ул. Школьная, д. 1",
    "inn": "5904000000",
    "ogrn": "1025900000000",
}
SITE, GROUP = "https://lugovaya.example/mentoring/", "https://vk.example/lugovaya"


@pytest.fixture
def school() -> School:
    """A school whose forms of publication lack nothing."""
    school = school_with_texts()
    School.objects.filter(pk=school.pk).update(**REQUISITES)
    school.refresh_from_db()
    PublicResourceFactory(school=school, name="Сайт школы", url=SITE, place=1)
    PublicResourceFactory(school=school, name="Группа школы", url=GROUP, place=2)
    return school


def allowed(consent: Consent, datum: Datum, is_allowed: bool | None, condition: str = "") -> PublishedItem:
    resource = consent.person.school.public_resources.first()
    return PublishedItemFactory(
        consent=consent, resource=resource, datum=datum, is_allowed=is_allowed, condition=condition
    )


def today() -> date:
    return timezone.localdate()


# ---------------------------------------------------------------- asking and the form


def test_whoever_signs_is_asked_for_each_datum_on_each_place_and_nothing_is_chosen(school: School) -> None:
    person = pupil(school, guardians=2)

    consents = ask_publication(person=person, by=actor_of(school=school))

    assert [(row.purpose, row.state, row.items.count()) for row in consents] == [("publish", "asked", 12)] * 2
    assert set(PublishedItem.objects.values_list("is_allowed", flat=True)) == {None}
    assert ask_publication(person=person, by=actor_of(school=school)) == []


def test_a_place_no_longer_used_is_not_on_a_new_form(school: School) -> None:
    PublicResource.objects.filter(url=GROUP).update(is_used=False)

    (consent,) = ask_publication(person=pupil(school), by=actor_of(school=school))

    assert set(consent.items.values_list("resource__url", flat=True)) == {SITE}


@pytest.mark.parametrize("lost", ["address", "inn", "ogrn"])
def test_nobody_is_asked_with_a_form_that_would_lack_a_requisite(lost: str, school: School) -> None:
    School.objects.update(**{lost: ""})

    with pytest.raises(DomainError, match="адрес, ИНН и ОГРН"):
        ask_publication(person=pupil(School.objects.get(pk=school.pk)), by=actor_of(school=school))


def test_nobody_is_asked_before_a_place_is_named(school: School) -> None:
    PublicResource.objects.all().delete()

    with pytest.raises(DomainError, match="назовите сайт или страницу"):
        ask_publication(person=pupil(school), by=actor_of(school=school))


@pytest.fixture
def form(school: School) -> tuple[Consent, str]:
    """A printed form and the text on it."""
    person = pupil(school, surname="Заречнов", given_name="Гордей", patronymic="Львович", birth_date=date(2013, 4, 12))
    by = actor_of(school=school)
    (consent,) = ask_publication(person=person, by=by)
    item = consent.items.filter(resource__url=GROUP, datum=Datum.PHOTO)
    item.update(is_allowed=False, condition="только со спины")
    print_forms([consent], by=by)
    run_due_jobs()
    consent.refresh_from_db()
    assert consent.paper is not None
    pages = PdfReader(BytesIO(read_file(consent.paper))).pages
    return consent, " ".join(" ".join(page.extract_text() for page in pages).split())


def saying(words: str, _consent: Consent) -> str:
    return words


ITEMS: dict[str, tuple[Callable[[Consent], str], ...]] = {
    "the subject": (lambda row: "Заречнов Гордей Львович", lambda row: "12 апреля 2013 г."),
    "whoever signs": (lambda row: row.guardian.full_name, lambda row: "мать"),  # type: ignore[union-attr]
    "the contact": (lambda row: row.guardian.email,),  # type: ignore[union-attr]
    "the operator": (lambda row: REQUISITES["name"], lambda row: REQUISITES["address"]),
    "INN and OGRN": (lambda row: "ИНН 5904000000, ОГРН 1025900000000",),
    "the places by their full addresses": (lambda row: f"1) Сайт школы: {SITE}", lambda row: GROUP),
    "the purpose": (lambda row: DISSEMINATION["purpose_text"],),
    "the categories": (lambda row: "Общие персональные данные", lambda row: "биометрические персональные данные не"),
    "the list of data": tuple(partial(saying, str(label)) for label in Datum.labels),
    "conditions and prohibitions": (lambda row: "условия и запреты", lambda row: "только со спины"),
    "the conditions of passing on": (lambda row: DISSEMINATION["actions_text"],),
    "the term": (lambda row: f"{row.expires_on.year} г. включительно", lambda row: DISSEMINATION["term_text"]),
    "the withdrawal": (lambda row: DISSEMINATION["withdrawal_text"],),
    "the signature": (lambda row: "9. Подпись законного представителя", lambda row: "20____ г."),
    "that it is apart": (lambda row: "статья 10.1", lambda row: "Что не отмечено, то не разрешено"),
}


@pytest.mark.parametrize("item", ITEMS)
def test_the_form_has_each_item_of_the_order(item: str, form: tuple[Consent, str]) -> None:
    consent, text = form

    wanted = [" ".join(words(consent).split()) for words in ITEMS[item]]

    assert {words: words in text for words in wanted} == dict.fromkeys(wanted, True)


# ---------------------------------------------------------------- what may be shown


def participant(school: School, **columns: Any) -> Person:
    """A pupil whose consent to the processing is in force."""
    person = pupil(school, **columns)
    ConsentFactory(person=person, guardian=person.guardianships.earliest("pk").guardian, in_force=True)
    return person


@pytest.mark.parametrize(("chosen", "may"), [(True, True), (False, False), (None, False)])
def test_a_datum_is_shown_only_where_it_was_allowed(chosen: bool | None, may: bool, school: School) -> None:
    consent = ConsentFactory(person=participant(school), publish=True, in_force=True)
    item = allowed(consent, Datum.PHOTO, chosen)
    other = PublicResource.objects.get(url=GROUP)

    assert may_publish(consent.person, Datum.PHOTO, item.resource, today()) is may
    assert may_publish(consent.person, Datum.PHOTO, other, today()) is False
    assert may_publish(consent.person, Datum.VIDEO, item.resource, today()) is False


@pytest.mark.parametrize("state", ["sent", "accepted", "contested", "withdrawn", "expired", "declined", "invalid"])
def test_nothing_is_shown_by_a_consent_that_is_not_in_force(state: str, school: School) -> None:
    consent = ConsentFactory(person=participant(school), publish=True, **{state: True})
    item = allowed(consent, Datum.NAME, True)

    assert may_publish(consent.person, Datum.NAME, item.resource, today()) is False
    assert shown_name(consent.person, item.resource, today()) == "О.\u00a0М.\u00a0З."


def test_a_name_is_initials_unless_it_was_allowed_there(school: School) -> None:
    consent = ConsentFactory(person=participant(school, surname="Заречнов"), publish=True, in_force=True)
    item = allowed(consent, Datum.NAME, True, "без фотографии рядом")

    assert shown_name(consent.person) == "З.\u00a0М.\u00a0З."
    assert shown_name(consent.person, item.resource, today()) == "Заречнов Мирон Захарович"
    assert shown_name(consent.person, PublicResource.objects.get(url=GROUP), today()) == "З.\u00a0М.\u00a0З."
    assert conditions_of(consent.person, Datum.NAME, item.resource, today()) == ["без фотографии рядом"]


def test_what_one_guardian_forbids_is_not_shown_whatever_the_other_allowed(school: School) -> None:
    person = participant(school, guardians=2)
    for bond, chosen in zip(person.guardianships.all(), (True, False), strict=True):
        consent = ConsentFactory(person=person, guardian=bond.guardian, publish=True, in_force=True)
        item = allowed(consent, Datum.PHOTO, chosen)

    assert may_publish(person, Datum.PHOTO, item.resource, today()) is False


def test_the_withdrawal_a_single_demand_and_a_place_given_up_stop_at_once(school: School) -> None:
    consent = ConsentFactory(person=participant(school), publish=True, in_force=True)
    photo, words = allowed(consent, Datum.PHOTO, True), allowed(consent, Datum.WORDS, True)
    by = actor_of(school=school)

    def shown() -> list[bool]:
        resource = PublicResource.objects.get(pk=photo.resource_id)
        return [may_publish(consent.person, datum, resource, today()) for datum in (Datum.PHOTO, Datum.WORDS)]

    before = shown()
    forbid_item(item=photo, by=by)
    after_demand = shown()
    PublicResource.objects.filter(pk=photo.resource_id).update(is_used=False)
    given_up = shown()
    PublicResource.objects.filter(pk=words.resource_id).update(is_used=True)
    withdraw_consent(consent=consent, by=by)

    assert (before, after_demand, given_up, shown()) == ([True, True], [False, True], [False] * 2, [False] * 2)


def test_a_term_that_is_over_shows_nothing_even_before_the_daily_round(school: School) -> None:
    yesterday = today() - timedelta(days=1)
    consent = ConsentFactory(person=participant(school), publish=True, in_force=True, expires_on=yesterday)
    item = allowed(consent, Datum.PHOTO, True)

    assert may_publish(consent.person, Datum.PHOTO, item.resource, today()) is False


# ---------------------------------------------------------------- writing the choices


def test_choices_are_written_while_the_paper_is_open_and_not_after(school: School) -> None:
    by = actor_of(school=school)
    (consent,) = ask_publication(person=teacher(school), by=by)
    item = consent.items.earliest("pk")

    write_choices(consent=consent, choices={item.pk: (True, "  без\n отчества ")}, by=by)
    item.refresh_from_db()
    Consent.objects.update(state="in_force", decided_at=timezone.now(), decided_by=by.user)

    assert (item.is_allowed, item.condition) == (True, "без отчества")
    assert Event.objects.filter(verb="choose", thing=f"consent:{consent.pk}").count() == 1
    with pytest.raises(DomainError, match="уже закреплён"), transaction.atomic():
        write_choices(consent=consent, choices={item.pk: (False, "")}, by=by)


def test_another_consents_choices_are_not_written(school: School) -> None:
    by = actor_of(school=school)
    (consent,) = ask_publication(person=teacher(school), by=by)
    (other,) = ask_publication(person=teacher(school), by=by)
    item = other.items.earliest("pk")

    with pytest.raises(DomainError, match="к другому согласию"), transaction.atomic():
        write_choices(consent=consent, choices={item.pk: (True, "")}, by=by)

    item.refresh_from_db()
    assert item.is_allowed is None


def test_an_address_is_named_once_and_not_changed_under_a_signed_paper(school: School) -> None:
    by = actor_of(school=school)
    site = PublicResource.objects.get(url=SITE)
    ask_publication(person=teacher(school), by=by)

    for resource, url, words in ((None, SITE, "уже есть"), (site, "https://new.example/", "уже выданы бланки")):
        with pytest.raises(DomainError, match=words), transaction.atomic():
            save_resource(school=school, resource=resource, name="Сайт", url=url, by=by)
    save_resource(school=school, resource=site, name="Сайт Луговой школы", url=SITE, is_used=False, by=by)

    site.refresh_from_db()
    assert (site.name, site.url, site.is_used) == ("Сайт Луговой школы", SITE, False)


# ---------------------------------------------------------------- the pages


def test_the_curator_names_a_place_asks_and_copies_the_paper(log_in: LogIn, school: School) -> None:
    PublicResource.objects.all().delete()
    person = pupil(school)
    browser = log_in(actor_of(school=school))

    hindered = browser.get("/publication/").text
    browser.post("/publication/resources/", {"name": "Сайт школы", "url": SITE, "is_used": "on"})
    browser.post("/publication/ask/", {"person": [person.pk], "once": "x"})
    browser.post("/publication/ask/", {"person": [person.pk], "once": "x"})
    consent = Consent.objects.get()
    first, second, *_others = consent.items.order_by("pk")
    page = browser.get(f"/consents/{consent.pk}/choices/").text
    answer = browser.post(
        f"/consents/{consent.pk}/choices/",
        {f"item-{first.pk}": "yes", f"condition-{first.pk}": "без отчества", f"item-{second.pk}": "no"},
    )

    assert ("назовите сайт" in hindered, page.count('type="radio"'), answer.status_code) == (True, 12, 302)
    chosen = consent.items.order_by("pk").values_list("is_allowed", "condition")
    assert list(chosen) == [(True, "без отчества"), (False, ""), *[(None, "")] * 4]


def test_the_card_asks_for_the_publication_and_comes_back(log_in: LogIn, school: School) -> None:
    person = pupil(school)
    browser = log_in(actor_of(school=school))
    card = f"/participants/{person.pk}/"

    before = browser.get(card).text
    answer = browser.post("/publication/ask/", {"person": [person.pk], "back": "card", "once": "x"})
    after = browser.get(card).text

    assert ("/publication/ask/" in before, answer["Location"], "/publication/ask/" in after) == (True, card, False)
    assert [row.purpose for row in Consent.objects.all()] == ["publish"]


def test_the_list_shows_what_each_has_allowed_and_takes_the_same_queries(
    log_in: LogIn, school: School, django_assert_num_queries: Any
) -> None:
    browser = log_in(actor_of(school=school))
    browser.get("/publication/")  # the first page of a session does more
    for _number in range(3):
        allowed(ConsentFactory(person=pupil(school), publish=True, in_force=True), Datum.PHOTO, True)
        with django_assert_num_queries(15):
            page = browser.get("/publication/?standing=given").text

    assert (
        page.count("Сайт школы: фотография"),
        browser.get("/publication/?standing=not_asked").text.count("Сайт"),
    ) == (
        3,
        0,
    )


def test_a_choice_that_is_none_of_the_two_is_refused_and_what_was_typed_is_kept(log_in: LogIn, school: School) -> None:
    by = actor_of(school=school)
    (consent,) = ask_publication(person=teacher(school), by=by)
    item = consent.items.earliest("pk")

    answer = log_in(by).post(
        f"/consents/{consent.pk}/choices/", {f"item-{item.pk}": "maybe", f"condition-{item.pk}": "без отчества"}
    )

    assert (answer.status_code, "без отчества" in answer.text) == (400, True)


@pytest.mark.parametrize("url", ["ftp://school.example/", "javascript:alert(1)", "школа", ""])
def test_a_place_is_a_web_address(url: str, log_in: LogIn) -> None:
    by = actor_of()

    answer = log_in(by).post("/publication/resources/", {"name": "Сайт", "url": url})

    assert (answer.status_code, PublicResource.objects.count()) == (400, 0)


def test_another_schools_place_and_people_are_not_reached(log_in: LogIn, school: School) -> None:
    person, place = pupil(school), PublicResource.objects.earliest("pk")
    browser = log_in(actor_of(Role.CURATOR, SchoolFactory()))

    browser.post("/publication/ask/", {"person": [person.pk]})

    assert (browser.get(f"/publication/resources/{place.pk}/").status_code, Consent.objects.count()) == (404, 0)
