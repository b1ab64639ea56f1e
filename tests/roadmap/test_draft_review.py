"""Looking a draft over: the outline beside its source, every part saved by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.actors import Actor
from core.models import Role
from roadmap.drafting.sheet import Part, sheet_from_json
from roadmap.models import Draft
from roadmap.services.programmes import make_programme
from tests.factories import actor_of
from tests.roadmap.samples import ROADMAP, opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
HTMX = {"HX-Request": "true"}


def url_of(draft: Draft) -> str:
    return f"/drafts/{draft.pk}/"


def part_of(draft: Draft, key: str) -> Part:
    return sheet_from_json(Draft.objects.get(pk=draft.pk).entered).parts[key]


def test_the_page_shows_the_outline_beside_the_source(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).get(url_of(draft))

    page = response.content.decode()
    assert [len(block.activities) for block in response.context["page"].stages] == [2, 1]
    assert 'href="#l6"' in page
    assert 'id="l6"' in page
    assert 'href="#a1"' in page
    assert "Срок не распознан" in page


def test_the_number_of_queries_does_not_depend_on_the_number_of_activities(log_in: LogIn) -> None:
    long = ROADMAP + "".join(f"2.{n}\tДело {n}\tОктябрь 2026\tКуратор Программы\n" for n in range(2, 50))
    counts = []
    for text in (ROADMAP, long):
        draft, by = opened(text=text)
        browser = log_in(by)
        browser.get(url_of(draft))  # stamps the session
        with CaptureQueriesContext(connection) as queries:
            browser.get(url_of(draft))
        counts.append(len(queries))

    assert counts == [5, 5]


def test_a_part_opens_without_scripts_by_its_address(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).get(url_of(draft), {"edit": "a2"})

    assert '<textarea name="text"' in response.content.decode()
    assert response.context["form"].initial == {}
    assert response.context["form"].data["term"] == "по первому снегу"


def test_htmx_gets_the_one_part_it_asks_for(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).get(url_of(draft), {"edit": "a2"}, headers=HTMX | {"HX-Target": "a2"})

    assert response.content.decode().lstrip().startswith('<article id="a2"')


def test_saving_without_scripts_closes_a_good_part(log_in: LogIn) -> None:
    draft, by = opened()
    typed = {"part": "a2", "seen": "1", "term": "Ноябрь 2026", "do": "save"}

    response = log_in(by).post(url_of(draft), typed)

    assert response["Location"] == f"{url_of(draft)}#a2"
    assert len(part_of(draft, "a2").windows) == 1


def test_saving_a_faulty_part_keeps_what_was_typed_and_opens_it_again(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)

    response = browser.post(url_of(draft), {"part": "a2", "seen": "1", "text": "", "term": "когда-нибудь"})

    assert response["Location"] == f"{url_of(draft)}?edit=a2#a2"
    page = browser.get(response["Location"])
    assert page.context["form"].errors == {"text": ["Напишите, что нужно сделать."]}
    assert page.context["form"].data["term"] == "когда-нибудь"


def test_a_change_is_kept_at_once_and_read_aloud(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)

    response = browser.post(url_of(draft), {"part": "a2", "seen": "1", "term": "Ноябрь 2026"}, headers=HTMX)

    said = response.content.decode()
    assert said.lstrip().startswith('<div id="live-a2"')
    assert "1–30\u00a0ноября" in said
    assert 'name="seen" value="2"' in said
    assert "сохранено в" in said
    assert "Ноябрь 2026" in browser.get(url_of(draft)).content.decode()


def test_a_term_nobody_understands_is_answered_with_the_remark(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).post(url_of(draft), {"part": "a1", "seen": "1", "term": "как подморозит"}, headers=HTMX)

    assert "Срок не распознан: «как подморозит»" in response.content.decode()
    assert part_of(draft, "a1").windows == ()


def test_a_stale_window_is_told_and_loses_nothing(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)
    browser.post(url_of(draft), {"part": "a1", "seen": "1", "text": "Первый"}, headers=HTMX)

    response = browser.post(url_of(draft), {"part": "a1", "seen": "1", "text": "Второй"}, headers=HTMX)

    assert "В другом окне здесь записали иначе" in response.content.decode()
    page = browser.get(url_of(draft), {"edit": "a1"}).content.decode()
    assert "Первый" in page
    assert "Второй" in page


def test_a_lost_session_is_told_in_place_and_not_by_a_login_page_inside_the_form() -> None:
    draft, _by = opened()

    response = Client().post(url_of(draft), {"part": "a1", "text": "Первый"}, headers=HTMX)

    assert (response.status_code, response.content) == (401, b"")


def test_a_draft_that_is_a_programme_leads_to_it(log_in: LogIn) -> None:
    draft, by = opened()
    programme = make_programme(draft=draft, by=by)

    assert log_in(by).get(url_of(draft))["Location"] == f"/programmes/{programme.pk}/"


@pytest.mark.parametrize("typed", [{}, {"part": "zz"}, {"part": "a1", "seen": "x"}])
def test_a_form_made_up_by_hand_does_no_harm(log_in: LogIn, typed: dict[str, str]) -> None:
    draft, by = opened()

    assert log_in(by).post(url_of(draft), typed).status_code == 302
    assert part_of(draft, "a1").fields["text"] == "Встреча у новогодней ёлки"


def test_another_schools_draft_is_not_found(log_in: LogIn) -> None:
    draft, _by = opened()

    assert log_in(actor_of()).get(url_of(draft)).status_code == 404


def test_the_wrong_role_is_refused(log_in: LogIn) -> None:
    draft, by = opened()

    assert log_in(actor_of(Role.ADMINISTRATOR, by.school)).get(url_of(draft)).status_code == 403


def test_another_method_is_refused(log_in: LogIn) -> None:
    draft, by = opened()

    assert log_in(by).put(url_of(draft)).status_code == 405


def test_the_source_is_given_out_and_journaled(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).get(f"{url_of(draft)}source/")

    assert response.content == ROADMAP.encode()
    assert log_in(actor_of()).get(f"{url_of(draft)}source/").status_code == 404
