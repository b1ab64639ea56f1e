"""The page on which a living programme is edited: its parts in the order of the document, one of them open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from core.access import ActingRequest
from core.models import Membership
from roadmap.board.tabs import programme_tabs
from roadmap.board.words import span_words
from roadmap.editing.sheet import SheetPage, page_with, pages_of
from roadmap.editing.windows import Plan
from roadmap.forms.editing import Member
from roadmap.forms.entries import Offer, number_in
from roadmap.models import Activity, Change, Programme, Stage, WindowState
from roadmap.outline import EXTRA_KINDS
from roadmap.services.editing import plan_digest
from roadmap.services.placing import order_of
from roadmap.services.understanding import plan_term, understand
from roadmap.views.programmes import today_of

PAGE = "roadmap/programme_edit.html"


@dataclass(frozen=True, slots=True)
class Days:
    """A window in words."""

    key: int
    words: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class EditRow:
    """An activity as it stands in the list."""

    activity: Activity
    days: list[Days]

    @property
    def key(self) -> str:
        return f"a{self.activity.pk}"

    @property
    def id(self) -> str:
        """The key as the address of the page has it."""
        return str(self.activity.pk)

    @property
    def name(self) -> str:
        """By what its buttons name it: «2.1 Провести анкетирование»"""
        return f"{self.activity.number} {Truncator(self.activity.text).words(8)}".strip()


@dataclass(frozen=True, slots=True)
class EditBlock:
    """A stage and those of its activities that are on the page; whether the first and the last of them are there."""

    stage: Stage
    rows: list[EditRow]
    begins: bool
    ends: bool

    @property
    def key(self) -> str:
        return f"s{self.stage.pk}"

    @property
    def id(self) -> str:
        """The key as the address of the page has it."""
        return str(self.stage.pk)


@dataclass(frozen=True, slots=True)
class Live:
    """What is understood of a term that is being written, what stands, and what would become of it."""

    days: list[str]
    standing: list[Days]
    warnings: list[str]
    steps: list[tuple[str, str]]
    agreed: str
    is_kept: bool
    """Whether another term is written that changes no day."""


def page_context(request: ActingRequest, programme: Programme, *, at: str = "", near: str = "") -> dict[str, Any]:
    """What the whole page needs; `at` is the part that is open, `near` the one it opens beside."""
    page = page_asked(request, pages_of(order_of(programme)), near or at)
    return {
        "programme": programme,
        "revision": programme.revision,
        "said": said_of(request, programme),
        "at": at,
        "tabs": programme_tabs(programme.pk, request.actor, reverse("roadmap:programme_edit", args=(programme.pk,))),
        **sheet_context(programme, page, today_of(request)),
        **focus_of(request.GET.get("at", "")),
    }


def page_asked(request: ActingRequest, pages: Sequence[SheetPage], part: str) -> SheetPage:
    """The page with this part («a12», «s3»), else with the button the hand is on, else the one of the address."""
    verb, _dash, key = request.GET.get("at", "").partition("-")
    part = part or (f"s{key}" if verb.startswith("stage") else key if key.startswith("s") else f"a{key}")
    found = page_with(pages, part)
    if found is None and part == "new-stage":
        return pages[-1]
    return found or page_of(pages, request.GET.get("page", ""))


def page_of(pages: Sequence[SheetPage], number: str) -> SheetPage:
    """The page of this number, or the nearest there is."""
    return pages[min(max(number_in(number), 1), len(pages)) - 1]


def sheet_context(programme: Programme, page: SheetPage, today: date) -> dict[str, Any]:
    """What one page of the sheet shows, ready to be rendered."""
    stages = {stage.pk: stage for stage in programme.stages.all()}
    rows = {row.activity.pk: row for row in rows_of(page.rows, today)}
    blocks = [
        EditBlock(stages[block.stage], [rows[key] for key in block.rows if key in rows], block.begins, block.ends)
        for block in page.blocks
    ]
    return {
        "approvals": list(programme.approvals.all()) if page.number == 1 else [],
        "blocks": blocks,
        "sheet": page,
        "stages": list(stages.values()) if page.total > 1 else [],
    }


def is_known(request: ActingRequest, programme: Programme, change: Change | None) -> bool:
    """Whether the page shows the programme as it stood before this change, so that it need not be sent whole."""
    shown = number_in(request.POST.get("revision", ""))
    return shown + 1 == change.revision if change else shown == programme.revision


def focus_of(at: str) -> dict[str, str]:
    """The button the hand is on after a deed, «down-12»: what it does, to which row."""
    verb, _dash, key = at.partition("-")
    return {"focus_verb": verb, "focus_key": key}


def rows_of(keys: Sequence[int], today: date) -> list[EditRow]:
    """These activities."""
    found = Activity.objects.filter(pk__in=keys).order_by().prefetch_related("windows")
    return [EditRow(row, days_in_words(row.windows.all(), today)) for row in found]


def days_in_words(windows: Any, today: date) -> list[Days]:
    """The windows of an activity."""
    return [
        Days(
            window.pk,
            span_words(window.starts_on, window.ends_on, today) or gettext("no days"),
            window.state == WindowState.DONE,
        )
        for window in windows
    ]


def said_of(request: ActingRequest, programme: Programme) -> Change | None:
    """The change that was just made, as the address says, while it can be put back."""
    key = number_in(request.GET.get("done", ""))
    return Change.objects.filter(programme=programme, pk=key, undone_at=None).first() if key else None


def offer_of(programme: Programme) -> Offer:
    """What the form of an activity lets one choose from."""
    people = Membership.objects.active().filter(school_id=programme.school_id).select_related("user")
    in_order = people.order_by("user__surname", "user__given_name", "role", "pk")
    return Offer(
        stages=[(stage.pk, f"{stage.number} {stage.name}".strip()) for stage in programme.stages.all()],
        members=[
            Member(row.pk, f"{row.user.short_name}, {row.get_role_display()}", row.user.short_name) for row in in_order
        ],
        columns=[column for column in programme.columns if column["kind"] in EXTRA_KINDS],
    )


def live_of(programme: Programme, activity: Activity | None, text: str, today: date) -> Live:
    """What a term is understood as; with an activity also what would become of its days."""
    term = understand(programme, text.strip())
    is_new = activity is not None and text.strip() != activity.term_text
    plan = plan_term(programme, activity, term) if activity and is_new else Plan()
    standing = days_in_words(activity.windows.all(), today) if activity else []
    return Live(
        days=[span_words(first, last, today) for first, last in term.windows],
        standing=standing,
        warnings=[warning.text for warning in term.warnings],
        steps=_steps(plan, today) if plan.is_change else [],
        agreed=plan_digest(plan) if plan.is_change else "",
        is_kept=is_new and not plan.is_change and any(days.is_done for days in standing),
    )


def _steps(plan: Plan, today: date) -> list[tuple[str, str]]:
    """The plan in words, step by step."""

    def words(days: tuple[date, date] | None) -> str:
        return span_words(*days, today) if days else gettext("no days")

    return [
        *((gettext("stays"), words(window.days)) for window in plan.kept),
        *((gettext("gets other days"), f"{words(window.days)} → {words(days)}") for window, days in plan.moved),
        *((gettext("goes"), words(window.days)) for window in plan.dropped),
        *((gettext("is added"), words(days)) for _cycle, days in plan.added),
    ]


def page_url(programme: int, change: Change | None, focus: str = "", anchor: str = "", page: int = 1) -> str:
    """The page, where the change that was made is said with the way back, and the hand is on `focus`."""
    wanted = (("done", change and change.pk), ("at", focus), ("page", page if page > 1 else None))
    asked = {name: str(value) for name, value in wanted if value}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse('roadmap:programme_edit', args=(programme,))}{query}{anchor and '#' + anchor}"


def to_page(
    request: ActingRequest, programme: int, change: Change | None, focus: str = "", anchor: str = "", page: int = 1
) -> HttpResponse:
    """Back to the page."""
    return go(request, page_url(programme, change, focus, anchor, page))


def go(request: ActingRequest, url: str) -> HttpResponse:
    """Send the whole page on, also from within a partial request."""
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
