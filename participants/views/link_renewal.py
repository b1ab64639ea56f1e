"""A link that was closed after wrong birth dates, opened again by the curator."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from core.access import ActingRequest, allow
from core.models import Role
from participants.models import PersonalLink
from participants.services.proving import renew_link
from participants.views.reach import step_error


@allow(Role.CURATOR, methods="POST")
def link_renew(request: ActingRequest, pk: int) -> HttpResponse:
    """Give the holder five tries more."""
    rows = PersonalLink.objects.visible_to(request.actor).select_related("person", "school")
    link = get_object_or_404(rows, pk=pk)
    if not step_error(request, lambda: renew_link(link=link, by=request.actor)):
        messages.success(
            request, _("The link is open again, with five tries. Compare the birth date with the parents.")
        )
    return redirect("participants:person_show", link.person_id)
