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
from django.utils.translation import gettext

from core.access import ActingRequest
from core.models import Membership
from roadmap.board.tabs import programme_tabs
from roadmap.board.words import span_words
from roadmap.editing.windows import Plan
from roadmap.forms.editing import Member
from roadmap.forms.entries import Offer, number_in
from roadmap.models import Activity, Change, Programme, Stage, WindowState
from roadmap.outline import EXTRA_KINDS
from roadmap.services.editing import plan_digest
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
    """An activity as it stands in the list; `is_last` in its stage, so that there is none to join it with."""

    activity: Activity
    days: list[Days]
    is_last: bool

    @property
    def key(self) -> str:
        return f"a{self.activity.pk}"

    @property
    def id(self) -> str:
        """The key as the address of the page has it."""
        return str(self.activity.pk)


@dataclass(frozen=True, slots=True)
class EditBlock:
    """A stage and its activities."""

    stage: Stage
    rows: list[EditRow]

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


def page_context(request: ActingRequest, programme: Programme, *, at: str = "") -> dict[str, Any]:
    """What the whole page needs; `at` is the part that is open."""
    return {
        "programme": programme,
        "blocks": blocks_of(programme, today_of(request)),
        "approvals": list(programme.approvals.all()),
        "said": said_of(request, programme),
        "at": at,
        **focus_of(request),
        "tabs": programme_tabs(programme.pk, request.actor, reverse("roadmap:programme_edit", args=(programme.pk,))),
    }


def focus_of(request: ActingRequest) -> dict[str, str]:
    """The button the hand is on after a deed without scripts: what it does, to which row."""
    verb, _dash, key = request.GET.get("at", "").partition("-")
    return {"focus_verb": verb, "focus_key": key}


def blocks_of(programme: Programme, today: date) -> list[EditBlock]:
    """The stages with their activities."""
    stages = programme.stages.prefetch_related("activities__windows")
    return [EditBlock(stage, rows_of(list(stage.activities.all()), today)) for stage in stages]


def rows_of(activities: Sequence[Activity], today: date) -> list[EditRow]:
    """The activities of one stage."""
    last = activities[-1].pk if activities else None
    return [EditRow(row, days_in_words(row.windows.all(), today), row.pk == last) for row in activities]


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


def page_url(programme: int, change: Change | None, focus: str = "", anchor: str = "") -> str:
    """The page, where the change that was made is said with the way back, and the hand is on `focus`."""
    asked = {name: str(value) for name, value in (("done", change and change.pk), ("at", focus)) if value}
    query = f"?{urlencode(asked)}" if asked else ""
    return f"{reverse('roadmap:programme_edit', args=(programme,))}{query}{anchor and '#' + anchor}"


def to_page(
    request: ActingRequest, programme: int, change: Change | None, focus: str = "", anchor: str = ""
) -> HttpResponse:
    """Back to the page."""
    return go(request, page_url(programme, change, focus, anchor))


def go(request: ActingRequest, url: str) -> HttpResponse:
    """Send the whole page on, also from within a partial request."""
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
