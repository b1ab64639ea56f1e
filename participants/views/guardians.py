"""Those who represent minors."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.people import NAMES, GuardianForm
from participants.models import Person
from participants.services.people import add_guardian, change_guardian, remove_guardian
from participants.views.reach import guardianship_of, person_of, step_error


@allow(Role.CURATOR, methods="GET POST")
def guardian_new(request: ActingRequest, person: int) -> HttpResponse:
    """Add someone who represents the child."""
    minor = person_of(request, person)
    form = GuardianForm(request.POST or None)
    if form.is_valid():
        try:
            return redirect(do_once(request, lambda: _add(request, minor, form)))
        except DomainError as error:
            form.add_error(None, str(error))
    context = {"person": minor, "form": form}
    return render(request, "participants/guardian_new.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def guardian_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """Change a guardian's name, right or contacts; for each of his children."""
    row = guardianship_of(request, pk)
    initial = {name: getattr(row.guardian, name) for name in (*NAMES, "email", "phone")}
    form = GuardianForm(request.POST or None, initial=initial | {"authority": row.authority})
    if form.is_valid():
        try:
            change_guardian(guardianship=row, **form.cleaned_data, by=request.actor)
        except DomainError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Saved."))
            return redirect("participants:person_show", row.minor_id)
    record_event(verb="view", thing=row.guardian, by=request.actor)
    children = row.guardian.guardianships.aggregate(count=Count("pk"))["count"]
    context = {"person": row.minor, "guardian": row.guardian, "others": children - 1, "form": form}
    return render(request, "participants/guardian_edit.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def guardian_remove(request: ActingRequest, pk: int) -> HttpResponse:
    """Ask once more, then end the representation."""
    row = guardianship_of(request, pk)
    if request.method != "POST":
        return render(request, "participants/guardian_remove.html", {"row": row, "person": row.minor})
    if not step_error(request, lambda: remove_guardian(guardianship=row, by=request.actor)):
        messages.success(request, _("The guardian no longer represents this child here."))
    return redirect("participants:person_show", row.minor_id)


def _add(request: ActingRequest, minor: Person, form: GuardianForm) -> str:
    add_guardian(minor=minor, **form.cleaned_data, by=request.actor)
    messages.success(request, _("The guardian is entered."))
    return reverse("participants:person_show", args=(minor.pk,))
