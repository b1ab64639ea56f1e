"""Entering people's parts in the year, one person or many, and the profile that follows the consent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.enrolments import PartForm
from participants.forms.profile import ProfileForm
from participants.models import Enrolment, Person
from participants.services.cycles import current_cycle, today_in
from participants.services.enrolments import enrol_people, enrol_person
from participants.services.profiles import fill_profile
from participants.views.reach import enrolment_of, person_of, school_of
from roadmap.models import Cycle

MOST_AT_ONCE = 200


@allow(Role.CURATOR, methods="GET POST")
def person_enrol(request: ActingRequest, pk: int) -> HttpResponse:
    """Enter one person's part in the year."""
    person = person_of(request, pk)
    cycle = current_cycle(person.school, today_in(person.school))
    form = PartForm(request.POST or None, school=person.school)
    if cycle and form.is_valid():
        try:
            return redirect(do_once(request, lambda: _enrol(request, person, cycle, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"person": person, "form": form, "cycle": cycle}
    return render(request, "participants/person_enrol.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="POST")
def enrolment_new(request: ActingRequest) -> HttpResponse:
    """Enrol everyone who was ticked in the list."""
    school = school_of(request)
    keys = [int(key) for key in request.POST.getlist("person") if key.isascii() and key.isdigit() and len(key) < 19]
    people = list(Person.objects.visible_to(request.actor).filter(pk__in=keys[:MOST_AT_ONCE]).order_by("pk"))
    form, cycle = PartForm(request.POST, school=school), current_cycle(school, today_in(school))
    if not people:
        messages.error(request, _("Tick the people in the list first."))
    elif not form.is_valid() or cycle is None:
        messages.error(request, _("Choose on which side and in which form those ticked take part."))
    else:
        return redirect(do_once(request, lambda: _enrol_all(request, people, cycle, form)))
    return redirect(_list_address(request))


@allow(Role.CURATOR, methods="GET POST")
def enrolment_profile(request: ActingRequest, pk: int) -> HttpResponse:
    """Write the request or the competences; a page without a form says why it can not be done yet."""
    enrolment = enrolment_of(request, pk)
    today = today_in(enrolment.person.school)
    is_told = Enrolment.objects.consented(today).filter(pk=enrolment.pk).exists()
    form = ProfileForm(request.POST if request.method == "POST" else None, enrolment=enrolment) if is_told else None
    if form and form.is_valid():
        try:
            fill_profile(enrolment=enrolment, **form.columns, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The profile is saved."))
            return redirect("participants:person_show", enrolment.person_id)
    record_event(verb="view", thing=enrolment, by=request.actor)
    context = {"enrolment": enrolment, "person": enrolment.person, "form": form}
    is_faulty = bool(form and form.errors) or (form is None and request.method == "POST")
    return render(request, "participants/enrolment_profile.html", context, status=400 if is_faulty else 200)


def _enrol(request: ActingRequest, person: Person, cycle: Cycle, form: PartForm) -> str:
    enrol_person(person=person, cycle=cycle, **form.columns, by=request.actor)
    messages.success(request, _("The person takes part from now on."))
    return reverse("participants:person_show", args=(person.pk,))


def _enrol_all(request: ActingRequest, people: list[Person], cycle: Cycle, form: PartForm) -> str:
    entered = enrol_people(people=people, cycle=cycle, **form.columns, by=request.actor)
    if entered.count:
        words = ngettext("%(count)s person is enrolled.", "%(count)s people are enrolled.", entered.count)
        messages.success(request, words % {"count": entered.count})
    for reason, count in entered.refusals.items():
        words = ngettext("%(count)s is not enrolled: %(reason)s", "%(count)s are not enrolled: %(reason)s", count)
        messages.error(request, words % {"count": count, "reason": reason})
    return _list_address(request)


def _list_address(request: ActingRequest) -> str:
    """The list as it was narrowed when the people were ticked."""
    back, here = request.POST.get("back", ""), reverse("participants:person_list")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith(here)
    return back if is_ours else here
