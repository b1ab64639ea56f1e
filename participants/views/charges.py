"""Who is in charge of whom; and the pages of a class teacher and a psychologist on their pupils."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.journal import record_event
from core.models import Membership, Role
from core.paging import CappedPaginator
from participants.forms.charges import ChargeForm, ClassesForm, FindForm
from participants.models import Enrolment, Person
from participants.models.person import CHARGE_ROLES, REGISTER_READERS
from participants.register.charges import (
    charge_lines,
    chargeable,
    classes_of,
    found_pupils,
    pupil_lines,
    pupils_of,
)
from participants.register.notes import notes_on
from participants.register.standing import TONES, standing_of
from participants.services.charges import put_in_charge, release_charge, set_classes
from participants.services.cycles import current_cycle, today_in
from participants.views.reach import person_of, school_of, step_error

PER_PAGE, FOUND = 50, 20


@allow(*REGISTER_READERS)
def charge_list(request: ActingRequest) -> HttpResponse:
    """The class teachers and psychologists with their classes and single pupils."""
    lines = charge_lines(chargeable(request.actor))
    people = sum(len(line.people) for line in lines)
    context = {
        "lines": lines,
        "without": sum(not line.classes and not line.people for line in lines),
        "may_write": request.actor.role == Role.CURATOR,
    }
    record_event(verb="list", detail={"count": people}, by=request.actor)
    return render(request, "participants/charge_list.html", context)


@allow(Role.CURATOR, methods="GET POST")
def charge_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """The classes of one member of staff; single people are found by name and put in."""
    member = _member(request, pk)
    line = charge_lines([member])[0]
    school = school_of(request)
    data = request.POST if request.method == "POST" else None
    form = ClassesForm(data, offered=classes_of(school), now=line.classes)
    if form.is_valid() and not step_error(
        request, lambda: set_classes(membership=member, classes=form.named, by=request.actor)
    ):
        messages.success(request, _("The classes in charge are saved."))
        return redirect("participants:charge_list")
    find = FindForm(request.GET)
    q = find.cleaned_data["q"] if find.is_valid() else ""
    others = Person.objects.visible_to(request.actor).exclude(pk__in=[person.pk for person in line.people])
    found = list(found_pupils(others.order_by("sort_key", "pk"), q)[:FOUND]) if q else []
    record_event(verb="view", thing=member, by=request.actor)
    context = {"member": member, "line": line, "form": form, "find": find, "q": q, "found": found}
    return render(request, "participants/charge_edit.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def charge_add(request: ActingRequest, pk: int) -> HttpResponse:
    """Put one person in the charge of a member of staff."""
    member, person = _member(request, pk), _person(request)
    if person and not step_error(request, lambda: put_in_charge(membership=member, person=person, by=request.actor)):
        messages.success(request, _("%(name)s is in charge of one more.") % {"name": member.user.short_name})
    return redirect("participants:charge_edit", pk)


@allow(Role.CURATOR, methods="POST")
def charge_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Take one person out of the charge of a member of staff."""
    member, person = _member(request, pk), _person(request)
    if person:
        step_error(request, lambda: release_charge(membership=member, person=person, by=request.actor))
    return redirect("participants:charge_edit", pk)


@allow(*CHARGE_ROLES)
def pupil_list(request: ActingRequest) -> HttpResponse:
    """The pupils in the actor's charge: how the consent stands, their parts, how many notes."""
    today = today_in(school_of(request))
    form = FindForm(request.GET)
    q = form.cleaned_data["q"] if form.is_valid() else ""
    everyone = pupils_of(request.actor, today)
    page = CappedPaginator(found_pupils(everyone, q), PER_PAGE).get_page(request.GET.get("page"))
    cycle = current_cycle(school_of(request), today)
    context = {"form": form, "q": q, "page": page, "lines": pupil_lines(page, request.actor, cycle, today)}
    record_event(verb="list", detail={"count": len(page)}, by=request.actor)
    template = "participants/pupil_list.html#rows" if request.htmx else "participants/pupil_list.html"
    return render(request, template, context)


@allow(*CHARGE_ROLES)
def pupil_show(request: ActingRequest, pk: int) -> HttpResponse:
    """One pupil: how the consent stands, the parts, the notes; nothing else."""
    today = today_in(school_of(request))
    person = get_object_or_404(pupils_of(request.actor, today).select_related("school"), pk=pk)
    standing = standing_of(person, today)
    parts = Enrolment.objects.filter(person=person).select_related("form", "cycle").order_by("-cycle__year", "pk")
    context = {
        "person": person,
        "standing": standing.label,
        "tone": TONES[standing],
        "parts": list(parts),
        "notes": notes_on(person, request.actor, today),
    }
    record_event(verb="view", thing=person, by=request.actor)
    return render(request, "participants/pupil_show.html", context)


def _member(request: ActingRequest, pk: int) -> Membership:
    return get_object_or_404(chargeable(request.actor), pk=pk)


def _person(request: ActingRequest) -> Person | None:
    form = ChargeForm(request.POST)
    if form.is_valid():
        return person_of(request, form.cleaned_data["person"])
    messages.error(request, _("Choose a person of this school."))
    return None
