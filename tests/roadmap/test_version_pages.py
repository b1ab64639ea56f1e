"""The pages of approved versions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from core.actors import Actor
from core.files import read_file
from core.jobs import run_due_jobs
from core.models import Job, JobState, Role
from roadmap.models import Activity, Programme, Version, Window
from roadmap.services.moving import set_days
from tests.factories import VersionFactory, actor_of, full_programme

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]


@pytest.fixture
def programme() -> Programme:
    return full_programme(activities=7)


def pages(programme: Programme, old: int, new: int) -> dict[str, str]:
    address = f"/programmes/{programme.pk}/versions/"
    return {
        "list": address,
        "approve": f"{address}approve/",
        "since": f"{address}{old}/now/",
        "compare": f"{address}{old}/{new}/",
        "pdf": f"{address}{old}/pdf/",
    }


def administrator_of(programme: Programme) -> Actor:
    return actor_of(Role.ADMINISTRATOR, programme.school)


def typed(programme: Programme, **more: object) -> dict[str, object]:
    return {"ground": "приказ № 137/к", "approved_on": "2026-08-31", "seen": programme.revision, **more}


def move_first(programme: Programme) -> Window:
    window = Window.objects.filter(cycle__programme=programme).select_related("cycle__programme").order_by("pk")[0]
    set_days(window=window, starts_on=date(2026, 9, 7), ends_on=date(2026, 9, 9), by=actor_of(school=programme.school))
    programme.refresh_from_db()
    return window


def test_an_administrator_approves_on_one_page(log_in: LogIn, programme: Programme) -> None:
    browser = log_in(administrator_of(programme))
    page = browser.get(f"/programmes/{programme.pk}/versions/approve/")

    answer = browser.post(
        f"/programmes/{programme.pk}/versions/approve/",
        typed(programme, seen=page.context["form"].initial["seen"]),
        follow=True,
    )

    version = Version.objects.get()
    assert (version.number, version.ground, answer.redirect_chain) == (
        1,
        "приказ № 137/к",
        [(f"/programmes/{programme.pk}/versions/", 302)],
    )
    assert "Утверждена редакция 1 от 31 августа 2026" in answer.content.decode().replace("\u00a0", " ")


def test_sent_twice_it_is_one_version(log_in: LogIn, programme: Programme) -> None:
    browser = log_in(administrator_of(programme))

    answers = [
        browser.post(f"/programmes/{programme.pk}/versions/approve/", typed(programme, once="one")) for _click in "ab"
    ]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Version.objects.count() == 1


def test_a_curator_without_a_paper_is_told_at_the_field(log_in: LogIn, programme: Programme) -> None:
    browser = log_in(actor_of(school=programme.school))

    answer = browser.post(f"/programmes/{programme.pk}/versions/approve/", typed(programme, ground=""))

    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["ground"])
    assert Version.objects.count() == 0


def test_who_read_an_older_state_reads_again_and_keeps_what_was_typed(log_in: LogIn, programme: Programme) -> None:
    browser, seen = log_in(administrator_of(programme)), programme.revision
    move_first(programme)

    answer = browser.post(f"/programmes/{programme.pk}/versions/approve/", typed(programme, seen=seen))
    page = answer.content.decode()

    assert (answer.status_code, Version.objects.count()) == (409, 0)
    assert "Пока вы читали, план изменили." in page
    assert "приказ № 137/к" in page
    assert answer.context["form"].data["seen"] == programme.revision


@pytest.mark.parametrize(
    "wrong", [{"approved_on": "31 февраля"}, {"seen": "x"}, {"seen": 10**30}, {"ground": "x" * 301}]
)
def test_what_cannot_be_read_is_refused(log_in: LogIn, programme: Programme, wrong: dict[str, object]) -> None:
    browser = log_in(administrator_of(programme))

    answer = browser.post(f"/programmes/{programme.pk}/versions/approve/", typed(programme, **wrong))

    assert (answer.status_code, Version.objects.count()) == (400, 0)


def test_without_a_change_the_page_says_so_and_asks_nothing(log_in: LogIn, programme: Programme) -> None:
    VersionFactory(programme=programme, revision=programme.revision)

    page = log_in(administrator_of(programme)).get(f"/programmes/{programme.pk}/versions/approve/").content.decode()

    assert "утверждать нечего" in page
    assert 'name="approved_on"' not in page


def test_what_was_changed_stands_beside_what_was_approved(log_in: LogIn, programme: Programme) -> None:
    version = VersionFactory(programme=programme, revision=programme.revision, number=1)
    activity = move_first(programme).activity
    Activity.objects.filter(pk=activity.pk).update(text="Провести <b>встречу</b> 1.1")

    answer = log_in(actor_of(Role.PSYCHOLOGIST, programme.school)).get(
        f"/programmes/{programme.pk}/versions/{version.pk}/now/"
    )
    page = answer.content.decode()

    assert answer.context["between"].changed == 1
    assert 'Провести <del><span class="visually-hidden">убрано: </span>мероприятие</del> 1.1' in page
    assert '<ins><span class="visually-hidden">добавлено: </span>&lt;b&gt;встречу&lt;/b&gt;</ins> 1.1' in page
    assert "Провести мероприятие 2.2" not in page


def test_what_is_the_same_is_shown_when_it_is_asked_for(log_in: LogIn, programme: Programme) -> None:
    old, new = VersionFactory(programme=programme), VersionFactory(programme=programme)
    browser, address = log_in(actor_of(school=programme.school)), pages(programme, old.pk, new.pk)["compare"]

    page, whole = browser.get(address).content.decode(), browser.get(f"{address}?all").content.decode()

    assert "Обе редакции совпадают слово в слово." in page
    assert whole.count('class="pair-row same"') == 7


def test_a_version_is_printed_as_it_was_approved(log_in: LogIn, programme: Programme) -> None:
    version = VersionFactory(programme=programme, revision=programme.revision)
    activity = move_first(programme).activity
    Activity.objects.filter(pk=activity.pk).update(text="Нечто совсем другое")

    answer = log_in(actor_of(school=programme.school)).post(f"/programmes/{programme.pk}/versions/{version.pk}/pdf/")
    run_due_jobs()

    job = Job.objects.get()
    assert (answer["Location"], job.state) == (f"/jobs/{job.pk}/", JobState.DONE)
    assert job.result is not None
    paper = PdfReader(BytesIO(read_file(job.result)))
    text = " ".join("".join(leaf.extract_text() for leaf in paper.pages).split())
    assert activity.text in text
    assert "Нечто совсем другое" not in text


def test_doors(log_in: LogIn, programme: Programme) -> None:
    version = VersionFactory(programme=programme)
    elsewhere = VersionFactory()
    browser = log_in(actor_of(school=programme.school))

    for name, page in pages(programme, version.pk, version.pk).items():
        ask = "post" if name == "pdf" else "get"
        assert getattr(log_in(actor_of()), ask)(page).status_code == 404
        assert getattr(log_in(actor_of(Role.MENTOR, programme.school)), ask)(page).status_code == 403
        assert getattr(Client(), ask)(page)["Location"].startswith("/log-in/")
        assert browser.delete(page).status_code == 405
    for name, page in pages(programme, elsewhere.pk, elsewhere.pk).items():
        if name not in {"list", "approve"}:
            assert (browser.post(page) if name == "pdf" else browser.get(page)).status_code == 404
    assert (
        log_in(actor_of(Role.PSYCHOLOGIST, programme.school))
        .post(pages(programme, version.pk, version.pk)["approve"])
        .status_code
        == 403
    )


@pytest.mark.parametrize("versions", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    log_in: LogIn, django_assert_num_queries: DjangoAssertNumQueries, programme: Programme, versions: int
) -> None:
    for number in range(1, versions + 1):
        VersionFactory(programme=programme, number=number, revision=number + 100)
    browser = log_in(actor_of(school=programme.school))
    browser.get("/")

    with django_assert_num_queries(8):
        answer = browser.get(f"/programmes/{programme.pk}/versions/")

    assert [line.version.number for line in answer.context["lines"]] == [*range(versions, 0, -1)]
