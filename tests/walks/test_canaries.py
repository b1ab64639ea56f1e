"""R14: nothing of one school reaches another through a page, a list, a paper, a letter, an error, the log or the journal.

Two schools are filled with canaries, words that only one of them has. Everyone of each school opens all that he can.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from pytest_django.fixtures import Settings

from core.access import ActingRequest, Door, allow
from core.actors import Actor
from core.jobs import job_kind, run_due_jobs
from core.models import Event, Job, JobState, Role
from core.notices import send_due_notices
from mentoring import urls
from mentoring.logs import JsonFormatter
from participants.models import Person
from tests.canaries import (
    COMMON,
    KEEPER,
    KEPT,
    LINK,
    NORTH,
    OWN_MODELS,
    SOUTH,
    WITHOUT_TEXT,
    Filled,
    addresses,
    all_marks,
    browser_of,
    text_columns,
)
from tests.core.test_visibility import SEEN_BY
from tests.crawler import Crawler, Form, Page, filled_out
from tests.post import PostOffice
from tests.walks.walked import Seen, Walked, seen, tells, walk_through

pytestmark = pytest.mark.django_db

WHO = [*Role, LINK]
LEAKING = {"person", "guardian", "consent", "enrolment", "match", "meeting", "order", "orderline", "user", "programme"}
"""What the curator's pages would show of another school if nothing kept it apart."""
WITH_WORDS = "set_single_approval"
"""The one deed whose reason the journal keeps in words: that one person may propose and approve."""


@dataclass
class Found:
    """What a walk came upon."""

    pages: Counter[str] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    """The columns of the school's own rows that were shown, as `person-surname`."""
    named: list[str] = field(default_factory=list)
    """Lines of the journal that hold what somebody typed."""
    letters: int = 0

    def look_at(self, how: str, page: Page, place: Filled) -> None:
        self.note(how, seen(page, place))

    def note(self, how: str, page: Seen) -> None:
        self.pages[how] += 1
        self.foreign += [f"{how} {page.address}: {mark}" for mark in page.foreign]
        self.own |= {"-".join(mark.split("-")[1:3]) for mark in page.own}
        if page.status >= 500:
            self.failed.append(f"{how} {page.address} gave {page.status}")


def found_by(walked: Walked) -> Found:
    """What somebody came upon, each page asked for as a whole and as a part."""
    found = Found()
    for how, pages in (("GET", walked.pages), ("HTMX", walked.parts)):
        for page in pages:
            found.note(how, page)
    return found


def send(client: Client, form: Form, place: Filled, post_office: PostOffice, found: Found) -> None:
    """Send a form with what follows from it, letters and papers too; then all is as before."""
    with transaction.atomic():
        page = Page(form.address, client.post(form.address, filled_out(form, place.mark)))
        found.look_at("POST", page, place)
        if page.answer.status_code == 302:
            found.look_at("GET", Page(page.answer["Location"], client.get(page.answer["Location"])), place)
        send_due_notices()
        for job in asked_for(run_due_jobs()):
            result_url = job_kind(job).result_url
            assert result_url
            found.look_at("PAPER", Page(result_url(job), client.get(result_url(job))), place)
        found.named += [str(event) for event in Event.objects.exclude(verb=WITH_WORDS) if tells(event)]
        transaction.set_rollback(True)
    for letter in post_office.letters:
        found.letters += 1
        mixed = all(all_marks(letter.as_string() + str(letter.get_content()), mark) for mark in (NORTH, SOUTH))
        found.foreign += [f"letter after {form.address}"] if mixed else []
    post_office.letters.clear()


def asked_for(succeeded: int) -> list[Job]:
    """The jobs that have just been done."""
    return list(Job.objects.filter(state=JobState.DONE).order_by("-finished_at")[:succeeded])


# ---------------------------------------------------------------- the tests


def test_every_column_of_text_holds_a_canary_or_a_reason_not_to() -> None:
    labels = {model._meta.label: {column.name for column in model._meta.fields} for model in OWN_MODELS}

    assert {label: kept - labels[label] for label, kept in KEPT.items() if kept - labels[label]} == {}
    assert sum(1 for model in OWN_MODELS if model not in WITHOUT_TEXT for _column in text_columns(model)) > 60


@pytest.mark.parametrize("who", WHO)
def test_whoever_opens_all_he_can_meets_nothing_of_another_school(
    who: str,
    schools: tuple[Filled, Filled],
    walked: Callable[[str], Walked],
    post_office: PostOffice,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    came_upon = walked(who)
    found = found_by(came_upon)

    for form in came_upon.forms:
        send(browser_of(came_upon.actor, schools[0]), form, schools[0], post_office, found)

    print(f"canaries: {who}: {dict(found.pages)}, {found.letters} letters, {len(found.own)} own columns seen")
    assert (found.foreign, found.failed) == ([], [])
    assert came_upon.logged == []
    assert [record for record in caplog.records if COMMON in JsonFormatter().format(record).lower()] == []
    assert found.named == came_upon.named == [str(event) for event in Event.objects.all() if tells(event)] == []


def test_the_installations_administrator_meets_schools_and_no_person(
    schools: tuple[Filled, Filled], actors: dict[str, Actor]
) -> None:
    found = found_by(walk_through(actors[KEEPER], schools, door=Door.INSTALLATION))

    shown = found.own | {line.split(f"{SOUTH}-")[1] for line in found.foreign}
    assert {name.split("-")[0] for name in shown} == {"school"}


def test_every_kind_of_row_would_be_missed_if_its_page_forgot_the_school(
    schools: tuple[Filled, Filled], actors: dict[str, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with rules that let everybody see everything the same walk finds the other school."""
    for model in SEEN_BY:
        monkeypatch.setattr(type(model.objects.all()), "visible_to", lambda rows, actor: rows)

    pages = Crawler(browser_of(actors[Role.CURATOR], schools[0]), looked_for=COMMON).walk(
        addresses(actors[Role.CURATOR], schools, None)
    )
    leaked: set[str] = set()
    while not leaked >= LEAKING and (page := next(pages, None)):
        leaked |= {mark.split("-")[1] for mark in seen(page, schools[0]).foreign if "-" in mark}

    assert leaked >= LEAKING


def test_a_page_that_forgets_the_school_is_found(
    schools: tuple[Filled, Filled], actors: dict[str, Actor], settings: Settings
) -> None:
    settings.ROOT_URLCONF = __name__

    found = found_by(walk_through(actors[Role.MENTEE], schools))

    assert {line.split(":")[0] for line in found.foreign} == {"GET /forgotten/", "HTMX /forgotten/"}


@allow(Role.MENTEE)
def forgotten(request: ActingRequest) -> HttpResponse:
    return HttpResponse(" ".join(person.full_name for person in Person.objects.all()))


urlpatterns = [*urls.urlpatterns, path("forgotten/", forgotten, name="forgotten")]
