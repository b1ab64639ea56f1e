"""Whole plans: their paper, their page, and the letters of a region's schools."""

from __future__ import annotations

import math
import statistics
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
import weasyprint
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import translation

from bench.figures import Figure, middle
from core.models import Notice, Role
from core.pdf import AssetFetcher, render_pdf
from roadmap.models import Activity, Cycle, Duty, Programme, Responsible, Stage, Window
from roadmap.papers import paper_context
from roadmap.services.papers import read_roadmap_paper
from roadmap.services.reminders import plan_digests
from tests.factories import ActivityFactory, MembershipFactory, SchoolFactory, StageFactory, actor_of, full_programme

PAPER_GOAL, GROWTH_GOAL, MEMORY_GOAL = 1.2, 1.1, 1.5
PAPER = "roadmap/documents/roadmap.html"
SCHOOLS, QUICK_SCHOOLS, ACTIVITIES = (50, 450), (50, 100), 50
TODAY = date(2026, 10, 26)
Deed = Callable[[], object]


def paper(blocks: int) -> Figure:
    """The roadmap as PDF from its rows on, beside the engine alone on the same finished HTML."""
    programme = full_programme(activities=ACTIVITIES)
    context = paper_context(read_roadmap_paper(programme))
    with translation.override("ru"):
        html = render_to_string(PAPER, {**context, "document_title": programme.title})

    def ours() -> None:
        render_pdf(PAPER, paper_context(read_roadmap_paper(programme)), title=programme.title)

    def base() -> None:
        weasyprint.HTML(string=html, url_fetcher=AssetFetcher()).write_pdf(pdf_variant="pdf/a-3a")

    base()
    ours()
    pairs = [(_seconds(ours), _seconds(base)) for _ in range(blocks)]
    took = statistics.median(base for _, base in pairs) * 1000
    ratios = [mine / theirs for mine, theirs in pairs]
    return middle(
        "PDF of 50 activities", ratios, "x", goal=PAPER_GOAL, baseline=f"WeasyPrint on its HTML {took:.0f} ms"
    )


def page_queries() -> Figure:
    """How many more questions the page of 500 activities asks than that of 35."""
    few, many = (_queries(full_programme(activities=count)) for count in (35, 500))
    return Figure("page of 500 activities, more queries", many - few, "", goal=0, baseline=f"35 activities {few}")


def reminders(*, quick: bool) -> list[Figure]:
    """The day's letters planned for a region: questions asked, growth of time and of memory."""
    few, many = QUICK_SCHOOLS if quick else SCHOOLS
    took: dict[int, float] = {}
    peaks: dict[int, float] = {}
    with time_machine.travel(datetime(2026, 10, 26, 8, 5, tzinfo=ZoneInfo("Europe/Moscow")), tick=False):
        for schools in (few, many):
            with transaction.atomic():
                _fill(schools)
            with CaptureQueriesContext(connection) as asked:
                _plan()
            took[schools] = min(_seconds(_plan) for _ in range(3))
            peaks[schools] = _peak(_plan)
    exponent = math.log(took[many] / took[few]) / math.log(many / few)
    size = f"{many} schools, {ACTIVITIES} activities each"
    return [
        Figure("planning letters, growth of time", exponent, "", goal=GROWTH_GOAL, baseline=f"{size}: {took[many]:.2f} s"),
        Figure("planning letters, growth of memory", peaks[many] / peaks[few], "x", goal=MEMORY_GOAL,
               baseline=f"{few} schools {peaks[few]:.1f} MB, {many} schools {peaks[many]:.1f} MB"),
        Figure("planning letters, queries", len(asked), "", baseline=size),
    ]  # fmt: skip


def _plan() -> None:
    Notice.objects.all().delete()
    assert plan_digests()


def _fill(schools: int) -> None:
    """So many schools with a programme, whose activities end one after another through the year, and a curator each."""
    for _ in range(schools - Programme.objects.filter(title=_fill.__name__).count()):
        school = SchoolFactory(time_zone="Europe/Moscow")
        programme = Programme.objects.create(
            school=school, title=_fill.__name__, starts_on=TODAY, ends_on=TODAY + timedelta(days=365)
        )
        cycle = Cycle.objects.create(programme=programme, year=2026, starts_on=TODAY, ends_on=programme.ends_on)
        stage: Stage = StageFactory(programme=programme, place=1)
        rows = [ActivityFactory.build(stage=stage, place=place) for place in range(1, ACTIVITIES + 1)]
        activities = Activity.objects.bulk_create(rows)
        days = [TODAY + timedelta(days=7 * place) for place in range(ACTIVITIES)]
        Window.objects.bulk_create(
            Window(activity=activity, cycle=cycle, starts_on=day, ends_on=day)
            for activity, day in zip(activities, days, strict=True)
        )
        Responsible.objects.bulk_create(Responsible(activity=row, place=1, duty=Duty.CURATOR) for row in activities)
        MembershipFactory(school=school, role=Role.CURATOR)


def _queries(programme: Programme) -> int:
    actor = actor_of(Role.CURATOR, programme.school)
    assert actor.user
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        browser = Client()
        browser.force_login(actor.user)
        address = reverse("roadmap:programme_show", args=(programme.pk,))
        browser.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
    return len(asked)


def _seconds(deed: Deed) -> float:
    began = time.process_time()
    deed()
    return time.process_time() - began


def _peak(deed: Deed) -> float:
    """Megabytes that Python's own objects took at most."""
    tracemalloc.start()
    deed()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 1024 / 1024
