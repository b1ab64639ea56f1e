"""Editing a living programme: the page and the activities on it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from core.once import do_once
from roadmap.editing.splitting import cuts_of
from roadmap.forms.editing import SplitForm
from roadmap.forms.entries import Entry, number_in
from roadmap.models import Activity, Change, Programme, Stage
from roadmap.services.editing import ChangedSince, WindowsWouldChange, add_activity, edit_activity
from roadmap.services.rearranging import split_activity
from roadmap.views.edit_deeds import do_deed
from roadmap.views.edit_entry import EntryPlace
from roadmap.views.edit_page import PAGE, focus_of, go, is_known, page_context, page_url, rows_of, to_page
from roadmap.views.programmes import today_of


@allow(Role.CURATOR, methods="GET POST")
def programme_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Every part of the programme, ready to be changed; a POST is the deed of one button."""
    programme = get_object_or_404(Programme.objects.visible_to(request.actor).select_related("school"), pk=pk)
    if request.method == "POST":
        return do_deed(request, programme)
    return render(request, PAGE, page_context(request, programme))


@allow(Role.CURATOR, methods="GET POST")
def activity_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """One activity open in its place; without HTMX within the whole page."""
    rows = Activity.objects.visible_to(request.actor).select_related("stage__programme__school")
    activity = get_object_or_404(rows, pk=pk)
    place = EntryPlace(request, activity.stage.programme, activity, request.path, f"a{pk}")
    if request.method == "POST":
        return place.answer(partial(_keep, request, place, activity))
    if "close" in request.GET and request.htmx:
        return _row(request, activity)
    return place.show(place.opened())


def _keep(request: ActingRequest, place: EntryPlace, activity: Activity, entry: Entry) -> HttpResponse:
    wish, agreed = entry.wish(), request.POST.get("agreed", "")
    try:
        change = edit_activity(activity=activity, wish=wish, seen=entry.seen, agreed=agreed, by=request.actor)
    except WindowsWouldChange as refusal:
        return place.show(entry, refusal=str(refusal))
    except ChangedSince:
        return place.show(place.both_texts(entry), status=409)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return to_page(request, place.programme.pk, None)
    if request.htmx and wish.stage == activity.stage_id:
        return _row(request, activity, said=change)
    return to_page(request, place.programme.pk, change, f"edit-{activity.pk}", f"a{activity.pk}")


@allow(Role.CURATOR, methods="GET POST")
def stage_add(request: ActingRequest, pk: int) -> HttpResponse:
    """A new activity in a stage, behind the one the address names."""
    rows = Stage.objects.visible_to(request.actor).select_related("programme__school")
    stage = get_object_or_404(rows, pk=pk)
    behind = stage.activities.filter(pk=number_in(request.GET.get("after", ""))).first()
    beside = behind or stage.activities.order_by("place").last()
    near = f"a{beside.pk}" if beside else f"s{pk}"
    after = str(behind.pk) if behind else ""
    place = EntryPlace(request, stage.programme, None, request.get_full_path(), "new", near, stage.pk, after)
    if request.method == "POST":
        return place.answer(partial(_add, request, place, stage))
    return place.show(place.opened())


def _add(request: ActingRequest, place: EntryPlace, stage: Stage, entry: Entry) -> HttpResponse:
    after = number_in(place.after) or None

    def add() -> str:
        change = add_activity(stage=stage, wish=entry.wish(), after=after, by=request.actor)
        return page_url(stage.programme_id, change, f"edit-{change.activity_id}", f"a{change.activity_id}")

    try:
        url = do_once(request, add)
    except DomainError as refusal:
        return place.show(entry, status=400, refusal=str(refusal))
    return go(request, url)


@allow(Role.CURATOR, methods="GET POST")
def activity_split(request: ActingRequest, pk: int) -> HttpResponse:
    """Cut an activity in two."""
    rows = Activity.objects.visible_to(request.actor).select_related("stage__programme__school")
    activity = get_object_or_404(rows, pk=pk)
    cuts = cuts_of(activity.text)
    form = SplitForm(request.POST or None, text=activity.text, cuts=[(str(cut.at), cut.after) for cut in cuts])
    if request.method == "POST" and form.is_valid():
        try:
            change = split_activity(
                activity=activity,
                at=form.cleaned_data["place"],
                seen=number_in(request.POST.get("seen", "")),
                by=request.actor,
            )
        except DomainError as refusal:
            form.add_error("words", str(refusal))
        else:
            return to_page(request, activity.stage.programme_id, change, f"edit-{pk}", f"a{pk}")
    context = {"activity": activity, "form": form, "programme": activity.stage.programme}
    return render(request, "roadmap/edit_split.html", context, status=400 if form.errors else 200)


def _row(request: ActingRequest, activity: Activity, *, said: Change | None = None) -> HttpResponse:
    """The activity as it stands in the list."""
    programme = activity.stage.programme
    [row] = rows_of([activity.pk], today_of(request))
    context = {
        "row": row,
        "programme": programme,
        "said": said,
        "revision": said.revision if said and is_known(request, programme, said) else None,
        **focus_of(f"edit-{activity.pk}"),
    }
    return render(request, f"{PAGE}#row", context)
