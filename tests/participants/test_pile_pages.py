"""The pages on which a pile is sent, looked at and sorted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from core.actors import Actor
from core.jobs import run_due_jobs
from core.models import Event, Job, Role, School, StoredFile
from participants.models import Consent, Pile, PilePage, PileState
from participants.papers.codes import form_code
from tests.factories import (
    ConsentFactory,
    GuardianshipFactory,
    PersonFactory,
    PileFactory,
    PilePageFactory,
    SchoolFactory,
    StoredFileFactory,
    actor_of,
)
from tests.participants.asked import picture
from tests.participants.piles import form_sheet, pile_of

pytestmark = pytest.mark.django_db
LogIn = Callable[[Actor], Client]
LIST = "/consents/piles/"


@pytest.fixture
def school() -> School:
    return SchoolFactory()


@pytest.fixture
def browser(school: School, log_in: LogIn) -> Client:
    return log_in(actor_of(Role.CURATOR, school))


def asked(school: School, **columns: Any) -> Consent:
    """A consent that a guardian is asked for."""
    bond = GuardianshipFactory(minor=PersonFactory(school=school, **columns))
    return ConsentFactory(person=bond.minor, guardian=bond.guardian)


def send(browser: Client, data: bytes, name: str = "7 Б.pdf") -> Any:
    return browser.post(LIST, {"file": SimpleUploadedFile(name, data, "application/pdf")})


def pile_file(*sheets: Image.Image) -> bytes:
    return pile_of(sheets)


def waiting_page(school: School, **columns: Any) -> PilePage:
    file = StoredFileFactory(school=school, name="1.jpg", content_type="image/jpeg", data=picture())
    return PilePageFactory(pile__school=school, file=file, **columns)


def said(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def state_of(consent: Consent) -> tuple[str, int]:
    consent.refresh_from_db()
    return consent.state, consent.pages.count()


# ---------------------------------------------------------------- sending


def test_a_pile_is_sent_read_and_filed_and_its_file_goes(browser: Client, school: School) -> None:
    first, second = asked(school), asked(school)

    answer = send(browser, pile_file(form_sheet(form_code(second)), form_sheet(form_code(first))))
    during = said(browser.get(answer["Location"]))
    done = run_due_jobs()

    pile = Pile.objects.get()
    assert (answer.status_code, answer["Location"], done) == (302, f"{LIST}{pile.pk}/", 1)
    assert ("Пачка читается" in during, "hx-trigger" in during) == (True, True)
    assert [state_of(consent) for consent in (first, second)] == [("sent", 1), ("sent", 1)]
    assert (first.route, first.taken_by, first.pages.get().is_known) == ("paper", pile.created_by, True)
    assert (pile.state, pile.file, list(pile.pages.values_list("status", flat=True))) == ("read", None, ["filed"] * 2)
    assert set(StoredFile.objects.values_list("purpose", flat=True)) == {"consent page"}


def test_the_same_pile_sent_twice_is_filed_once(browser: Client, school: School) -> None:
    consent = asked(school)
    data = pile_file(form_sheet(form_code(consent)))
    first = send(browser, data)
    run_due_jobs()

    second = send(browser, data, name="другое имя.pdf")
    run_due_jobs()

    assert second["Location"] == first["Location"]
    assert "уже присылали" in said(browser.get(second["Location"]))
    assert (Pile.objects.count(), Job.objects.count(), state_of(consent)) == (1, 1, ("sent", 1))
    assert consent.attempt == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Файл пуст"),
        (b"GIF89a not a pile", "Это не PDF"),
        (b"%PDF-1.7 and no more", "повреждён"),
    ],
)
def test_what_is_no_pile_is_refused_in_a_sentence(browser: Client, data: bytes, words: str) -> None:
    answer = send(browser, data)

    assert (answer.status_code, words in said(answer)) == (400, True)
    assert (Pile.objects.count(), StoredFile.objects.count(), Job.objects.count()) == (0, 0, 0)


def test_a_pile_that_was_not_chosen_is_asked_for(browser: Client) -> None:
    answer = browser.post(LIST, {})

    assert (answer.status_code, "Выберите PDF" in said(answer)) == (400, True)


def test_the_list_of_piles_asks_the_same_for_one_and_for_three(
    browser: Client, school: School, django_assert_num_queries: Any
) -> None:
    counts = []
    browser.get(LIST)
    for more in (1, 2):
        for _ in range(more):
            PilePageFactory.create_batch(2, pile=PileFactory(school=school, read=True))
        with django_assert_num_queries(QUERIES_OF_LIST):
            counts.append(said(browser.get(LIST)).count("Согласия 7 Б.pdf"))

    assert counts == [1, 3]


QUERIES_OF_LIST = 9


# ---------------------------------------------------------------- sorting


def test_a_page_is_filed_by_hand_beside_its_picture(browser: Client, school: School) -> None:
    page, consent = waiting_page(school), asked(school, surname="Заречнов", class_name="7 Б")

    shown = said(browser.get(f"{LIST}sort/{page.pk}/?q=заречн+7"))
    picture = browser.get(f"{LIST}pages/{page.pk}/")
    answer = browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": consent.pk})

    assert (f'value="{consent.pk}"' in shown, f"{LIST}pages/{page.pk}/" in shown) == (True, True)
    assert (picture["Content-Type"], "sandbox" in picture["Content-Security-Policy"]) == ("image/jpeg", True)
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{page.pile_id}/")
    page.refresh_from_db()
    assert (state_of(consent), page.status, page.consent, page.file, page.settled_by) == (
        ("sent", 1),
        "filed",
        consent,
        None,
        consent.taken_by,
    )
    assert consent.pages.get().is_known is False


def test_only_open_consents_of_the_school_are_found(browser: Client, school: School) -> None:
    page = waiting_page(school)
    wanted = asked(school, surname="Заречнов")
    for other in (asked(school, surname="Заречнов"), asked(SchoolFactory(), surname="Заречнов")):
        Consent.objects.filter(pk=other.pk, person__school=school).update(state="cancelled", ended_at=other.asked_at)

    shown = said(browser.get(f"{LIST}sort/{page.pk}/?q=заречнов", headers={"HX-Request": "true"}))

    assert (re.findall(r'name="consent" value="(\d+)"', shown), "<html" in shown) == ([str(wanted.pk)], False)


def test_a_page_whose_form_came_already_is_added_to_that_copy(browser: Client, school: School) -> None:
    consent = asked(school)
    send(browser, pile_file(form_sheet(form_code(consent))))
    run_due_jobs()
    page = waiting_page(school)
    consent.refresh_from_db()
    seen = consent.attempt

    browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": consent.pk})

    assert (state_of(consent), list(consent.pages.values_list("attempt", "place"))) == (
        ("sent", 2),
        [(seen + 1, 1), (seen + 1, 2)],
    )


@pytest.mark.parametrize("state", ["in_force", "cancelled"])
def test_a_page_is_not_put_with_a_consent_that_awaits_none(browser: Client, school: School, state: str) -> None:
    page = waiting_page(school)
    columns = {"in_force": True} if state == "in_force" else {"state": state, "ended_at": page.pile.created_at}
    consent = ConsentFactory(person__school=school, **columns)

    answer = browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": consent.pk}, follow=True)

    page.refresh_from_db()
    assert ("Страница не приложена" in said(answer), page.status, consent.pages.count()) == (True, "unread", 0)


def test_a_page_of_another_school_is_put_with_nothing(browser: Client, school: School) -> None:
    page, consent = waiting_page(school, status="other_school", reason="elsewhere"), asked(school)

    shown = said(browser.get(f"{LIST}sort/{page.pk}/"))
    browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": consent.pk})

    page.refresh_from_db()
    assert ("другой школ" in shown, 'type="search"' in shown) == (True, False)
    assert (page.status, state_of(consent)) == ("other_school", ("asked", 0))


@pytest.mark.parametrize("consent", ["", "0", "x", "9" * 30, "٣"])
def test_a_consent_that_is_none_files_nothing(browser: Client, school: School, consent: str) -> None:
    page = waiting_page(school)

    answer = browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": consent})

    page.refresh_from_db()
    assert (answer.status_code, page.status) == (302, "unread")


def test_two_who_sort_the_same_page_file_it_once(browser: Client, school: School) -> None:
    page, first, second = waiting_page(school), asked(school), asked(school)

    browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": first.pk})
    again = browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": second.pk}, follow=True)

    assert ("уже разобрал" in said(again), state_of(first), state_of(second)) == (True, ("sent", 1), ("asked", 0))


def test_a_page_put_aside_loses_its_picture_and_the_next_one_follows(browser: Client, school: School) -> None:
    page, following = waiting_page(school), waiting_page(school)
    files = [key for key in (page.file_id, following.file_id) if key]

    answer = browser.post(f"{LIST}sort/{page.pk}/aside/")

    page.refresh_from_db()
    assert (answer["Location"], page.status, page.file) == (f"{LIST}sort/{following.pk}/", "discarded", None)
    assert set(StoredFile.objects.filter(pk__in=files).values_list("pk", flat=True)) == {following.file_id}
    assert browser.get(f"{LIST}pages/{page.pk}/").status_code == 404


def test_all_pages_with_one_reason_are_put_aside_at_once(browser: Client, school: School) -> None:
    pile = PileFactory(school=school, read=True)
    blank = PilePageFactory.create_batch(3, pile=pile, reason="blank")
    other = PilePageFactory(pile=pile)
    elsewhere = PilePageFactory(pile=PileFactory(school=school, read=True), reason="blank")

    shown = said(browser.get(f"{LIST}{pile.pk}/"))
    browser.post(f"{LIST}{pile.pk}/aside/", {"reason": "blank"})

    states = dict(PilePage.objects.values_list("pk", "status"))
    assert "Да, отложить 3 страницы" in shown
    assert ({states[page.pk] for page in blank}, states[other.pk], states[elsewhere.pk]) == (
        {"discarded"},
        "unread",
        "unread",
    )


def test_nothing_is_sorted_while_the_pile_is_read(browser: Client, school: School) -> None:
    page, consent = waiting_page(school), asked(school)
    Pile.objects.update(state=PileState.READING)

    browser.post(f"{LIST}sort/{page.pk}/aside/")
    browser.post(f"{LIST}sort/{page.pk}/file/", {"consent": consent.pk})

    page.refresh_from_db()
    assert (page.status, state_of(consent)) == ("unread", ("asked", 0))


def test_a_sorted_page_leads_to_its_pile(browser: Client, school: School) -> None:
    page = PilePageFactory(pile__school=school, filed=True)

    assert browser.get(f"{LIST}sort/{page.pk}/")["Location"] == f"{LIST}{page.pile_id}/"


def test_every_look_at_a_page_leaves_a_line(browser: Client, school: School) -> None:
    page = waiting_page(school)

    for address in (f"{LIST}{page.pile_id}/", f"{LIST}sort/{page.pk}/", f"{LIST}pages/{page.pk}/"):
        browser.get(address)

    lines = Event.objects.order_by("pk").values_list("verb", "thing")
    looked = [line for line in lines if line[0] in {"view", "list"}]
    assert looked == [("list", ""), ("view", f"pilepage:{page.pk}"), ("view", f"pilepage:{page.pk}")]


def test_the_curator_alone_among_the_staff_sees_piles(school: School, log_in: LogIn) -> None:
    page = waiting_page(school)
    addresses = (LIST, f"{LIST}{page.pile_id}/", f"{LIST}sort/{page.pk}/", f"{LIST}pages/{page.pk}/")

    got = [log_in(actor_of(Role.ADMINISTRATOR, school)).get(address).status_code for address in addresses]
    elsewhere = [log_in(actor_of(Role.CURATOR)).get(address).status_code for address in addresses]

    assert (got, elsewhere) == ([403] * 4, [200, 404, 404, 404])


def test_the_home_page_tells_of_pages_that_wait(browser: Client, school: School) -> None:
    waiting_page(school)

    assert "Разобрать 1 отсканированную страницу" in said(browser.get("/"))
