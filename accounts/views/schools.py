"""A school's requisites; the installation's list of schools."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.calendar import academic_year, usual_periods
from accounts.forms.people import FirstPersonForm, InviteForm
from accounts.forms.school import Calendar, SchoolForm, calendar_rows
from accounts.handover import hand_over, handed_over
from accounts.letters import is_mail_set_up
from accounts.links import full_address
from accounts.models import PassState
from accounts.services.invitations import Invitee, invite_person
from accounts.services.schools import Invited, change_school, open_school
from core.access import ActingRequest, Door, allow
from core.errors import DomainError
from core.models import Role, School

FIRST_ROLES = (Role.CURATOR, Role.ADMINISTRATOR)


class SchoolForms:
    """The forms that together make a new school: requisites, calendar, first curator and administrator."""

    def __init__(self, data: Any = None) -> None:
        rows = calendar_rows(usual_periods(academic_year(timezone.localdate())))
        self.school = SchoolForm(data, prefix="school")
        self.calendar = Calendar(data, initial=rows, prefix="calendar")
        self.curator = FirstPersonForm(data, prefix="curator")
        self.administrator = FirstPersonForm(data, prefix="administrator")

    def are_valid(self) -> bool:
        """Look at all of them, so that every error is shown at once."""
        found = [part.is_valid() for part in (self.school, self.calendar, self.curator, self.administrator)]
        return all(found)

    @property
    def invitees(self) -> Sequence[Invitee]:
        return [self.curator.invitee(Role.CURATOR), self.administrator.invitee(Role.ADMINISTRATOR)]


@allow(*FIRST_ROLES, methods="GET POST")
def school_edit(request: ActingRequest) -> HttpResponse:
    """The requisites and the calendar of one's own school."""
    school = get_object_or_404(School.objects.visible_to(request.actor))
    data = request.POST or None
    form = SchoolForm(data, instance=school, prefix="school")
    calendar = Calendar(data, initial=calendar_rows(school.periods.all()), prefix="calendar")
    if data and all([form.is_valid(), calendar.is_valid()]):
        change_school(school=school, requisites=form.requisites, periods=calendar.periods, by=request.actor)
        messages.success(request, _("Saved. New papers carry these requisites."))
        return redirect("accounts:school_edit")
    status = 400 if data else 200
    return render(request, "accounts/school_edit.html", {"form": form, "calendar": calendar}, status=status)


@allow(Door.INSTALLATION)
def installation(request: ActingRequest) -> HttpResponse:
    """Every school with counts alone: no person is shown here."""
    active, waiting = Q(memberships__ended_at=None), Q(invitations__state=PassState.WAITING)
    schools = School.objects.visible_to(request.actor).annotate(
        members=Count("memberships__user", filter=active & Q(memberships__pk__isnull=False), distinct=True),
        curators=Count("memberships", filter=active & Q(memberships__role=Role.CURATOR), distinct=True),
        administrators=Count("memberships", filter=active & Q(memberships__role=Role.ADMINISTRATOR), distinct=True),
        invited=Count("invitations", filter=waiting, distinct=True),
    )
    context = {"schools": list(schools), "links": handed_over(request, "links"), "is_mail_set_up": is_mail_set_up()}
    return render(request, "accounts/installation.html", context)


@allow(Door.INSTALLATION, methods="GET POST")
def school_new(request: ActingRequest) -> HttpResponse:
    """A further school, its first curator and administrator invited."""
    forms = SchoolForms(request.POST or None)
    if request.method == "POST" and forms.are_valid():
        _school, invited = open_school(
            requisites=forms.school.requisites,
            periods=forms.calendar.periods,
            invitees=forms.invitees,
            by=request.actor,
        )
        show_links(request, invited)
        messages.success(request, _("The school is added, the invitations are on their way."))
        return redirect("accounts:installation")
    return render(
        request, "accounts/school_new.html", {"forms": forms}, status=400 if request.method == "POST" else 200
    )


@allow(Door.INSTALLATION, methods="GET POST")
def school_invite(request: ActingRequest, pk: int) -> HttpResponse:
    """Invite a curator or an administrator of a school, when the first invitation came to nothing."""
    school = get_object_or_404(School.objects.visible_to(request.actor), pk=pk)
    form = InviteForm(request.POST or None, initial={"role": Role.CURATOR})
    form.fields["role"].choices = [(role.value, role.label) for role in FIRST_ROLES]  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            show_links(request, [invite_person(school=school, invitee=form.invitee, by=request.actor)])
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("accounts:installation")
    status = 400 if form.errors else 200
    return render(request, "accounts/school_invite.html", {"form": form, "school": school}, status=status)


def show_links(request: ActingRequest, invited: Invited) -> None:
    """Where no mail goes out, keep the links for the next page, to be handed over by other means."""
    if is_mail_set_up():
        return
    links = {
        f"{row.get_role_display()}: {row.email}": full_address("accounts:invitation_open", token)
        for row, token in invited
    }
    hand_over(request, "links", links)
