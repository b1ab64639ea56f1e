"""One press of a button on a draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from core.actors import Actor
from core.models import Role
from roadmap.drafting.sheet import Sheet, sheet_from_json
from roadmap.models import Draft
from roadmap.services.programmes import make_programme
from tests.factories import actor_of
from tests.roadmap.samples import ROADMAP, opened

pytestmark = pytest.mark.django_db

LogIn = Callable[[Actor], Client]
RUBBISH = ROADMAP + "\nB MBOOY CTVL HUI Dauanr\n"


def url_of(draft: Draft) -> str:
    return f"/drafts/{draft.pk}/change/"


def sheet_of(draft: Draft) -> Sheet:
    return sheet_from_json(Draft.objects.get(pk=draft.pk).entered)


@pytest.mark.parametrize(
    ("deed", "order"),
    [
        ("up:a2", ["a2", "a1", "a3"]),
        ("down:a1", ["a2", "a1", "a3"]),
        ("delete:a1", ["a2", "a3"]),
        ("delete:s2", ["a1", "a2"]),
        ("add_activity:s1", ["a1", "a2", "a4", "a3"]),
    ],
)
def test_a_press_changes_the_order_and_comes_back_to_the_place(log_in: LogIn, deed: str, order: list[str]) -> None:
    draft, by = opened()

    response = log_in(by).post(url_of(draft), {"do": deed})

    sheet = sheet_of(draft)
    assert [
        part.key for stage in sheet.standing(sheet.stages) for part in sheet.of_stage(stage.key) if not part.gone
    ] == order
    assert response["Location"].startswith(f"/drafts/{draft.pk}/")


def test_deleting_is_undone_by_one_press(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)
    before = sheet_of(draft)

    browser.post(url_of(draft), {"do": "delete:a2"})
    browser.post(url_of(draft), {"do": "restore:a2"})

    assert sheet_of(draft) == before


def test_what_is_added_opens_for_typing(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)

    answers = [browser.post(url_of(draft), {"do": deed})["Location"] for deed in ("add_stage", "add_approval")]

    assert answers == [f"/drafts/{draft.pk}/?edit=s3#s3", f"/drafts/{draft.pk}/?edit=p1#p1"]


def open_notes(browser: Client, draft: Draft) -> list[str]:
    page = browser.get(f"/drafts/{draft.pk}/").context["page"]
    return [note.key for note in page.open_notes]


def test_a_remark_is_put_aside_and_asked_again(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)
    first, *others = open_notes(browser, draft)

    browser.post(url_of(draft), {"do": f"settle:{first}"})
    assert open_notes(browser, draft) == others

    browser.post(url_of(draft), {"do": f"unsettle:{first}"})
    assert open_notes(browser, draft) == [first, *others]


def test_a_dropped_line_is_taken_back_once(log_in: LogIn) -> None:
    draft, by = opened(text=RUBBISH)
    browser = log_in(by)
    place, text, _line = browser.get(f"/drafts/{draft.pk}/").context["dropped"][-1]

    for _click in range(2):
        browser.post(url_of(draft), {"do": f"take:{place}"})

    sheet = sheet_of(draft)
    assert [part.fields["text"] for part in sheet.standing(sheet.activities)].count(text) == 1
    assert place not in [row[0] for row in browser.get(f"/drafts/{draft.pk}/").context["dropped"]]


def test_a_quarrel_of_two_windows_is_settled(log_in: LogIn) -> None:
    draft, by = opened()
    browser = log_in(by)
    for text in ("Первый", "Второй"):
        browser.post(f"/drafts/{draft.pk}/", {"part": "a1", "seen": "1", "text": text})

    browser.post(url_of(draft), {"do": "take_rival:a1"})

    assert (sheet_of(draft).parts["a1"].fields["text"], sheet_of(draft).parts["a1"].rival) == ("Второй", None)


@pytest.mark.parametrize(
    "deed", ["", "burn:a1", "up:zz", "up:head", "delete:head", "add_activity:zz", "take:999", "take:x", "restore:a1"]
)
def test_a_press_that_no_button_sends_changes_nothing(log_in: LogIn, deed: str) -> None:
    draft, by = opened()
    before = sheet_of(draft)

    assert log_in(by).post(url_of(draft), {"do": deed}).status_code == 302
    assert sheet_of(draft) == before


def test_htmx_gets_the_sheet_alone(log_in: LogIn) -> None:
    draft, by = opened()

    response = log_in(by).post(url_of(draft), {"do": "up:a2"}, headers={"HX-Request": "true"})

    page = response.content.decode()
    assert page.lstrip().startswith('<div id="sheet"')
    assert 'id="summary"' in page


def test_after_the_programme_is_made_the_draft_stands_still(log_in: LogIn) -> None:
    draft, by = opened()
    make_programme(draft=draft, by=by)
    before = sheet_of(draft)

    log_in(by).post(url_of(draft), {"do": "delete:a1"})

    assert sheet_of(draft) == before


def test_another_schools_draft_is_not_found(log_in: LogIn) -> None:
    draft, _by = opened()

    assert log_in(actor_of()).post(url_of(draft), {"do": "up:a2"}).status_code == 404


def test_the_wrong_role_and_the_wrong_method_are_refused(log_in: LogIn) -> None:
    draft, by = opened()

    assert log_in(actor_of(Role.PSYCHOLOGIST, by.school)).post(url_of(draft)).status_code == 403
    assert log_in(by).get(url_of(draft)).status_code == 405
