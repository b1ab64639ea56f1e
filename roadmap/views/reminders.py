"""What I am reminded of, and whom an activity reminds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from roadmap.digest import STEPS
from roadmap.duties import DUTIES_OF_ROLE
from roadmap.forms.reminders import LettersForm, RemindingForm, RestForm
from roadmap.models import About, Activity, CalendarFeed, Programme, Quiet, ReminderChoice
from roadmap.services.quiet import activities_told_to, choose_letters, put_to_rest, set_reminding, wake

TOLD_ROLES = tuple(DUTIES_OF_ROLE)
"""Those whom letters about the roadmap reach."""
RESTS = {"week": timedelta(days=7), "month": timedelta(days=30)}


@allow(*TOLD_ROLES, methods="GET POST")
def reminder_settings(request: ActingRequest) -> HttpResponse:
    """How much the letters tell me, what I put to rest, and my calendars."""
    choice = ReminderChoice.objects.visible_to(request.actor).first()
    initial = {"about": choice.about if choice else About.EVERYTHING}
    form = LettersForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        choose_letters(about=form.cleaned_data["about"], by=request.actor)
        messages.success(request, _("Kept. The next letter is written so."))
        return redirect("roadmap:reminder_settings")
    context = {
        "form": form,
        "quiet": list(Quiet.objects.visible_to(request.actor).select_related("activity").order_by("until", "pk")),
        **_calendars(request),
    }
    return render(request, "roadmap/reminder_settings.html", context, status=400 if form.errors else 200)


@allow(*TOLD_ROLES)
def activity_reminders(request: ActingRequest, pk: int) -> HttpResponse:
    """When I hear of one activity; for a curator also who else hears of it."""
    return _show(request, _activity(request, pk))


@allow(*TOLD_ROLES, methods="POST")
def activity_rest(request: ActingRequest, pk: int) -> HttpResponse:
    """Put the activity to rest for me: for a week, a month, until a day, for good; or hear of it again."""
    activity, asked = _activity(request, pk), request.POST.get("do", "")
    form = RestForm(request.POST) if asked == "day" else None
    if form is not None and not form.is_valid():
        return _show(request, activity, rest=form)
    try:
        _rest(request, activity, asked, form)
    except DomainError as refusal:
        assert form is not None
        form.add_error("until", str(refusal))
        return _show(request, activity, rest=form)
    return redirect("roadmap:activity_reminders", pk)


@allow(Role.CURATOR, methods="POST")
def activity_reminding(request: ActingRequest, pk: int) -> HttpResponse:
    """Say whom letters about the activity go to, and when."""
    activity = get_object_or_404(Activity.objects.visible_to(request.actor).select_related("stage"), pk=pk)
    form = RemindingForm(request.POST)
    if not form.is_valid():
        return _show(request, activity, reminding=form)
    set_reminding(activity=activity, reminded=form.cleaned_data["reminded"], days=form.chosen_days, by=request.actor)
    messages.success(request, _("Kept. The next letter is written so."))
    return redirect("roadmap:activity_reminders", pk)


def _rest(request: ActingRequest, activity: Activity, asked: str, form: RestForm | None) -> None:
    if asked == "again":
        wake(activity=activity, by=request.actor)
        messages.success(request, _("You will be reminded of it again."))
        return
    school = request.actor.school
    today = timezone.localdate(timezone=school.zone if school else None)
    until = form.cleaned_data["until"] if form else today + RESTS[asked] if asked in RESTS else None
    if until is not None or asked == "good":
        put_to_rest(activity=activity, until=until, by=request.actor)
        messages.success(request, _("No letter will name it to you until then; it stays on the pages."))


def _activity(request: ActingRequest, pk: int) -> Activity:
    return get_object_or_404(activities_told_to(request.actor).select_related("stage"), pk=pk)


def _show(
    request: ActingRequest, activity: Activity, *, rest: RestForm | None = None, reminding: RemindingForm | None = None
) -> HttpResponse:
    days = activity.remind_days if activity.remind_days is not None else list(STEPS)
    known = RemindingForm(initial={"reminded": activity.reminded, "days": days})
    context = {
        "activity": activity,
        "quiet": Quiet.objects.visible_to(request.actor).filter(activity=activity).first(),
        "rest": rest or RestForm(),
        "reminding": (reminding or known) if request.actor.role == Role.CURATOR else None,
    }
    is_wrong = bool((rest and rest.errors) or (reminding and reminding.errors))
    return render(request, "roadmap/activity_reminders.html", context, status=400 if is_wrong else 200)


def _calendars(request: ActingRequest) -> dict[str, Any]:
    """My calendar and those of the programmes I read: each with the feed that is given out, if there is one."""
    feeds = {feed.programme_id: feed for feed in CalendarFeed.objects.visible_to(request.actor)}
    today = timezone.localdate()
    current = Programme.objects.visible_to(request.actor).filter(ends_on__gte=today).order_by("-starts_on", "-pk")
    return {"own": feeds.get(None), "programmes": [(row, feeds.get(row.pk)) for row in current]}
