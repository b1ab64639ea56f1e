"""Calendars at secret addresses."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from core.access import ActingRequest, Door, allow
from roadmap.almanac import write_calendar
from roadmap.models import CalendarFeed, Programme
from roadmap.services.feeds import entries_of, renew_feed, revoke_feed
from roadmap.views.reminders import TOLD_ROLES


@allow(Door.ANYONE)
def feed_show(request: ActingRequest, token: str) -> HttpResponse:
    """The calendar at a secret address; altered, renewed and unknown ones answer alike."""
    found = entries_of(token)
    if found is None:
        return HttpResponse(
            _("This calendar address shows nothing any more.") + "\n", status=404, content_type="text/plain"
        )
    title, entries = found
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    response = HttpResponse(write_calendar(title, entries, host=host), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="roadmap.ics"'
    response["Cache-Control"] = "no-store"
    return response


@allow(*TOLD_ROLES, methods="POST")
def feed_renew(request: ActingRequest) -> HttpResponse:
    """Give out a fresh address, shown on this page and never again."""
    key = request.POST.get("programme", "")
    programme = get_object_or_404(Programme.objects.visible_to(request.actor), pk=key) if key.isdecimal() else None
    address = renew_feed(programme=programme, by=request.actor)
    context = {"address": address, "webcal": f"webcal:{address.partition(':')[2]}", "programme": programme}
    return render(request, "roadmap/feed_renew.html", context)


@allow(*TOLD_ROLES, methods="POST")
def feed_revoke(request: ActingRequest, pk: int) -> HttpResponse:
    """Take an address back."""
    revoke_feed(feed=get_object_or_404(CalendarFeed.objects.visible_to(request.actor), pk=pk), by=request.actor)
    messages.success(request, _("The address shows nothing any more."))
    return redirect("roadmap:reminder_settings")
