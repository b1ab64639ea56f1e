"""The school's list of areas of help: written on one page, two of them merged on another."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from participants.forms.areas import AreaListForm, MergeForm
from participants.models import Area
from participants.models.person import REGISTER_READERS
from participants.register.areas import area_lines
from participants.services.areas import give_standard_areas, lacking_areas, merge_areas, save_areas
from participants.services.cycles import current_cycle, today_in
from participants.views.reach import school_of


@allow(*REGISTER_READERS, methods="GET POST")
def area_list(request: ActingRequest) -> HttpResponse:
    """The areas in order, with how many ask for each and how many can help; all are changed at once."""
    school, may_write = school_of(request), request.actor.role == Role.CURATOR
    lines = area_lines(Area.objects.visible_to(request.actor), current_cycle(school, today_in(school)))
    form = AreaListForm(request.POST if request.method == "POST" and may_write else None, lines=lines)
    if form.is_valid():
        try:
            save_areas(school=school, lines=form.areas, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The list of areas is saved."))
            return redirect("participants:area_list")
    context = {
        "form": form,
        "lines": lines,
        "used": sum(line.is_used for line in lines),
        "lacking": lacking_areas(school),
        "may_write": may_write,
    }
    return render(request, "participants/area_list.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def area_merge(request: ActingRequest, pk: int) -> HttpResponse:
    """Put one area into another, after a look at whom it concerns."""
    area = get_object_or_404(Area.objects.visible_to(request.actor), pk=pk)
    others = Area.objects.visible_to(request.actor).exclude(pk=pk)
    form = MergeForm(request.POST if request.method == "POST" else None, others=others)
    if form.is_valid():
        try:
            count = merge_areas(area=area, into=others.get(pk=form.cleaned_data["into"]), by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            words = ngettext("Merged; %(count)s part changed.", "Merged; %(count)s parts changed.", count)
            messages.success(request, words % {"count": count})
            return redirect("participants:area_list")
    context = {"area": area, "form": form, "count": area.enrolments.count()}
    return render(request, "participants/area_merge.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def area_standard(request: ActingRequest) -> HttpResponse:
    """Bring back the standard areas that are missing."""
    count = give_standard_areas(school_of(request), request.actor)
    words = ngettext("%(count)s standard area is back.", "%(count)s standard areas are back.", count)
    messages.success(request, words % {"count": count} if count else _("No standard area is missing."))
    return redirect("participants:area_list")
