"""Other days for an activity: what follows is shown first, and moved where the person says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from roadmap.board.words import day_words, span_words
from roadmap.forms.moving import Along, MoveForm, along_value, read_along
from roadmap.models import Window
from roadmap.moving import Follower
from roadmap.moving.shifting import is_whole_months
from roadmap.moving.words import reason_words
from roadmap.services.moving import ChangedMeanwhile, Outlook, changed, foresee, set_days, stamp_of
from roadmap.services.understanding import days_of
from roadmap.terms import render_windows
from roadmap.views.going_back import go_back, next_page, show_form
from roadmap.views.programmes import MARKERS, today_of


def follows_url(window: Window, days: tuple[date, date], words: str, back: str) -> str:
    """The page of what follows from these days, from which one comes back to `back`."""
    first, last = (day.isoformat() for day in days)
    asked = {"starts_on": first, "ends_on": last, "words": words, "next": back}
    return f"{reverse('roadmap:window_days', args=(window.pk,))}?{urlencode(asked)}"


@dataclass(frozen=True, slots=True)
class FollowerLine:
    """One row that could be moved along: what it is, from when to when, why."""

    value: str
    number: str
    text: str
    old: str
    new: str
    why: str
    is_ticked: bool
    is_after_end: bool


@allow(*MARKERS, methods="GET POST")
def window_days(request: ActingRequest, pk: int) -> HttpResponse:
    """Give an activity its days; an address that names them shows what would follow."""
    rows = Window.objects.visible_to(request.actor).select_related("activity__stage", "cycle__programme__school")
    window = get_object_or_404(rows, pk=pk)
    if request.method != "POST" and "starts_on" not in request.GET:
        return _ask(request, window, MoveForm(initial=_standing(window)))
    form = MoveForm(request.POST or request.GET.dict() | {"seen": stamp_of(window)})
    if not form.is_valid() or request.POST.get("do") == "change":
        return _ask(request, window, form)
    try:
        return _move(request, window, form)
    except ChangedMeanwhile as refusal:
        window.refresh_from_db()
        again = MoveForm(_with_fresh_stamp(request.POST, window))
        again.add_error(None, str(refusal))
        return _ask(request, window, again)
    except DomainError as refusal:
        form.add_error("ends_on", str(refusal))
        return _ask(request, window, form)


def _move(request: ActingRequest, window: Window, form: MoveForm) -> HttpResponse:
    """Set the days, or show what follows from them where nothing was said to that yet."""
    given, do = form.cleaned_data, request.POST.get("do", "")
    days, seen = (given["starts_on"], given["ends_on"]), given["seen"] or None
    if do not in {"all", "only"}:
        outlook = foresee(window=window, days=days, seen=seen)
        if outlook.asks or request.method != "POST":
            return _tell(request, window, form, outlook)
    along = _ticked(request) if do == "all" else []
    first, last = days
    change = set_days(
        window=window, starts_on=first, ends_on=last, along=along, seen=seen, words=given["words"], by=request.actor
    )
    if change is not None:
        messages.success(request, _done_words(len(along)))
    return go_back(request, window.cycle.programme_id)


def _ticked(request: ActingRequest) -> list[Along]:
    try:
        return read_along(request.POST.getlist("along"))
    except ValueError as made_up:
        raise changed() from made_up


def _done_words(along: int) -> str:
    if not along:
        return _("The days are set; reminders follow them.")
    said = ngettext(
        "The days are set, and %(count)s more activity is moved along; reminders follow them.",
        "The days are set, and %(count)s more activities are moved along; reminders follow them.",
        along,
    )
    return said % {"count": along}


def _standing(window: Window) -> dict[str, object]:
    return {"starts_on": window.starts_on, "ends_on": window.ends_on, "seen": stamp_of(window)}


def _with_fresh_stamp(sent: QueryDict, window: Window) -> QueryDict:
    """What was typed, with what the page now shows of the window."""
    fresh = sent.copy()
    fresh["seen"] = stamp_of(window)
    return fresh


def _ask(request: ActingRequest, window: Window, form: MoveForm) -> HttpResponse:
    context = {
        "window": window,
        "form": form,
        "next": next_page(request, window.cycle.programme_id),
        "now": _words(window, today_of(request)),
    }
    return show_form(request, "roadmap/window_days.html", context, 400 if form.errors else 200)


def _tell(request: ActingRequest, window: Window, form: MoveForm, outlook: Outlook) -> HttpResponse:
    """The page of what follows from the days."""
    today, following = today_of(request), outlook.following
    days = (form.cleaned_data["starts_on"], form.cleaned_data["ends_on"])
    context = {
        "window": window,
        "form": form,
        "next": next_page(request, window.cycle.programme_id),
        "old": _words(window, today),
        "new": _days_words(days, today),
        "doubts": _doubts(window, outlook, today),
        "lines": [_line(one, outlook, today) for one in following.followers],
        "is_later": not following.followers or following.followers[0].is_too_early,
        "in_time": following.in_time,
        "last_day": day_words(window.cycle.ends_on, today),
    }
    return show_form(request, "roadmap/move_follows.html", context, 200)


def _line(one: Follower, outlook: Outlook, today: date) -> FollowerLine:
    window = outlook.windows[one.key]
    return FollowerLine(
        value=along_value(one.key, one.days),
        number=window.activity.number,
        text=window.activity.text,
        old=_words(window, today),
        new=_days_words(one.days, today),
        why=_why(outlook, one.key, one.because),
        is_ticked=one.is_too_early and not one.is_after_end,
        is_after_end=one.is_after_end,
    )


def _words(window: Window, today: date) -> str:
    """When a window is, empty without days."""
    days = days_of(window)
    return _days_words(days, today) if days else ""


def _days_words(days: tuple[date, date], today: date) -> str:
    """«октябрь 2026» for whole months, «14–16 октября» for other days."""
    return render_windows([days]) if is_whole_months(days) else span_words(*days, today)


def _why(outlook: Outlook, key: int, below: int) -> str:
    """«Анкета предпочтений идёт после групповой встречи (№ 5.1)»"""
    step, basis = outlook.plan[key].step, outlook.plan[below].step
    assert step is not None
    assert basis is not None
    number = outlook.windows[below].activity.number
    return capfirst(reason_words(step, basis)) + (f" (№\u00a0{number})" if number else "")


def _doubts(window: Window, outlook: Outlook, today: date) -> list[str]:
    cycle, found = window.cycle, []
    if outlook.is_free:
        found.append(_("There is no school on these days: it is the holidays or a Sunday."))
    if outlook.is_outside:
        year = span_words(cycle.starts_on, cycle.ends_on, today)
        found.append(_("These days lie outside the programme's year, %(year)s.") % {"year": year})
    for below in outlook.following.ahead_of:
        row = outlook.windows[below]
        when = _words(row, today)
        reason = _why(outlook, window.pk, below)
        found.append(_("%(reason)s, and that is planned for later: %(days)s.") % {"reason": reason, "days": when})
    return found
