"""Schools of several sizes, visited by their curators: the first page of the list of people.

How it grows is seen by the clock, for PostgreSQL works in other processes; beside the baseline it stands by processor
time, as the other pages do.
"""

from __future__ import annotations

import logging
import random
import statistics
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, override_settings
from django.utils import timezone

from bench.figures import Figure, middle
from bench.pages import BASELINE, PLAIN_MIDDLEWARE, WARM_UP, Page, cookie_of
from core.actors import Actor
from core.models import Role, School
from participants.models import Consent, ConsentState, Enrolment, Person, PersonKind, Side
from tests.factories import ConsentTextFactory, CycleFactory, MentoringFormFactory, actor_of

SIZES, QUICK_SIZES = (100, 10_000, 100_000), (100, 10_000)
BLOCKS, QUICK_BLOCKS, VISITS = 8, 4, 8
GROWTH_GOAL, LIST_GOAL, BATCH = 2.0, 16.0, 5000
LIST = "/participants/"
SURNAMES = ("Берёзкин", "Дубов", "Ёлкин", "Жуков", "Кедров", "Лозовой", "Осинин", "Рябинин", "Тополев", "Ясенев")
NAMES = ("Артём", "Глеб", "Захар", "Мирон", "Пётр", "Тимофей", "Фёдор")
PATRONYMICS = ("Андреевич", "Ильич", "Олегович", "Павлович", "Юрьевич")


def measured(*, quick: bool) -> list[Figure]:
    """For each size beside the smallest one and beside the baseline; and how many queries each takes."""
    settings.ROOT_URLCONF = "bench.addresses"
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    with override_settings(MIDDLEWARE=PLAIN_MIDDLEWARE):
        plain = WSGIHandler()
    curators = {size: school_of(size) for size in (QUICK_SIZES if quick else SIZES)}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    least = min(curators)
    product_handler = WSGIHandler()
    pages = {size: Page(product_handler, LIST, cookie_of(curator)) for size, curator in curators.items()}
    base = Page(plain, f"/bench/one/{curators[least].school_id}/")
    blocks = blocks_of({0: base, **pages}, QUICK_BLOCKS if quick else BLOCKS)
    queries = {size: queries_of(page) for size, page in pages.items()}
    return [*_figures(blocks, least), *_counted(queries, least)]


def school_of(size: int) -> Actor:
    """The curator of a school with so many people, each with a consent, one in ten taking part."""
    curator = actor_of(Role.CURATOR)
    school = curator.school
    assert school
    today = timezone.localdate()
    span = {"starts_on": today - timedelta(days=60), "ends_on": today + timedelta(days=200)}
    cycle = CycleFactory(
        programme__school=school, year=today.year, **span, **{f"programme__{name}": day for name, day in span.items()}
    )
    form = MentoringFormFactory(school=school)
    people = Person.objects.bulk_create(people_of(school, size), batch_size=BATCH)
    parts = [Enrolment(person=person, cycle=cycle, form=form, side=Side.MENTEE) for person in people[::10]]
    Enrolment.objects.bulk_create(parts, batch_size=BATCH)
    text, now = ConsentTextFactory(school=school), timezone.now()
    consents = (
        Consent(
            person=person,
            text=text,
            purpose="processing",
            state=ConsentState.IN_FORCE,
            decided_at=now,
            decided_by=curator.user,
            expires_on=span["ends_on"],
        )
        for person in people
    )
    Consent.objects.bulk_create(consents, batch_size=BATCH)
    return curator


def people_of(school: School, size: int) -> Iterator[Person]:
    """Pupils of eleven years and four classes in each, their names in no order."""
    dice = random.Random(size)  # noqa: S311 - names of a measurement
    letters = product("абвгдежзиклмнопрст", repeat=4)
    for number, tail in enumerate(islice(letters, size)):
        yield Person(
            school=school,
            kind=PersonKind.PUPIL,
            surname=dice.choice(SURNAMES) + "".join(tail),
            given_name=dice.choice(NAMES),
            patronymic=dice.choice(PATRONYMICS),
            birth_date=date(2009 + number % 11, 1 + number % 12, 1 + number % 28),
            class_name=f"{1 + number % 11} «{'АБВГ'[number % 4]}»",
        )


def blocks_of(pages: dict[int, Page], blocks: int) -> list[dict[int, tuple[float, float]]]:
    """Of each block the median seconds of each page, visited in turn."""
    for page in pages.values():
        for _ in range(WARM_UP):
            page.visit()
    return [{key: _medians(page) for key, page in pages.items()} for _block in range(blocks)]


def queries_of(page: Page) -> int:
    with CaptureQueriesContext(connection) as queries:
        page.visit()
    return len(queries)


def _medians(page: Page) -> tuple[float, float]:
    """By the clock, and of this process alone."""
    clock, processor = [], []
    for _visit in range(VISITS):
        began = time.perf_counter()
        processor.append(page.visit())
        clock.append(time.perf_counter() - began)
    return statistics.median(clock), statistics.median(processor)


def _figures(blocks: Sequence[dict[int, tuple[float, float]]], least: int) -> list[Figure]:
    one = statistics.median(block[0][1] for block in blocks) * 1000
    few = statistics.median(block[least][0] for block in blocks) * 1000
    found = []
    for size in (key for key in blocks[0] if key):
        name = f"list of {size:,} people"
        ratios = [block[size][1] / block[0][1] for block in blocks]
        found.append(middle(name, ratios, "x", goal=LIST_GOAL, baseline=f"{BASELINE} {one:.2f} ms of processor"))
        if size != least:
            growth = [block[size][0] / block[least][0] for block in blocks]
            beside = f"list of {least:,} people {few:.2f} ms"
            found.append(middle(f"{name} beside {least:,}", growth, "x", goal=GROWTH_GOAL, baseline=beside))
    return found


def _counted(queries: dict[int, int], least: int) -> list[Figure]:
    """The queries of each size; the goal is that of the smallest one."""
    return [
        Figure(f"queries of a list of {size:,} people", count, "", float(queries[least]))
        for size, count in queries.items()
    ]
