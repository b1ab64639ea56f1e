"""R14: nothing of one school reaches another through a page, a list, a paper, a letter, an error, the log or the journal.

Two schools are filled with canaries, words that only one of them has. Everyone of each school opens all that he can.
"""

from __future__ import annotations

import io
import itertools
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from PIL import Image
from pytest_django.fixtures import Settings

from core.access import ActingRequest, Door, allow
from core.actors import Actor, ActorKind
from core.jobs import job_kind, run_due_jobs
from core.models import Event, Job, JobState, Notice, Role, School
from core.notices import send_due_notices
from mentoring import urls
from mentoring.logs import JsonFormatter
from participants.models import Person
from tests.canaries import COMMON, KEPT, NORTH, OWN_MODELS, SOUTH, WITHOUT_TEXT, all_marks, fill, text_columns
from tests.core.test_visibility import SEEN_BY
from tests.crawler import LEAVING, Crawler, Form, Page, shape_of
from tests.factories import ROADMAP, SchoolFactory, actor_of, installation_admin
from tests.families import Family, come_by_link, family_of
from tests.post import PostOffice
from tests.test_access_matrix import THINGS, Route, all_routes

pytestmark = pytest.mark.django_db

LINK = "holder of a link"
WHO = [*Role, LINK]
LEAKING = {"person", "guardian", "consent", "enrolment", "mentoringform", "match", "user", "programme", "activity"}
"""What the curator's pages would show of another school if nothing kept it apart."""


@dataclass
class Filled:
    """A school full of canaries and the rows that its addresses name."""

    school: School
    mark: str
    others: str
    rows: dict[str, object]
    family: Family


@dataclass
class Found:
    """What a walk came upon."""

    pages: Counter[str] = field(default_factory=Counter)
    foreign: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    own: set[str] = field(default_factory=set)
    """The columns of the school's own rows that were shown, as `person-surname`."""
    letters: int = 0

    def look_at(self, how: str, page: Page, place: Filled) -> None:
        self.pages[how] += 1
        self.foreign += [f"{how} {page.address}: {mark}" for mark in all_marks(page.text, place.others)]
        self.own |= {"-".join(mark.split("-")[1:3]) for mark in all_marks(page.text, place.mark)}
        if page.answer.status_code >= 500:
            self.failed.append(f"{how} {page.address} gave {page.answer.status_code}")


def filled(mark: str, others: str) -> Filled:
    school = SchoolFactory()
    made = fill(school, mark, also=[thing.make for thing in THINGS.values()])
    return Filled(school, mark, others, dict(zip(THINGS, made, strict=True)), family_of(school))


@pytest.fixture
def schools() -> tuple[Filled, Filled]:
    both = filled(NORTH, SOUTH), filled(SOUTH, NORTH)
    for waiting in (Job, Notice):
        # What the walk itself sets going is done at once; what the factories made has nothing behind it.
        waiting.objects.update(due_at=timezone.now() + timedelta(days=1))
    return both


def browser_of(actor: Actor, place: Filled) -> Client:
    client = Client(raise_request_exception=False)
    if actor.kind is ActorKind.LINK:
        return come_by_link(client, place.family.link)
    assert actor.user
    client.force_login(actor.user)
    session = client.session
    session["membership"] = actor.membership.pk if actor.membership else None
    session.save()
    return client


def actor_for(who: str, place: Filled) -> Actor:
    return place.family.holder if who == LINK else place.family.actor_in(Role(who))


def addresses(actor: Actor, schools: tuple[Filled, Filled], door: Door | None = None) -> Iterator[str]:
    """Every page the actor's rule lets him open, with rows of each state of his own school and of the other."""
    for route in all_routes():
        if door and not (route.rule and door in route.rule.who):
            continue
        # What a part of an address names is told by the access matrix, which fails where it is not.
        is_known = all(route.thing(kwarg) in THINGS for kwarg in route.kwargs)
        if is_known and route.rule and route.rule.admits(actor) and "GET" in route.rule.methods:
            # A link with a token opens for whoever holds it; nobody holds another school's.
            is_link = any(kwarg == "token" for kwarg in route.kwargs)
            for place in schools[:1] if is_link else schools:
                yield from filled_in(route, place)


def filled_in(route: Route, place: Filled) -> Iterator[str]:
    keys = [keys_of(route.thing(kwarg), place) for kwarg in route.kwargs]
    # Several keys in one address go together row by row, not each with each.
    for values in itertools.zip_longest(*keys) if len(keys) > 1 else [(key,) for key in keys[0]] if keys else [()]:
        if None not in values:
            yield route.address(dict(zip(route.kwargs, values, strict=True)))


def keys_of(thing: str, place: Filled) -> list[object]:
    """The key of the row made for the matrix, and of a row of the school in each other state."""
    row: Any = place.rows[thing]
    keys = [THINGS[thing].key(row)]
    if isinstance(row, models.Model) and hasattr(row, "state") and not thing.endswith("job"):
        rows = type(row).objects.visible_to(actor_of(Role.CURATOR, place.school))  # type: ignore[attr-defined]
        keys += {other.state: other.pk for other in rows if other.state != row.state}.values()
    return keys


def walk(actor: Actor, schools: tuple[Filled, Filled], found: Found, *, door: Door | None = None) -> list[Form]:
    """Open all that the actor can reach in the first of the schools; the forms he met, one of each shape.

    With a `door` he begins only where that lets him in.
    """
    here, forms = schools[0], dict[object, Form]()
    crawler = Crawler(browser_of(actor, here), looked_for=COMMON)
    for page in crawler.walk(["/", *addresses(actor, schools, door)]):
        found.look_at("GET", page, here)
        for form in page.forms():
            if form.method == "post" and not form.address.startswith(LEAVING):
                forms.setdefault((shape_of(form.address), frozenset(form.names)), form)
    for address in sorted({urlsplit(shape_of(address)).path: address for address in crawler.opened}.values()):
        found.look_at("HTMX", crawler.open(address, HX_Request="true"), here)
    return list(forms.values())


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
        transaction.set_rollback(True)
    for letter in post_office.letters:
        found.letters += 1
        mixed = all(all_marks(letter.as_string() + str(letter.get_content()), mark) for mark in (NORTH, SOUTH))
        found.foreign += [f"letter after {form.address}"] if mixed else []
    post_office.letters.clear()


def asked_for(succeeded: int) -> list[Job]:
    """The jobs that have just been done."""
    return list(Job.objects.filter(state=JobState.DONE).order_by("-finished_at")[:succeeded])


def filled_out(form: Form, mark: str) -> dict[str, Any]:
    """What the form shows; something typed, chosen or uploaded where it shows nothing."""
    typed = {
        "email": f"{mark}-typed@home.test",
        "date": f"{timezone.now() + timedelta(days=30):%Y-%m-%d}",
        "datetime-local": f"{timezone.now() - timedelta(days=1):%Y-%m-%dT%H:%M}",
        "time": "15:20",
        "number": "5",
        "password": "сосны-над-рекой-11",
    }
    values: dict[str, Any] = {}
    for name, value in form.fields:
        values.setdefault(name, []).append(value)
    for name, kind in form.kinds.items():
        if not any(values.get(name, [])):
            values[name] = [typed.get(kind, f"{mark}-typed")]
    for name, choices in form.choices.items():
        if not any(values.get(name, [])):
            values[name] = [choices[-1]]
    return values | {name: upload(accepts) for name, accepts in form.files.items()}


def upload(accepts: str) -> SimpleUploadedFile:
    if "txt" in accepts or "docx" in accepts:
        return SimpleUploadedFile("карта.txt", ROADMAP.format(n=1).encode())
    picture = io.BytesIO()
    Image.new("RGB", (1240, 1754), "white").save(picture, "JPEG")
    return SimpleUploadedFile("1.jpg", picture.getvalue(), content_type="image/jpeg")


# ---------------------------------------------------------------- the tests


def test_every_column_of_text_holds_a_canary_or_a_reason_not_to() -> None:
    labels = {model._meta.label: {column.name for column in model._meta.fields} for model in OWN_MODELS}

    assert {label: kept - labels[label] for label, kept in KEPT.items() if kept - labels[label]} == {}
    assert sum(1 for model in OWN_MODELS if model not in WITHOUT_TEXT for _column in text_columns(model)) > 60


@pytest.mark.parametrize("who", WHO)
def test_whoever_opens_all_he_can_meets_nothing_of_another_school(
    who: str, schools: tuple[Filled, Filled], post_office: PostOffice, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    found = Found()

    for pair in (schools, schools[::-1]):
        actor = actor_for(who, pair[0])
        forms = walk(actor, pair, found)
    for form in forms:
        send(browser_of(actor, pair[0]), form, pair[0], post_office, found)

    print(f"canaries: {who}: {dict(found.pages)}, {found.letters} letters, {len(found.own)} own columns seen")
    assert (found.foreign, found.failed) == ([], [])
    assert [record for record in caplog.records if COMMON in JsonFormatter().format(record).lower()] == []
    assert [event for event in Event.objects.all() if COMMON in str(vars(event)).lower()] == []


def test_the_installations_administrator_meets_schools_and_no_person(schools: tuple[Filled, Filled]) -> None:
    found = Found()

    walk(installation_admin(), schools, found, door=Door.INSTALLATION)

    shown = found.own | {line.split(f"{SOUTH}-")[1] for line in found.foreign}
    assert {name.split("-")[0] for name in shown} == {"school"}


def test_every_kind_of_row_would_be_missed_if_its_page_forgot_the_school(
    schools: tuple[Filled, Filled], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with rules that let everybody see everything the same walk finds the other school."""
    for model in SEEN_BY:
        monkeypatch.setattr(type(model.objects.all()), "visible_to", lambda rows, actor: rows)
    found = Found()

    walk(actor_for(Role.CURATOR, schools[0]), schools, found)

    leaked = {mark.split(f"{SOUTH}-")[1].split("-")[0] for mark in found.foreign if f"{SOUTH}-" in mark}
    print(f"canaries: without rules {len(found.foreign)} foreign ones of {sorted(leaked)}")
    assert leaked >= LEAKING


def test_a_page_that_forgets_the_school_is_found(schools: tuple[Filled, Filled], settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    found = Found()

    walk(actor_for(Role.MENTEE, schools[0]), schools, found)

    assert {line.split(":")[0] for line in found.foreign} == {"GET /forgotten/", "HTMX /forgotten/"}


@allow(Role.MENTEE)
def forgotten(request: ActingRequest) -> HttpResponse:
    return HttpResponse(" ".join(person.full_name for person in Person.objects.all()))


urlpatterns = [*urls.urlpatterns, path("forgotten/", forgotten, name="forgotten")]
