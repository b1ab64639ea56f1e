"""The scanned pile: taken in, read while one looks on, and the pages that a person has to sort."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.access import ActingRequest, allow
from core.errors import DomainError
from core.files import show_picture
from core.journal import record_event
from core.models import Role
from core.once import do_once
from participants.forms.piles import ChildForm, PileForm
from participants.models import Consent, Pile, PilePage, PilePageStatus
from participants.services.pile_filing import file_by_hand, put_aside
from participants.services.pile_inbox import (
    found_consents,
    next_waiting,
    page_lines,
    piles_of,
    reasons_of,
    waiting_pages,
    words_of,
)
from participants.services.piles import job_of, take_pile
from participants.views.reach import school_of


@allow(Role.CURATOR, methods="GET POST")
def pile_list(request: ActingRequest) -> HttpResponse:
    """The piles of the last month; a POST sends another."""
    form = PileForm(request.POST, request.FILES) if request.method == "POST" else PileForm()
    if request.method == "POST" and form.is_valid() and (pile := _taken(request, form)):
        return _go(request, reverse("participants:pile_show", args=(pile.pk,)))
    waiting = waiting_pages(request.actor)
    context = {
        "form": form,
        "piles": list(piles_of(request.actor)),
        "waiting": waiting.count(),
        "first": waiting.values_list("pk", flat=True).first(),
    }
    template = "participants/pile_list.html#upload" if request.htmx else "participants/pile_list.html"
    return render(request, template, context, status=400 if form.errors else 200)


@allow(Role.CURATOR)
def pile_show(request: ActingRequest, pk: int) -> HttpResponse:
    """How far the reading has come, and where every page went."""
    pile = get_object_or_404(piles_of(request.actor).select_related("school"), pk=pk)
    lines = page_lines(pile)
    context = {
        "pile": pile,
        "job": job_of(pile),
        "lines": lines,
        "reasons": reasons_of(lines),
        "first": next((line.pk for line in lines if line.is_waiting), None),
    }
    if request.htmx and pile.state == "read":
        return HttpResponse(headers={"HX-Refresh": "true"})
    record_event(verb="list", detail={"list": "pile", "pile": pile.pk, "count": len(lines)}, by=request.actor)
    template = "participants/pile_show.html#progress" if request.htmx else "participants/pile_show.html"
    return render(request, template, context)


@allow(Role.CURATOR, methods="POST")
def pile_aside(request: ActingRequest, pk: int) -> HttpResponse:
    """Put aside every page of the pile that waits for one `reason`."""
    pile = get_object_or_404(Pile.objects.visible_to(request.actor), pk=pk)
    pages = PilePage.objects.visible_to(request.actor).filter(pile=pile, reason=request.POST.get("reason"))
    count = put_aside(pages=pages, by=request.actor)
    words = ngettext("%(count)s page is put aside.", "%(count)s pages are put aside.", count)
    messages.success(request, words % {"count": count})
    return redirect("participants:pile_show", pk)


@allow(Role.CURATOR)
def pilepage_sort(request: ActingRequest, pk: int) -> HttpResponse:
    """One page that waits: its picture beside a search for whose form it is."""
    page = _page_of(request, pk)
    if page.status in {PilePageStatus.FILED, PilePageStatus.DISCARDED}:
        return redirect("participants:pile_show", page.pile_id)
    form = ChildForm(request.GET)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    waiting = list(waiting_pages(request.actor).values_list("pk", flat=True))
    context = {
        "page": page,
        "form": form,
        "wanted": wanted,
        "found": found_consents(page, wanted, request.actor),
        "words": words_of(page),
        "place": waiting.index(page.pk) + 1 if page.pk in waiting else 0,
        "waiting": len(waiting),
        "following": next_waiting(page, request.actor),
    }
    record_event(verb="view", thing=page, by=request.actor)
    template = "participants/pilepage_sort.html#found" if request.htmx else "participants/pilepage_sort.html"
    return render(request, template, context)


@allow(Role.CURATOR)
def pilepage_picture(request: ActingRequest, pk: int) -> HttpResponse:
    """The page as a picture that the browser shows and does nothing else with."""
    rows = PilePage.objects.visible_to(request.actor).exclude(file=None).select_related("file")
    page = get_object_or_404(rows, pk=pk)
    record_event(verb="view", thing=page, by=request.actor)
    assert page.file is not None
    return show_picture(page.file)


@allow(Role.CURATOR, methods="POST")
def pilepage_file(request: ActingRequest, pk: int) -> HttpResponse:
    """Put the page with the `consent` that was chosen, and go on to the next."""
    page = _page_of(request, pk)

    def file() -> str:
        consent = _chosen(request)
        file_by_hand(page=page, consent=consent, by=request.actor)
        messages.success(request, _("%(name)s: filed.") % {"name": consent.person.short_name})
        return _next(request, page)

    try:
        return redirect(do_once(request, file))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("participants:pilepage_sort", pk)


@allow(Role.CURATOR, methods="POST")
def pilepage_aside(request: ActingRequest, pk: int) -> HttpResponse:
    """Put one page aside, and go on to the next."""
    page = _page_of(request, pk)
    if put_aside(pages=PilePage.objects.filter(pk=page.pk), by=request.actor):
        messages.success(request, _("The page is put aside. The sheet is with you: scan it anew if it is needed."))
    return redirect(_next(request, page))


def _taken(request: ActingRequest, form: PileForm) -> Pile | None:
    """The pile that was sent; None where it was refused, and the form says why."""
    file = form.cleaned_data["file"]
    try:
        pile, is_new = take_pile(school=school_of(request), name=file.name, pieces=file.chunks(), by=request.actor)
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return None
    if not is_new:
        messages.info(request, _("This very PDF was sent before: nothing is filed twice. Here is what came of it."))
    return pile


def _page_of(request: ActingRequest, pk: int) -> PilePage:
    """The page, where the actor sees it; else 404."""
    return get_object_or_404(PilePage.objects.visible_to(request.actor).select_related("pile__school"), pk=pk)


def _chosen(request: ActingRequest) -> Consent:
    """The consent that was pressed. Raises DomainError where there is none such here."""
    key = request.POST.get("consent", "")
    rows = Consent.objects.visible_to(request.actor).select_related("person__school", "guardian")
    found = rows.filter(pk=key).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if found is None:
        raise DomainError(_("Nobody was chosen. Find the child and press the name."))
    return found


def _next(request: ActingRequest, page: PilePage) -> str:
    """The page that waits after this one; the pile once none is left."""
    following = next_waiting(page, request.actor)
    if following:
        return reverse("participants:pilepage_sort", args=(following,))
    return reverse("participants:pile_show", args=(page.pile_id,))


def _go(request: ActingRequest, url: str) -> HttpResponse:
    """Send the whole page on, also from within a partial request."""
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
