"""Likely duplicates of the register: told apart, or made one after a look at both."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.counted import counted
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once, done_before
from participants.forms.merging import ApartForm, MergeForm, WithForm
from participants.models import Person
from participants.register.merging import merging_of, preview_of, state_of
from participants.register.twins import twin_lines
from participants.services.duplicates import tell_apart, twins_of
from participants.services.merging import merge_people
from participants.views.reach import person_of, school_of

PER_PAGE = 20


@allow(Role.CURATOR)
def merge_list(request: ActingRequest) -> HttpResponse:
    """Pairs of the register that may be one person, the surest first."""
    school = school_of(request)
    found = counted(request.actor, "likely duplicates", lambda: twins_of(school))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": twin_lines(page.object_list), "count": len(found)}
    record_event(verb="list", detail={"count": len(page)}, by=request.actor)
    return render(request, "participants/merge_list.html", context)


@allow(Role.CURATOR, methods="POST")
def merge_apart(request: ActingRequest) -> HttpResponse:
    """These two are not one person."""
    form = ApartForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose two people of the list."))
        return redirect("participants:merge_list")
    one, other = (person_of(request, form.cleaned_data[name]) for name in ("one", "other"))
    if one.pk != other.pk:
        tell_apart(one=one, other=other, by=request.actor)
        messages.success(request, _("Remembered: these are two people."))
    return redirect("participants:merge_list")


@allow(Role.CURATOR, methods="GET POST")
def merge_show(request: ActingRequest, pk: int) -> HttpResponse:
    """Both side by side: what stays, what goes over, how clashes end; then the two become one. The address names the
    other with `with`.
    """
    if request.method == "POST" and (answer := done_before(request)):
        return redirect(answer)
    person, other = person_of(request, pk), WithForm({"other": request.GET.get("with")})
    if not other.is_valid():
        return redirect("participants:merge_list")
    kept, gone = sorted((person, person_of(request, other.cleaned_data["other"])), key=lambda row: row.pk)
    preview, now = preview_of(merging_of(kept, gone)), state_of(kept, gone)
    data = request.POST if request.method == "POST" else None
    form = MergeForm(data, columns=preview.columns, initial={"seen": now})
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _merge(request, kept, gone, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    record_event(verb="view", thing=kept, detail={"other": gone.pk}, by=request.actor)
    context = {"kept": kept, "gone": gone, "preview": preview, "form": form}
    return render(request, "participants/merge_show.html", context, status=400 if form.errors else 200)


def _merge(request: ActingRequest, kept: Person, gone: Person, form: MergeForm) -> str:
    merge_people(kept=kept, gone=gone, taken=form.taken, seen=form.cleaned_data["seen"], by=request.actor)
    messages.success(request, _("The two are one person now."))
    return reverse("participants:person_show", args=(kept.pk,))
