"""The page of one activity: its words, its terms, who answers, what proves it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role
from roadmap.evidence import Evidence, register_evidence
from roadmap.forms.activities import EvidenceForm
from roadmap.models import Activity, EvidenceKind
from roadmap.models.programme import ROADMAP_READERS
from tests.factories import CycleFactory, ProofFactory, ResponsibleFactory, WindowFactory, actor_of
from tests.registries import always

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
PAIRS = EvidenceKind.PAIRS


@pytest.fixture
def activity() -> Activity:
    return WindowFactory(activity__evidence=PAIRS).activity


def reader_of(activity: Activity, role: Role = Role.CURATOR) -> Actor:
    return actor_of(role, activity.stage.programme.school)


def page_of(browser: Client, activity: Activity) -> str:
    return browser.get(f"/activities/{activity.pk}/").content.decode()


def test_everything_about_an_activity_stands_on_one_page(log_in: LogIn) -> None:
    programme = WindowFactory().cycle.programme
    programme.columns = [{"kind": "term", "title": "Сроки"}, {"kind": "result", "title": "Ожидаемый <итог>"}]
    programme.save()
    first = WindowFactory(
        activity__stage__programme=programme,
        activity__text="Собрать <согласия>",
        activity__extra={"result": "Список & подписи"},
        cycle=programme.cycles.get(),
        note="Ждём приказ",
        done=True,
    )
    WindowFactory(
        activity=first.activity, cycle=CycleFactory(programme=programme, year=2027), starts_on=None, ends_on=None
    )
    proof = ProofFactory(window=first, file__name="Протокол.pdf")
    member = reader_of(first.activity).membership
    ResponsibleFactory(activity=first.activity, role="Куратор", member=member)

    page = page_of(log_in(reader_of(first.activity)), first.activity)

    for words in (
        "Собрать &lt;согласия&gt;",
        "Ожидаемый &lt;итог&gt;",
        "Список &amp; подписи",
        "2026–2027 учебный год",
        "2027–2028 учебный год",
        "1–31\u00a0октября",
        "сроков пока нет",
        "Ждём приказ",
        "Протокол.pdf",
        f'href="/proofs/{proof.pk}/"',
        f'href="/proofs/{proof.pk}/remove/"',
        "октябрь 2026 г.",
    ):
        assert words in page
    assert member is not None
    assert member.user.full_name in page


def test_counts_are_live_and_lead_to_the_work_and_to_what_is_lacking(log_in: LogIn, activity: Activity) -> None:
    found = Evidence("пары: 3 из 4", "/participants/", 3, 4, "у 1 из 4 нет пары", "/participants/?x=1")
    register_evidence(PAIRS, lambda cycles: dict.fromkeys(cycles, found))

    curator, teacher = (
        page_of(log_in(reader_of(activity, role)), activity) for role in (Role.CURATOR, Role.CLASS_TEACHER)
    )

    assert '<a href="/participants/">пары: 3 из 4</a>' in curator
    assert '<a href="/participants/?x=1">у 1 из 4 нет пары</a>' in curator
    assert "у 1 из 4 нет пары" in teacher
    assert 'href="/participants/' not in teacher


def test_a_kind_that_nothing_counts_yet_is_kept_and_says_nothing_false(log_in: LogIn) -> None:
    activity = WindowFactory(activity__evidence="survey").activity

    page = page_of(log_in(reader_of(activity)), activity)

    assert "анкетирование" in page or "анкета" in page
    assert "Выполненным его отмечают вручную." in page
    assert 'class="counted"' not in page


def test_complete_work_is_marked_with_one_press_from_here(log_in: LogIn, activity: Activity) -> None:
    register_evidence(PAIRS, always("пары: 4 из 4", done=4, total=4))

    page = page_of(log_in(reader_of(activity)), activity)

    assert f'formaction="/windows/{activity.windows.get().pk}/complete/"' in page
    assert page.count("btn-primary") == 1


@pytest.mark.parametrize("role", sorted(ROADMAP_READERS))
def test_readers_come_in_and_only_those_who_may_mark_see_buttons(log_in: LogIn, activity: Activity, role: Role) -> None:
    page = page_of(log_in(reader_of(activity, role)), activity)

    assert ("Отметить выполненным" in page) == (role in {Role.CURATOR, Role.ADMINISTRATOR})
    assert (f"/activities/{activity.pk}/evidence/" in page) == (role == Role.CURATOR)


@pytest.mark.parametrize("role", [Role.CLASS_TEACHER, Role.MENTOR])
def test_the_first_page_leads_those_who_may_read_to_their_activities(log_in: LogIn, role: Role) -> None:
    window = WindowFactory()
    by = reader_of(window.activity, role)
    ResponsibleFactory(activity=window.activity, member=by.membership)

    page = log_in(by).get("/").content.decode()

    assert window.activity.text in page
    assert (f'href="/windows/{window.pk}/"' in page) == (role == Role.CLASS_TEACHER)


def test_doors(log_in: LogIn, activity: Activity) -> None:
    url, window = f"/activities/{activity.pk}/", f"/windows/{activity.windows.get().pk}/"

    assert log_in(reader_of(activity)).get(window)["Location"] == url
    for address in (url, window):
        assert log_in(actor_of()).get(address).status_code == 404
        assert log_in(reader_of(activity, Role.MENTOR)).get(address).status_code == 403
        assert log_in(reader_of(activity)).post(address).status_code == 405
        assert Client().get(address)["Location"].startswith("/log-in/")


@pytest.mark.parametrize("windows", [1, 3])
def test_more_terms_cost_no_more_queries(
    log_in: LogIn, windows: int, django_assert_num_queries: Callable[..., object]
) -> None:
    window = WindowFactory(done=True)
    ProofFactory(window=window)
    for year in range(2027, 2026 + windows):
        more = WindowFactory(
            activity=window.activity, cycle=CycleFactory(programme=window.cycle.programme, year=year), done=True
        )
        ProofFactory(window=more)
    browser, url = log_in(reader_of(window.activity)), f"/activities/{window.activity_id}/"
    browser.get(url)  # stamps the session

    with django_assert_num_queries(8):  # type: ignore[attr-defined]
        browser.get(url)


def test_kinds_are_offered_by_whether_they_are_counted() -> None:
    register_evidence(PAIRS, always("пары: 4 из 4"))

    (_nothing, none), (_counted, counted), (_by_hand, by_hand) = EvidenceForm().fields["kind"].choices  # type: ignore[attr-defined]

    assert none == "ничем из того, что считает программа" or none
    assert [kind for kind, _label in counted] == ["pairs"]
    assert len(by_hand) == len(EvidenceKind) - 1
