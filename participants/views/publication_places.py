"""The sites and pages where the school publishes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.models import Role
from participants.forms.publication import ResourceForm
from participants.models import PublicResource
from participants.services.publication import save_resource
from participants.views.reach import school_of


@allow(Role.CURATOR, methods="GET POST")
def resource_list(request: ActingRequest) -> HttpResponse:
    """Every resource, and a new one."""
    form = ResourceForm(request.POST or None)
    if form.is_valid() and _save(request, form, None):
        return redirect("participants:resource_list")
    resources = PublicResource.objects.visible_to(request.actor)
    context = {"form": form, "resources": resources}
    return render(request, "participants/publication_places.html", context, status=400 if form.errors else 200)


@allow(Role.CURATOR, methods="GET POST")
def resource_edit(request: ActingRequest, pk: int) -> HttpResponse:
    """One resource: its name, its address while nobody was asked with it, and whether it is still used."""
    resource = get_object_or_404(PublicResource.objects.visible_to(request.actor), pk=pk)
    form = ResourceForm.of(resource, request.POST if request.method == "POST" else None)
    if form.is_valid() and _save(request, form, resource):
        return redirect("participants:resource_list")
    context = {"form": form, "resource": resource}
    return render(request, "participants/publication_place.html", context, status=400 if form.errors else 200)


def _save(request: ActingRequest, form: ResourceForm, resource: PublicResource | None) -> bool:
    try:
        save_resource(school=school_of(request), resource=resource, **form.cleaned_data, by=request.actor)
    except DomainError as refusal:
        form.add_error("url", str(refusal))
        return False
    messages.success(request, _("The place of publication is written down."))
    return True
