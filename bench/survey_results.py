"""The results of a survey that ten thousand have answered, beside the bare query that counts their answers."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from decimal import Decimal

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bench.figures import Figure, middle
from bench.pages import WARM_UP, Page, cookie_of
from bench.people_pages import BATCH, people_of
from core.models import Role
from participants.models import Enrolment, Person, Side
from surveys.content import Content, Kind, Option, Question, Section, content_to_json
from surveys.models import Answer, Campaign, Respondent, Response
from tests.factories import CampaignFactory, MentoringFormFactory, actor_of

FEW, MANY = 10, 10_000
BLOCKS, QUICK_BLOCKS = 8, 4
RESULTS_GOAL = 3.0
SCALES = tuple(f"q{number}" for number in range(1, 11))
OPTIONS = tuple(Option(key, f"Вариант {key}") for key in "abcde")
CONTENT = Content(
    (
        Section("s1", "О встречах", "", tuple(Question(key, Kind.SCALE, f"Вопрос {key}") for key in SCALES)),
        Section(
            "s2",
            "О программе",
            "",
            (
                Question("more", Kind.YES_NO, "Хотите продолжать?"),
                Question("liked", Kind.SEVERAL, "Что понравилось?", options=OPTIONS),
                Question("words", Kind.LONG, "Чего не хватило?", longest=4000),
            ),
        ),
    )
)


def measured(*, quick: bool) -> list[Figure]:
    """The page by the clock beside the query, and its queries for many beside those for few."""
    logging.disable(logging.WARNING)
    if not connection.introspection.table_names():
        call_command("migrate", verbosity=0)
    campaigns = {size: answered(size) for size in (FEW, MANY)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    handler = WSGIHandler()
    pages = {size: page_of(handler, campaign) for size, campaign in campaigns.items()}
    for page in pages.values():
        for _visit in range(WARM_UP):
            page.visit()
    blocks = [
        (clock(pages[MANY].visit), clock(lambda: bare(campaigns[MANY])))
        for _block in range(QUICK_BLOCKS if quick else BLOCKS)
    ]
    few, many = (queries_of(pages[size]) for size in (FEW, MANY))
    beside = f"bare query {min(base for _page, base in blocks) * 1000:.0f} ms"
    ratios = [ours / base for ours, base in blocks]
    return [
        middle(f"results of {MANY:,} responses", ratios, "x", goal=RESULTS_GOAL, baseline=beside),
        Figure(f"queries of results of {MANY:,} responses", many, "", float(few), baseline=f"{FEW} responses: {few}"),
    ]


def answered(size: int) -> Campaign:
    """A campaign with names that so many have answered."""
    campaign: Campaign = CampaignFactory(open=True)
    campaign.version.content = content_to_json(CONTENT)
    campaign.version.save()
    school = campaign.cycle.programme.school
    form = MentoringFormFactory(school=school)
    people = Person.objects.bulk_create(people_of(school, size), batch_size=BATCH)
    parts = Enrolment.objects.bulk_create(
        (Enrolment(person=person, cycle=campaign.cycle, form=form, side=Side.MENTEE) for person in people),
        batch_size=BATCH,
    )
    asked = Respondent.objects.bulk_create(
        (Respondent(campaign=campaign, enrolment=part, has_answered=True) for part in parts), batch_size=BATCH
    )
    now = timezone.now()
    responses = Response.objects.bulk_create(
        (Response(campaign=campaign, respondent=row, is_sent=True, began_at=now, sent_at=now) for row in asked),
        batch_size=BATCH,
    )
    rows = (answer for number, response in enumerate(responses) for answer in answers_of(response, number))
    Answer.objects.bulk_create(rows, batch_size=BATCH)
    return campaign


def answers_of(response: Response, number: int) -> Iterator[Answer]:
    for place, key in enumerate(SCALES):
        yield Answer(response=response, question=key, number=Decimal(1 + (number * (place + 3)) % 10))
    yield Answer(response=response, question="more", number=Decimal(number % 2))
    yield Answer(response=response, question="liked", item="abcde"[number % 5])
    yield Answer(response=response, question="liked", item="abcde"[(number + 1 + number % 3) % 5])
    if number % 3 == 0:
        yield Answer(response=response, question="words", text="Больше встреч")


def page_of(handler: WSGIHandler, campaign: Campaign) -> Page:
    curator = actor_of(Role.CURATOR, campaign.cycle.programme.school)
    return Page(handler, reverse("surveys:result_show", args=(campaign.pk,)), cookie_of(curator))


def bare(campaign: Campaign) -> None:
    """How many gave each answer to each question, and nothing more."""
    rows = Answer.objects.filter(response__campaign=campaign).order_by()
    list(rows.values_list("question", "item", "number").annotate(size=Count("pk")))


def clock(act: Callable[[], object]) -> float:
    """Seconds by the clock, for the database works in another process."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def queries_of(page: Page) -> int:
    with CaptureQueriesContext(connection) as queries:
        page.visit()
    return len(queries)
